"""A place the public may visit, and the finder over all of them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core.exits import PageWithExits
from openness.core.gate import is_visible
from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, AddressIndexPage, BasePage
from openness.core.page_tags import ColumnType
from openness.departments.models import Department, Region, VenueType, code_validator
from venues.blocks import VenueBodyBlock
from venues.enums import ENDED, Admission, Datum, HoursMode, Life, OperatorKind
from venues.forms import VenuePageForm
from venues.panels import VENUE_PANELS
from venues.wordings import gather_wordings

CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class VenueIndexPage(AddressIndexPage):
    """The finder: all venues of all departments, by when, where, what and for how much."""

    column_type = ColumnType.SERVICES
    listing_kind_label: ClassVar = _("Channel")
    address_kind = "venues"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["venues.NoticeIndexPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("venue finder")

    def exits(self):
        from venues.urls import INDEX_EXITS

        return INDEX_EXITS

    def route(self, request, path_components):
        """Route ``benefits/<group>/`` to what a group of people gets; the first part is an exit, so no venue has it."""
        if len(path_components) == 2 and path_components[0] == "benefits":
            if not is_visible(self):
                raise Http404
            return RouteResult(self, kwargs={"audience": path_components[1]})
        return super().route(request, path_components)

    def serve(self, request, *args, audience="", **kwargs):
        """Answer the question in the address, or say what is wrong with it (400)."""
        from venues.views import benefits_of, finder

        if audience:
            return benefits_of(request, self, audience)
        return super().serve(request, *args, **kwargs) if kwargs else finder(request, self)


class VenuePage(PageWithExits, AddressedPage):
    """A venue with its facts as columns, its hours as rows and its own text."""

    column_type = ColumnType.SERVICES
    listing_kind_label: ClassVar = _("Venue")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("body", "admission_condition", "booking_rule", "grade", "life_note")
    share_image_prefetch: ClassVar = ("photos__image",)
    address_kind = "venues"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = VenuePageForm

    # What it is
    code = models.CharField(
        _("code"),
        max_length=40,
        blank=True,
        validators=[code_validator],
        help_text=_(
            "Permanent: the door poster, calendars and other systems use it. Left empty, one is made."
        ),
    )
    venue_type = models.ForeignKey(
        VenueType, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("type")
    )
    operator_kind = models.CharField(
        _("run by"), max_length=20, choices=OperatorKind, default=OperatorKind.INSTITUTION
    )
    grade = models.CharField(
        _("grade"), max_length=40, blank=True, help_text=_("Such as: national first-class museum.")
    )
    is_disclosure_point = models.BooleanField(
        _("government information reading point"), default=False, help_text=_("《政府信息公开条例》 Art. 25.")
    )
    parent_venue = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="branches",
        verbose_name=_("parent venue"),
    )
    supervising_department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("supervising department"),
    )

    # Its life
    life = models.CharField(_("life"), max_length=20, choices=Life, default=Life.OPEN)
    life_since = models.DateField(_("since"), null=True, blank=True)
    life_note = models.CharField(_("what happened"), max_length=200, blank=True)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        verbose_name=_("go there instead"),
    )

    # Where it is
    region = models.ForeignKey(
        Region, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    address_text = models.CharField(_("address"), max_length=160, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    datum = models.CharField(_("coordinate system"), max_length=10, choices=Datum, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)

    # What it costs and how to get in
    admission = models.CharField(_("admission"), max_length=12, choices=Admission, default=Admission.UNKNOWN)
    admission_condition = models.CharField(_("conditions of admission"), max_length=300, blank=True)
    booking_rule = models.CharField(_("booking"), max_length=300, blank=True)
    booking_url = models.URLField(_("where to book"), blank=True)

    # When it is open
    hours_mode = models.CharField(_("hours"), max_length=16, choices=HoursMode, default=HoursMode.UNKNOWN)
    hours_source = models.CharField(_("source of the hours"), max_length=200, blank=True)
    hours_as_of = models.CharField(
        _("hours as of"), max_length=40, blank=True, help_text=_("The date of the source, as it states it.")
    )

    body = StreamField(VenueBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = VENUE_PANELS

    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("address_text"),
        index.FilterField("admission"),
        index.FilterField("code"),
    ]

    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("grade"),
        TranslatableField("life_note"),
        TranslatableField("address_text"),
        TranslatableField("admission_condition"),
        TranslatableField("booking_rule"),
        TranslatableField("hours_source"),
        TranslatableField("body"),
        TranslatableField("areas"),
        TranslatableField("photos"),
        TranslatableField("wordings"),
        SynchronizedField("venue_type"),
        SynchronizedField("operator_kind"),
        SynchronizedField("is_disclosure_point"),
        SynchronizedField("parent_venue"),
        SynchronizedField("supervising_department"),
        SynchronizedField("life"),
        SynchronizedField("life_since"),
        SynchronizedField("successor"),
        SynchronizedField("region"),
        SynchronizedField("longitude"),
        SynchronizedField("latitude"),
        SynchronizedField("datum"),
        SynchronizedField("phone"),
        SynchronizedField("admission"),
        SynchronizedField("booking_url"),
        SynchronizedField("hours_mode"),
        SynchronizedField("hours_as_of"),
    ]
    # Facts in rows, and the code: translations read them from the source page.
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "code",
        "schedules",
        "offers",
        "service_items",
        "facilities",
    ]

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="venues_code_unique"),
        ]

    def exits(self):
        from venues.urls import VENUE_EXITS

        return VENUE_EXITS

    @property
    def share_image(self):
        photo = next(iter(self.photos.all()), None)
        return photo and photo.image

    @property
    def has_ended(self) -> bool:
        """Whether the venue is no more: closed for good, moved or merged."""
        return self.life in ENDED

    def clean(self):
        """Gather the words of the rows for translation, and check what fields say about each other."""
        super().clean()
        if self.is_source:
            gather_wordings(self)
        errors = {}
        if (self.longitude is None) != (self.latitude is None):
            errors["longitude"] = _("Give both longitude and latitude, or neither.")
        elif self.longitude is not None and not self.datum:
            errors["datum"] = _(
                "Say in which system the coordinates are; maps shift them by hundreds of metres."
            )
        if self.hours_mode == HoursMode.SAME_AS_PARENT and not self.parent_venue_id:
            errors["parent_venue"] = _("Choose the parent venue whose hours this venue has.")
        elif self._is_its_own_parent():
            errors["parent_venue"] = _("A venue cannot be its own parent, directly or through others.")
        if self.life in {Life.MOVED, Life.MERGED} and not self.successor_id and not self.life_note:
            errors["successor"] = _("Say where people should go instead: choose the venue, or write it down.")
        if errors:
            raise ValidationError(errors)

    def _is_its_own_parent(self) -> bool:
        above, seen = self.parent_venue, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                return True
            seen.add(above.pk)
            above = above.parent_venue
        return False

    def save(self, *args, **kwargs):
        """Save the venue and, in the same transaction, the hours that its readers see.

        Wagtail publishes, unpublishes, moves and schedules through ``save``; so no path leaves the
        compiled tables behind the page. Costs the rows of the horizon of one venue.
        """
        from venues.compile import compile_venue

        if not self.code and self.is_source:
            self.code = get_random_string(8, CODE_ALPHABET)
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            # A draft writes single columns; what readers see changes only with the whole page.
            if kwargs.get("update_fields") is None:
                compile_venue(self, cause="page")
        return result

    def get_context(self, request, *args, **kwargs):
        from venues.presentation import venue_context

        return {**super().get_context(request, *args, **kwargs), **venue_context(self, request)}
