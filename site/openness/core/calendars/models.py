"""The city's calendar as data: which days are off, worked or school vacation, and who says so."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from openness.core import outbox

# The oldest wording of the holiday regulation that the calendar knows, and the end of the lunar table.
FIRST_YEAR, LAST_YEAR = 2014, 2099

# A change to a calendar year; the key is the year. What was computed from it has to be computed again.
CALENDAR_CHANGED = "core.calendar_changed"


class YearStatus(models.TextChoices):
    """Whether anybody has vouched for a year."""

    PROPOSAL = "proposal", _("Proposal")
    CONFIRMED = "confirmed", _("Confirmed")


class DayKind(models.TextChoices):
    """How a day differs from what its weekday says."""

    OFF = "off", _("Day off")
    MAKEUP_WORKDAY = "makeup_workday", _("Make-up workday")


class Holiday(models.TextChoices):
    """The holidays of the national regulation, and a place for days off of the city's own."""

    NEW_YEAR = "new_year", _("New Year’s Day")
    SPRING_FESTIVAL = "spring_festival", _("Spring Festival")
    QINGMING = "qingming", _("Qingming Festival")
    LABOUR_DAY = "labour_day", _("Labour Day")
    DRAGON_BOAT = "dragon_boat", _("Dragon Boat Festival")
    MID_AUTUMN = "mid_autumn", _("Mid-Autumn Festival")
    NATIONAL_DAY = "national_day", _("National Day")
    LOCAL = "local", _("Other day off")


class VacationKind(models.TextChoices):
    """The two long school vacations."""

    WINTER = "winter", _("Winter vacation")
    SUMMER = "summer", _("Summer vacation")


class SchoolLevel(models.TextChoices):
    """Which schools have the vacation; the education bureau may set other dates for each level."""

    ALL = "", _("All schools")
    PRIMARY = "primary", _("Primary schools")
    JUNIOR = "junior", _("Junior secondary schools")
    SENIOR = "senior", _("Senior secondary schools")
    UNIVERSITY = "university", _("Universities")


class YearOf(models.Func):
    """The year of a date, in functions that the database has without Django.

    Django's own year function lives in the connection on SQLite; in a constraint it would keep the
    table from being checked or restored by SQLite's own tools.
    """

    template = "EXTRACT(YEAR FROM %(expressions)s)::integer"
    arity = 1
    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(
            compiler, connection, template="CAST(SUBSTR(%(expressions)s, 1, 4) AS INTEGER)", **extra
        )


class CalendarYear(ClusterableModel):
    """A year whose days off and make-up workdays are proposed or confirmed."""

    year = models.PositiveSmallIntegerField(
        _("year"),
        primary_key=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    status = models.CharField(
        _("status"), max_length=16, choices=YearStatus, default=YearStatus.PROPOSAL, editable=False
    )
    source_title = models.CharField(
        _("source"), max_length=255, help_text=_("The title of the State Council’s notice for this year.")
    )
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    class Meta:
        app_label = "core"
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="core_calendaryear_year_in_range",
                condition=models.Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
            ),
            models.CheckConstraint(
                name="core_calendaryear_confirmed_has_time",
                condition=models.Q(status=YearStatus.PROPOSAL, confirmed_at=None)
                | models.Q(status=YearStatus.CONFIRMED, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.get_status_display()})"

    @property
    def is_confirmed(self) -> bool:
        return self.status == YearStatus.CONFIRMED

    @transaction.atomic
    def record_change(self) -> None:
        """Raise the version and tell who computes from this year; call it after its days have changed."""
        CalendarYear.objects.filter(pk=self.pk).update(version=models.F("version") + 1)
        self.refresh_from_db(fields=["version"])
        outbox.publish(CALENDAR_CHANGED, str(self.year))


class CalendarDay(models.Model):
    """A day that is not what its weekday says."""

    calendar_year = ParentalKey(
        CalendarYear, verbose_name=_("calendar year"), on_delete=models.CASCADE, related_name="days"
    )
    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=DayKind)
    is_statutory = models.BooleanField(
        _("statutory holiday"),
        default=False,
        help_text=_("A holiday by the national regulation itself, not a neighbouring day off."),
    )
    holiday = models.CharField(_("holiday"), max_length=16, choices=Holiday)
    name = models.CharField(_("name"), max_length=64)

    class Meta:
        app_label = "core"
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering: ClassVar = ["date"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="core_calendarday_in_its_year",
                condition=models.Q(calendar_year=YearOf("date")),
                violation_error_message=_("The date lies outside the calendar year."),
            ),
            models.CheckConstraint(
                name="core_calendarday_statutory_is_off",
                condition=models.Q(is_statutory=False) | models.Q(kind=DayKind.OFF),
                violation_error_message=_("A make-up workday is not a statutory holiday."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


def school_year(day: date) -> tuple[date, date]:
    """Return the first and the last day of the school year of ``day``: 1 September to 31 August."""
    year = day.year if day.month >= 9 else day.year - 1
    return date(year, 9, 1), date(year + 1, 8, 31)


class SchoolVacation(models.Model):
    """A school vacation in the city, of all schools or of those of one level, first and last day included."""

    kind = models.CharField(_("kind"), max_length=16, choices=VacationKind)
    level = models.CharField(
        _("schools"), max_length=12, choices=SchoolLevel, default=SchoolLevel.ALL, blank=True
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    source = models.CharField(
        _("source"), max_length=500, blank=True, help_text=_("The education bureau’s notice, or its address.")
    )

    class Meta:
        app_label = "core"
        verbose_name = _("school vacation")
        verbose_name_plural = _("school vacations")
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="core_schoolvacation_ends_after_start",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The last day comes before the first."),
            ),
            models.UniqueConstraint(name="core_schoolvacation_unique_start", fields=["starts_on", "level"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_level_display()} {self.starts_on}–{self.ends_on}"

    def clean(self) -> None:
        """Refuse a vacation that overlaps another of the same schools: a day has one answer."""
        super().clean()
        if self.starts_on and self.ends_on:
            others = SchoolVacation.objects.exclude(pk=self.pk)
            if self.level:
                others = others.filter(level__in=[SchoolLevel.ALL, self.level])
            if others.filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).exists():
                raise ValidationError(_("Another school vacation covers some of these days."), "overlap")

    @transaction.atomic
    def record_change(self) -> None:
        """Tell who computes from the school year of this vacation; call it after the row has changed.

        Of the calendar years that the school year touches those that exist get another version.
        """
        first, last = school_year(self.starts_on)
        stored = {each.year: each for each in CalendarYear.objects.filter(year__in=[first.year, last.year])}
        for year in (first.year, last.year):
            if year in stored:
                stored[year].record_change()
            else:
                outbox.publish(CALENDAR_CHANGED, str(year))
