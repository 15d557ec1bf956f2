"""Activities: what takes place, when and where, session by session."""

from typing import ClassVar

from django.db import models, transaction
from django.forms import HiddenInput
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from news.activity_forms import ActivityPageForm
from news.activity_panels import SessionFindingsPanel
from news.blocks import NewsBodyBlock
from news.enums import ActivityKind, Registration, SessionState
from openness.core.exits import PageWithExits
from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, BasePage
from openness.core.page_tags import ColumnType
from openness.departments.models import AudienceGroup, DepartmentOrBody, Region, code_validator
from openness.media.models import Image
from venues.enums import Admission, Datum

KEY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class ActivityPage(PageWithExits, AddressedPage):
    """An activity with its sessions; a mobile service names its route, and each stop is a session."""

    column_type = ColumnType.ACTIVITY
    listing_kind_label: ClassVar = _("Activity")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("body", "route_name", "price_note", "registration_rule")
    share_image_prefetch: ClassVar = ("picture",)
    address_kind = "news"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = ActivityPageForm

    kind = models.CharField(_("kind"), max_length=16, choices=ActivityKind)
    route_name = models.CharField(
        _("route"),
        max_length=80,
        blank=True,
        help_text=_("Of a mobile service: each session is a stop of it."),
    )
    picture = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture")
    )
    admission = models.CharField(_("admission"), max_length=12, choices=Admission, default=Admission.FREE)
    price = models.DecimalField(_("price in yuan"), max_digits=8, decimal_places=2, null=True, blank=True)
    price_note = models.CharField(_("about the price"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("places per session"), null=True, blank=True)
    registration = models.CharField(
        _("registration"), max_length=10, choices=Registration, default=Registration.NONE
    )
    registration_rule = models.CharField(_("how to register"), max_length=200, blank=True)
    registration_url = models.URLField(
        _("where to register"), blank=True, help_text=_("Readers leave this site; it keeps no registrations.")
    )
    live_url = models.URLField(_("where to watch"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    body = StreamField(NewsBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("kind"), FieldPanel("route_name")]), FieldPanel("picture")],
            heading=_("What it is"),
        ),
        SessionFindingsPanel(),
        InlinePanel("sessions", heading=_("Sessions"), label=_("Session")),
        FieldPanel("repeat_weekly"),
        InlinePanel("organisers", heading=_("Organisers"), label=_("Organiser")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("admission"), FieldPanel("price"), FieldPanel("price_note")]),
                FieldRowPanel([FieldPanel("registration"), FieldPanel("capacity")]),
                FieldRowPanel([FieldPanel("registration_rule"), FieldPanel("registration_url")]),
                FieldRowPanel([FieldPanel("live_url"), FieldPanel("phone")]),
            ],
            heading=_("How to take part"),
        ),
        InlinePanel("audiences", heading=_("For whom"), label=_("Group of people")),
        FieldPanel("body"),
        InlinePanel("change_notes", heading=_("Change notes"), label=_("Change note")),
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.FilterField("kind")]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("route_name"),
        TranslatableField("price_note"),
        TranslatableField("registration_rule"),
        TranslatableField("body"),
        TranslatableField("sessions"),
        *(
            SynchronizedField(name)
            for name in [
                "kind",
                "picture",
                "admission",
                "price",
                "capacity",
                "registration",
                "registration_url",
                "live_url",
                "phone",
            ]
        ),
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["organisers", "audiences"]

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def feed_categories(self):
        """Sort it in feeds by its kind."""
        return [str(ActivityKind(self.kind).label)] if self.kind else []

    def exits(self):
        from news.urls import ACTIVITY_EXITS

        return ACTIVITY_EXITS

    @property
    def share_image(self):
        return self.picture

    def json_ld(self, request):
        from news.schema_org import activity_data

        return activity_data(self, request)

    def get_context(self, request, *args, **kwargs):
        from news.activity_presentation import activity_context

        return {**super().get_context(request, *args, **kwargs), **activity_context(self, request)}

    def clean(self):
        """Give each new session its key before a revision keeps it."""
        super().clean()
        self._give_keys()

    def save(self, *args, **kwargs):
        """Save the activity and, in the same transaction, the rows that lists and calendars read."""
        from news.entries import refresh

        self._give_keys()
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            # A draft writes single columns; what readers see changes only with the whole page.
            if kwargs.get("update_fields") is None:
                refresh(self)
        return result

    def _give_keys(self) -> None:
        if not self.locale_id or not self.is_source:
            return
        taken: set[str] = set()
        for session in self.sessions.all():
            if not session.key or session.key in taken:
                session.key = get_random_string(8, KEY_ALPHABET)
            taken.add(session.key)


class ActivitySession(TranslatableMixin, Orderable):
    """One time and place. What is cancelled or moved stays, and says so."""

    page = ParentalKey(ActivityPage, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(
        _("key"),
        max_length=12,
        blank=True,
        validators=[code_validator],
        help_text=_("Calendars know the session by it. Left empty, one is made."),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.ForeignKey(
        "venues.VenuePage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activity_sessions",
        verbose_name=_("venue"),
    )
    area_key = models.CharField(_("key of the area"), max_length=40, blank=True)
    region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("or elsewhere, in"),
    )
    place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("Where it is no venue of this site.")
    )
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    datum = models.CharField(_("coordinate system"), max_length=10, choices=Datum, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SessionState, default=SessionState.SCHEDULED)
    state_note = models.CharField(
        _("what changed"), max_length=160, blank=True, help_text=_("Why, and when it takes place instead.")
    )

    panels: ClassVar = [
        # It travels with the form, so that a session added to a draft keeps its key.
        FieldPanel("key", widget=HiddenInput, classname="w-hidden"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("area_key")]),
        FieldRowPanel([FieldPanel("region"), FieldPanel("place")]),
        FieldRowPanel([FieldPanel("longitude"), FieldPanel("latitude"), FieldPanel("datum")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("state_note")]),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("place"),
        TranslatableField("state_note"),
        *(
            SynchronizedField(name)
            for name in [
                "key",
                "starts_at",
                "ends_at",
                "venue",
                "area_key",
                "region",
                "longitude",
                "latitude",
                "datum",
                "state",
            ]
        ),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("session")
        ordering: ClassVar = ["starts_at", "sort_order"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class ActivityOrganiser(DepartmentOrBody):
    """One organiser of an activity."""

    page = ParentalKey(ActivityPage, on_delete=models.CASCADE, related_name="organisers")


class ActivityAudience(Orderable):
    """A group of people that an activity is for; without any, it is for everyone."""

    page = ParentalKey(ActivityPage, on_delete=models.CASCADE, related_name="audiences")
    audience = models.ForeignKey(
        AudienceGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )

    panels: ClassVar = [FieldPanel("audience")]


class SessionEntry(models.Model):
    """One flat row per session of a public activity: what "tonight", "this weekend" and "near" read.

    Written by ``news.entries`` when an activity, its venue or its visibility changes. Of the source language;
    translations are found by ``translation_key``.
    """

    activity = models.ForeignKey(ActivityPage, on_delete=models.CASCADE, related_name="entries")
    translation_key = models.UUIDField(db_index=True)
    session_key = models.CharField(max_length=12)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=10, choices=SessionState)
    kind = models.CharField(max_length=16, choices=ActivityKind)
    admission = models.CharField(max_length=12, choices=Admission)
    venue = models.ForeignKey("venues.VenuePage", null=True, on_delete=models.CASCADE, related_name="+")
    department_code = models.CharField(max_length=40, db_index=True)
    region_lineage = models.CharField(max_length=400, blank=True, db_index=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)  # GCJ-02, as in the finder
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)

    class Meta:
        ordering = ("starts_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "session_key"], name="news_entry_once_per_session"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.starts_at:%Y-%m-%d %H:%M}"
