"""Opening notices: a notice *is* its effect on the hours; its sentence is generated from it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core import clock
from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, AddressIndexPage, BasePage
from openness.core.page_tags import ColumnType
from openness.departments.models import Department, Region, VenueType
from venues.enums import EffectKind, NoticeScope, Supersedes, UrgentKind
from venues.forms import NoticePageForm
from venues.models.schedule import AbstractSession
from venues.nested_rows import NestedRows
from venues.panels import NOTICE_PANELS


class NoticeIndexPage(AddressIndexPage):
    """All opening notices: in force, to come, and over."""

    column_type = ColumnType.ACTIVITY
    listing_kind_label: ClassVar = _("Channel")
    address_kind = "notices"
    parent_page_types: ClassVar = ["venues.VenueIndexPage"]
    subpage_types: ClassVar = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("opening notices")

    def exits(self):
        from venues.urls import NOTICE_INDEX_EXITS

        return NOTICE_INDEX_EXITS

    def get_context(self, request, *args, **kwargs):
        from venues.presentation import notice_index_context

        return {**super().get_context(request, *args, **kwargs), **notice_index_context(self, request)}


class OpeningNoticePage(AddressedPage):
    """A closure, an extension or a change of hours, with its reason and the ground it rests on.

    Planned closures are announced seven days ahead (《公共文化体育设施条例》 Art. 18); one that is not
    says why.
    """

    column_type = ColumnType.ACTIVITY
    listing_kind_label: ClassVar = _("Opening notice")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("reason", "body", "legal_ground", "urgent_reason")
    is_news: ClassVar = True
    address_kind = "notices"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = NoticePageForm

    scope = models.CharField(_("which venues"), max_length=10, choices=NoticeScope, default=NoticeScope.NAMED)
    scope_region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("in the region"),
    )
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("As readers see it: 设备检修, 台风, 春节.")
    )
    legal_ground = models.CharField(_("legal ground"), max_length=200, blank=True)
    policy = models.ForeignKey(
        "policies.PolicyPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("policy it rests on"),
    )
    is_emergency = models.BooleanField(
        _("emergency"),
        default=False,
        help_text=_("Comes before every other rule and notice: typhoon, flood, power cut."),
    )
    urgent_kind = models.CharField(
        _("announced less than seven days ahead, for"), max_length=16, choices=UrgentKind, blank=True
    )
    urgent_reason = models.CharField(
        _("why it could not be announced seven days ahead"), max_length=200, blank=True
    )
    supersedes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="superseded_by",
        verbose_name=_("earlier notice"),
    )
    supersedes_how = models.CharField(
        _("what happens to it"), max_length=10, choices=Supersedes, default=Supersedes.REPLACES, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    body = RichTextField(_("more to say"), blank=True, features=["bold", "ol", "ul", "link", "document-link"])

    content_panels: ClassVar = NOTICE_PANELS
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("reason")]

    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("reason"),
        TranslatableField("legal_ground"),
        TranslatableField("urgent_reason"),
        TranslatableField("body"),
        SynchronizedField("scope"),
        SynchronizedField("scope_region"),
        SynchronizedField("policy"),
        SynchronizedField("is_emergency"),
        SynchronizedField("urgent_kind"),
        SynchronizedField("supersedes"),
        SynchronizedField("supersedes_how"),
        SynchronizedField("withdrawn_at"),
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["effects", "targets", "target_types", "target_departments"]

    class Meta:
        verbose_name = _("opening notice")
        verbose_name_plural = _("opening notices")

    @property
    def feed_changed_at(self):
        """A withdrawal is news, too."""
        return self.withdrawn_at

    @property
    def first_day(self):
        """The first day on which the notice changes anything; None without effects."""
        return min((effect.first for effect in self.source_page.effects.all()), default=None)

    @property
    def last_day(self):
        """The last such day; None where one of its effects has no end (另行通知)."""
        days = [effect.last for effect in self.source_page.effects.all()]
        return None if not days or None in days else max(days)

    @property
    def period_state(self) -> str:
        """``withdrawn``, ``over``, ``in_force`` or ``to_come``, by today's date."""
        if self.withdrawn_at:
            return "withdrawn"
        today = clock.today()
        if self.first_day and today < self.first_day:
            return "to_come"
        if self.last_day and today > self.last_day:
            return "over"
        return "in_force"

    def save(self, *args, **kwargs):
        """Save the notice and, in the same transaction, the hours of every venue it concerns or concerned."""
        from venues.compile import compile_notice

        with transaction.atomic():
            stored = OpeningNoticePage.objects.filter(pk=self.pk).values_list("supersedes_id", flat=True)
            superseded_before = stored.first() if self.pk else None
            result = super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None and self.is_source:
                compile_notice(self, superseded_before=superseded_before)
        return result

    def get_context(self, request, *args, **kwargs):
        from venues.presentation import notice_context

        return {**super().get_context(request, *args, **kwargs), **notice_context(self, request)}


class NoticeEffect(NestedRows, Orderable):
    """What the notice does, from one day to another."""

    page = ParentalKey(OpeningNoticePage, on_delete=models.CASCADE, related_name="effects")
    kind = models.CharField(_("what happens"), max_length=16, choices=EffectKind, default=EffectKind.CLOSE)
    area_key = models.CharField(
        _("area"), max_length=40, blank=True, help_text=_("Empty means the whole venue.")
    )
    first = models.DateField(_("from"))
    last = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Empty means until further notice (另行通知).")
    )
    # Keys of the notice's venues that the effect is about; empty means all of them.
    venue_keys = models.JSONField(default=list, blank=True)
    # For a closure of some hours only, as minutes of the day (Asia/Shanghai): both for the same hours of each
    # day; the first alone for a closure that begins at that time of its first day; the second alone for one
    # that ends at that time of its last day.
    window_opens = models.PositiveSmallIntegerField(_("closed from"), null=True, blank=True)
    window_closes = models.PositiveSmallIntegerField(_("closed until"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("effect")

    def clean(self) -> None:
        """Refuse days and hours that run backwards."""
        super().clean()
        errors = {}
        if self.first and self.last and self.last < self.first:
            errors["last"] = _("The last day lies before the first.")
        if self.window_closes is not None:
            if self.window_opens is not None and self.window_closes <= self.window_opens:
                errors["window_closes"] = _("It ends before it begins.")
            elif self.window_opens is None and self.last is None:
                errors["last"] = _("A closure that ends at a time needs its last day.")
        if errors:
            raise ValidationError(errors)


class NoticeSession(AbstractSession):
    """Hours that the effect opens (change, extension, special opening)."""

    effect = ParentalKey(NoticeEffect, on_delete=models.CASCADE, related_name="sessions")

    class Meta(AbstractSession.Meta):
        verbose_name = _("session")


class NoticeTarget(Orderable):
    """A venue that the notice names."""

    page = ParentalKey(OpeningNoticePage, on_delete=models.CASCADE, related_name="targets")
    venue = models.ForeignKey(
        "venues.VenuePage", on_delete=models.CASCADE, related_name="+", verbose_name=_("venue")
    )

    panels: ClassVar = [FieldPanel("venue")]


class NoticeTargetType(Orderable):
    """A type of venues that the notice selects."""

    page = ParentalKey(OpeningNoticePage, on_delete=models.CASCADE, related_name="target_types")
    venue_type = models.ForeignKey(
        VenueType, on_delete=models.PROTECT, related_name="+", verbose_name=_("type")
    )

    panels: ClassVar = [FieldRowPanel([FieldPanel("venue_type")])]


class NoticeTargetDepartment(Orderable):
    """A department whose venues the notice selects."""

    page = ParentalKey(OpeningNoticePage, on_delete=models.CASCADE, related_name="target_departments")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )

    panels: ClassVar = [FieldRowPanel([FieldPanel("department")])]
