"""What a document promises, measure by measure, and what has been done about it."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core import clock
from openness.departments.models import Department, code_validator
from policies.enums import MeasureState
from policies.models.policy import PolicyPage


class Measure(TranslatableMixin, Orderable):
    """One measure of a document. Reports and evidence name it by its key, which no edit changes."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="measures")
    key = models.CharField(
        _("key"),
        max_length=40,
        blank=True,
        validators=[code_validator],
        help_text=_(
            "Permanent, such as m7: reports and evidence name it. Left empty, it is made of the number."
        ),
    )
    number = models.CharField(_("number"), max_length=12, help_text=_("As the document counts: 7, （七）."))
    heading = models.CharField(
        _("heading"), max_length=60, blank=True, help_text=_("The part of the document it stands in.")
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what is promised"), max_length=1000, blank=True)
    lead = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lead department"),
    )
    partners = models.CharField(
        _("partners"), max_length=200, blank=True, help_text=_("Codes of departments, or names, with commas.")
    )
    target_on = models.DateField(_("to be done by"), null=True, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("key"), FieldPanel("target_on")]),
        FieldRowPanel([FieldPanel("heading"), FieldPanel("title")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("lead"), FieldPanel("partners")]),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("heading"),
        TranslatableField("title"),
        TranslatableField("text"),
        TranslatableField("partners"),
        SynchronizedField("key"),
        SynchronizedField("number"),
        SynchronizedField("lead"),
        SynchronizedField("target_on"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("measure")
        constraints: ClassVar = [
            # A row that is only being made has no key yet; its page gives it one before it is stored.
            models.UniqueConstraint(
                fields=["page", "key"], condition=~Q(key=""), name="policies_measure_key_once_per_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def clean(self) -> None:
        """Refuse to change a key: what was said about the measure would lose it."""
        super().clean()
        stored = Measure.objects.filter(pk=self.pk).values_list("key", flat=True).first() if self.pk else None
        if stored and stored != self.key:
            raise ValidationError({"key": _("The key is permanent: it stays “%(key)s”.") % {"key": stored}})


class MeasureReport(models.Model):
    """How far a measure is, said by a department on a day. The last one counts; none is ever changed."""

    policy = models.ForeignKey(PolicyPage, on_delete=models.CASCADE, related_name="measure_reports")
    measure_key = models.CharField(max_length=40)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=MeasureState)
    note = models.CharField(_("what was done"), max_length=300, blank=True)
    reported_at = models.DateTimeField(default=clock.now)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-reported_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["policy", "measure_key", "-reported_at"])]

    def __str__(self) -> str:
        return f"{self.measure_key}: {self.get_state_display()}"

    def save(self, *args, **kwargs) -> None:
        """Store a new report; TypeError for one that is stored already: a correction is a report of its own."""
        if not self._state.adding:
            raise TypeError("A report is never changed: make another one.")
        super().save(*args, **kwargs)


class MeasureEvidence(models.Model):
    """A page of this site, whatever it is, that shows a measure carried out."""

    policy = models.ForeignKey(PolicyPage, on_delete=models.CASCADE, related_name="measure_evidence")
    measure_key = models.CharField(max_length=40)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="evidence_for", verbose_name=_("page")
    )
    note = models.CharField(_("what it shows"), max_length=120, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-added_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "measure_key", "page"], name="policies_evidence_once_per_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_key}: {self.page}"
