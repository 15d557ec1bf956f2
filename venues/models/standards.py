"""What is asked of the hours of each kind of venue, how far each venue is from it, and what holds on its holidays."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from openness.core.calendars.models import Holiday
from openness.departments.models import VenueType
from venues.enums import HolidayChoice
from venues.standard_form import HoursStandardForm


class HoursStandard(models.Model):
    """What law and city ask of a type of venue, and of the types below it that have no standard of their own.

    Durations are minutes; an empty target asks nothing. ``source`` says who set the targets.
    """

    venue_type = models.OneToOneField(
        VenueType, on_delete=models.CASCADE, related_name="+", verbose_name=_("type")
    )
    weekly_minutes = models.PositiveSmallIntegerField(_("hours of an ordinary week"), null=True, blank=True)
    weekend_extra_minutes = models.PositiveSmallIntegerField(
        _("hours that a weekend day is longer than a workday"), null=True, blank=True
    )
    open_days_per_year = models.PositiveSmallIntegerField(_("open days of a year"), null=True, blank=True)
    day_off_minutes = models.PositiveSmallIntegerField(_("hours of a day off"), null=True, blank=True)
    needs_weekend = models.BooleanField(
        _("opens at weekends"), default=False, help_text=_("《公共图书馆法》 Art. 38.")
    )
    needs_holiday_decision = models.BooleanField(
        _("tells its hours on each public holiday"), default=False, help_text=_("《公共图书馆法》 Art. 38.")
    )
    needs_open_holidays = models.BooleanField(
        _("opens on public holidays and in school vacations"),
        default=False,
        help_text=_("《博物馆条例》 Art. 29."),
    )
    needs_free_day_for_pupils = models.BooleanField(
        _("where it charges, is free for pupils on fixed days of each month"),
        default=False,
        help_text=_("《公共文化服务保障法》 Art. 31."),
    )
    source = models.CharField(_("source of the targets"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)

    base_form_class = HoursStandardForm
    panels: ClassVar = [
        FieldPanel("venue_type"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("weekly_minutes"), FieldPanel("weekend_extra_minutes")]),
                FieldRowPanel([FieldPanel("day_off_minutes"), FieldPanel("open_days_per_year")]),
            ],
            heading=_("Targets"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("needs_weekend"),
                FieldPanel("needs_holiday_decision"),
                FieldPanel("needs_open_holidays"),
                FieldPanel("needs_free_day_for_pupils"),
            ],
            heading=_("What the law asks"),
        ),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
    ]

    class Meta:
        ordering = ("venue_type__sort_order",)
        verbose_name = _("hours standard")
        verbose_name_plural = _("hours standards")

    def __str__(self) -> str:
        return self.venue_type.name

    @property
    def weekly_hours(self) -> str:
        """The target of an ordinary week in hours, as lists show it; empty for none."""
        return "" if self.weekly_minutes is None else f"{self.weekly_minutes / 60:g}"


class HoursCheck(models.Model):
    """What the last check of a public venue's hours found; only ``venues/compliance.py`` writes it.

    ``codes`` holds the codes of the findings between bars (``|below_weekly_hours|``); minutes are those of an
    ordinary week (``venues.hours.weekly``), empty where the hours are not known.
    """

    venue = models.OneToOneField("venues.VenuePage", on_delete=models.CASCADE, related_name="hours_check")
    codes = models.CharField(max_length=400, blank=True)
    findings = models.JSONField(default=list)
    weekly_minutes = models.PositiveIntegerField(null=True)
    staggered_minutes = models.PositiveIntegerField(null=True)
    extended_minutes = models.PositiveIntegerField(null=True)
    target_minutes = models.PositiveIntegerField(null=True)
    checked_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.venue_id} {self.checked_on}: {self.codes}"


class HolidayDecision(models.Model):
    """What a venue does on a public holiday of a year: as usual, closed, or open at other hours.

    ``sessions`` are the engine's, as JSON, for other hours only. "As usual" holds once it is decided; the others
    are a plan until ``notice`` tells them to the public. ``is_told`` is taken back when the decision changes, and
    the notice stays known, since another one has to replace it.
    """

    venue = models.ForeignKey(
        "venues.VenuePage",
        on_delete=models.CASCADE,
        related_name="holiday_decisions",
        verbose_name=_("venue"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    holiday = models.CharField(_("holiday"), max_length=16, choices=Holiday)
    choice = models.CharField(_("decision"), max_length=10, choices=HolidayChoice)
    sessions = models.JSONField(default=list, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()
    notice = models.ForeignKey(
        "venues.OpeningNoticePage", null=True, on_delete=models.SET_NULL, related_name="holiday_decisions"
    )
    is_told = models.BooleanField(default=False)

    class Meta:
        ordering = ("year", "holiday")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["venue", "year", "holiday"], name="venues_one_decision_per_holiday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.year} {self.holiday}: {self.choice}"
