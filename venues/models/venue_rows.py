"""What a venue has several of: areas, facilities, offers, service items, pictures.

Rows of facts live on the source-language page only (``VenuePage.exclude_fields_in_copy``); rows that a
reader sees in words (areas, captions) are translatable and go along with each translation.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.departments.models import AudienceGroup, Facility, code_validator
from venues.nested_rows import NestedRows


class VenueArea(TranslatableMixin, Orderable):
    """A part of the venue with hours of its own: a hall, a children's branch, a 24-hour room."""

    page = ParentalKey("venues.VenuePage", on_delete=models.CASCADE, related_name="areas")
    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[code_validator],
        help_text=_("Hours and notices name the area by it."),
    )
    name = models.CharField(_("name"), max_length=60)
    is_general_public = models.BooleanField(_("open to the general public"), default=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key"), FieldPanel("is_general_public")])
    ]
    translatable_fields: ClassVar = [
        TranslatableField("name"),
        SynchronizedField("key"),
        SynchronizedField("is_general_public"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("area")

    def __str__(self) -> str:
        return self.name


class VenueFacility(Orderable):
    """Something the venue has."""

    page = ParentalKey("venues.VenuePage", on_delete=models.CASCADE, related_name="facilities")
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="+", verbose_name=_("facility")
    )
    note = models.CharField(_("note"), max_length=80, blank=True)

    panels: ClassVar = [FieldRowPanel([FieldPanel("facility"), FieldPanel("note")])]


class Offer(NestedRows, Orderable):
    """A price for some people or some days. It is hidden when it is over."""

    page = ParentalKey("venues.VenuePage", on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(_("name"), max_length=80)
    price = models.DecimalField(_("price in yuan"), max_digits=8, decimal_places=2, default=0)
    normal_price = models.DecimalField(
        _("normal price in yuan"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(
        _("per"), max_length=30, blank=True, help_text=_("Such as: person, hour and court.")
    )
    condition = models.CharField(_("condition"), max_length=200, blank=True)
    proof_required = models.CharField(_("proof to bring"), max_length=120, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    panels: ClassVar = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("price"), FieldPanel("normal_price"), FieldPanel("unit")]),
        InlinePanel("audiences", heading=_("For whom"), label=_("Group of people")),
        FieldRowPanel([FieldPanel("condition"), FieldPanel("proof_required")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]

    def clean(self) -> None:
        """Refuse a negative price and an offer that ends before it begins."""
        super().clean()
        if self.price is not None and self.price < 0:
            raise ValidationError({"price": _("A price is not below zero.")})
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day lies before the first.")})


class OfferAudience(Orderable):
    """A group of people that an offer is for; without any, it is for everyone."""

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="audiences")
    audience = models.ForeignKey(
        AudienceGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )

    panels: ClassVar = [FieldPanel("audience")]


class ServiceItem(Orderable):
    """A service of the venue (《公共文化服务保障法》 Art. 31: 公示服务项目)."""

    page = ParentalKey("venues.VenuePage", on_delete=models.CASCADE, related_name="service_items")
    name = models.CharField(_("name"), max_length=80)
    audience = models.ForeignKey(
        AudienceGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("for whom"),
    )
    price_note = models.CharField(_("price"), max_length=80, blank=True)
    booking_note = models.CharField(_("booking"), max_length=120, blank=True)
    area_key = models.CharField(_("key of the area"), max_length=40, blank=True)

    panels: ClassVar = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("price_note")]),
        FieldRowPanel([FieldPanel("booking_note"), FieldPanel("area_key")]),
    ]


class VenuePhoto(TranslatableMixin, Orderable):
    """A picture of the venue, with words of its own."""

    page = ParentalKey("venues.VenuePage", on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        "media.Image", on_delete=models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=120, blank=True)

    panels: ClassVar = [FieldPanel("image"), FieldPanel("caption")]
    translatable_fields: ClassVar = [TranslatableField("caption"), SynchronizedField("image")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("picture")


class VenueWording(TranslatableMixin, Orderable):
    """A sentence or name out of the venue's rows of facts, here to be translated.

    The rows (hours, offers, service items) are edited once, in the source language. Their words are
    gathered here on each save (``venues/wordings.py``), travel with the page to its translations, and
    are looked up there by ``key``, which is the digest of the words in the source language.
    """

    page = ParentalKey("venues.VenuePage", on_delete=models.CASCADE, related_name="wordings")
    key = models.CharField(max_length=16)
    text = models.CharField(_("words"), max_length=300)

    translatable_fields: ClassVar = [TranslatableField("text"), SynchronizedField("key")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("words")
