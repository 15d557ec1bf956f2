"""Regions and vocabularies: words with a stable code, a parent, and a name per language.

They are no treebeard trees: translating a treebeard node breaks on its unique path. A term names its
parent by code, and ``lineage`` holds the codes from the root to the term (``/350500/350502/``), so
that one indexed prefix finds a term and everything below it. Filters compare codes; names come from
:func:`openness.departments.selectors.term_names`.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.departments.enums import RegionLevel

code_validator = RegexValidator(
    r"^[a-z0-9][a-z0-9_-]*$", _("Use small Latin letters, digits, hyphens and underscores.")
)


class Term(TranslatableMixin, models.Model):
    """One word of a vocabulary in one language."""

    code = models.CharField(
        _("code"),
        max_length=40,
        validators=[code_validator],
        help_text=_("Filters, addresses and other systems use it. It does not change."),
    )
    name = models.CharField(_("name"), max_length=60)
    parent_code = models.CharField(_("code of the parent"), max_length=40, blank=True)
    lineage = models.CharField(max_length=400, db_index=True, editable=False)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    panels: ClassVar = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("parent_code"), FieldPanel("sort_order")]),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("name"),
        SynchronizedField("code"),
        SynchronizedField("parent_code"),
        SynchronizedField("sort_order"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ("sort_order", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "locale"], name="%(app_label)s_%(class)s_code_per_locale"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Save with the lineage of the parent, and move what lies below along."""
        with transaction.atomic():
            parent = (
                type(self).objects.filter(code=self.parent_code).order_by("locale_id").first()
                if self.parent_code
                else None
            )
            before, self.lineage = self.lineage, f"{parent.lineage if parent else '/'}{self.code}/"
            super().save(*args, **kwargs)
            if before and before != self.lineage:
                below = (
                    type(self)
                    .objects.filter(lineage__startswith=before, locale_id=self.locale_id)
                    .exclude(pk=self.pk)
                )
                for term in below:
                    type(self).objects.filter(pk=term.pk).update(
                        lineage=self.lineage + term.lineage[len(before) :]
                    )

    def clean(self) -> None:
        """Refuse another code, and a parent that does not exist or that lies below this term."""
        super().clean()
        if self.pk and not type(self).objects.filter(pk=self.pk, code=self.code).exists():
            raise ValidationError({"code": _("A code does not change: addresses and other systems hold it.")})
        if not self.parent_code:
            return
        parent = type(self).objects.filter(code=self.parent_code).order_by("locale_id").first()
        if parent is None:
            raise ValidationError(
                {"parent_code": _("There is no entry with this code. Create the parent first.")}
            )
        if self.code in parent.lineage.strip("/").split("/"):
            raise ValidationError({"parent_code": _("An entry cannot lie below itself.")})


class Region(Term):
    """A place in the city's order: city, county, functional zone, township, village."""

    level = models.CharField(_("level"), max_length=20, choices=RegionLevel)
    longitude = models.DecimalField(
        _("longitude of the centre"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    latitude = models.DecimalField(
        _("latitude of the centre"), max_digits=8, decimal_places=6, null=True, blank=True
    )

    panels: ClassVar = [
        *Term.panels,
        FieldPanel("level"),
        FieldRowPanel([FieldPanel("longitude"), FieldPanel("latitude")]),
    ]
    translatable_fields: ClassVar = [
        *Term.translatable_fields,
        SynchronizedField("level"),
        SynchronizedField("longitude"),
        SynchronizedField("latitude"),
    ]

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class VenueType(Term):
    """A kind of venue: library, museum, school sports ground."""

    class Meta(Term.Meta):
        verbose_name = _("venue type")
        verbose_name_plural = _("venue types")


class Facility(Term):
    """Something a venue has: Wi-Fi, lockers; below ``accessibility``, what lets everyone in."""

    class Meta(Term.Meta):
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")


class AudienceGroup(Term):
    """People a service, an hour or a price is for."""

    class Meta(Term.Meta):
        verbose_name = _("audience group")
        verbose_name_plural = _("audience groups")


class Topic(Term):
    """What a policy or a news item is about."""

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
