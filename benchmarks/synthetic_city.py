"""A city of any number of venues, made in seconds: a few real ones of each kind, copied inside the database."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models
from wagtail.models import Locale, Page

from home.models import DepartmentIndexPage, DepartmentPage
from openness.core import clock
from openness.core.calendars.proposals import propose_year
from openness.departments.models import AudienceGroup, Department, Facility, Region, VenueType
from tests.venues.editors import found_city, notice
from tests.venues.hours.builders import (
    ALL_WEEK,
    MON,
    SAT,
    SUN,
    add,
    on_weekdays,
    rule,
    schedule,
    session,
)
from venues import hours
from venues.models import (
    NoticeVenue,
    Rule,
    Schedule,
    Session,
    VenueArea,
    VenueFacility,
    VenuePage,
)
from venues.schedules import set_schedules

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The samples are the first children of a department.
COPIES_FROM = 36**3
HOLIDAY = hours.Matcher(kind=hours.MatcherKind.HOLIDAY)
DAYS_OFF = hours.Matcher(kind=hours.MatcherKind.DAY_TYPE, day_types=(hours.DayType.DAY_OFF,))
WORKDAYS = hours.Matcher(kind=hours.MatcherKind.DAY_TYPE, day_types=(hours.DayType.WORKDAY,))
LUNAR = hours.Matcher(kind=hours.MatcherKind.LUNAR_DAY, lunar_days=(26,))
NEW_YEARS_EVE = hours.Matcher(kind=hours.MatcherKind.LUNAR_DAY, lunar_new_years_eve=True)
LAST_MONDAY = hours.Matcher(kind=hours.MatcherKind.NTH_WEEKDAY, nth=(-1,), weekdays=(MON,))
CLOSED_MONDAYS = hours.Rule("rest", matcher=on_weekdays(MON))
MORNING_AND_AFTERNOON = rule(
    "daily", ALL_WEEK, session("09:00-11:30", "11:00"), session("14:00-17:00", "16:30")
)

# Two to six rules each, one with an area of its own, one around the clock, one past midnight.
KINDS: tuple[tuple[tuple[hours.Schedule, ...], tuple[str, ...]], ...] = (
    ((schedule("base", MORNING_AND_AFTERNOON, CLOSED_MONDAYS, rule("holiday", HOLIDAY, "09:00-17:00")),), ()),
    (
        (schedule("base", rule("workdays", WORKDAYS, "08:30-17:30"), rule("off", DAYS_OFF, "09:00-12:00")),),
        (),
    ),
    (
        (
            schedule("base", rule("daily", ALL_WEEK, "09:00-20:30"), CLOSED_MONDAYS),
            schedule("room", rule("daily", ALL_WEEK, "00:00-24:00"), area="room"),
        ),
        ("room",),
    ),
    (
        (
            schedule(
                "base",
                rule("daily", ALL_WEEK, session("09:00-17:00", "16:30")),
                add("evening", on_weekdays(SAT, SUN), session("19:00-21:00", kind=hours.Kind.EXTENDED)),
                CLOSED_MONDAYS,
                hours.Rule("lunar", matcher=LUNAR),
            ),
            hours.Schedule("eve", hours.Layer.HOLIDAY, rules=(hours.Rule("eve", matcher=NEW_YEARS_EVE),)),
        ),
        (),
    ),
    (
        (
            schedule(
                "base",
                rule("night", ALL_WEEK, "18:00-25:30"),
                hours.Rule("cleaning", matcher=LAST_MONDAY),
            ),
        ),
        (),
    ),
    (
        (
            schedule("base", rule("workdays", WORKDAYS, session("17:30-21:00", kind=hours.Kind.STAGGERED))),
            schedule("off", rule("off", DAYS_OFF, session("08:00-21:00", admission="low_fee"))),
        ),
        (),
    ),
)
ADMISSIONS = ("free", "free", "free", "paid", "low_fee", "mixed")


def make_city(number: int, *, departments: int = 40, notices: int = 20) -> None:
    """Found a city with ``number`` venues whose hours nobody has compiled yet; a notice for one venue in five."""
    call_command("migrate", verbosity=0)
    city = found_city()
    year = clock.today().year
    for each in (year, year + 1):
        propose_year(each)
    locale = Locale.get_default()
    regions = _terms(Region, "region", 12, locale, level="county", parent_code="350500")
    types = _terms(VenueType, "type", 8, locale)
    facilities = _terms(Facility, "facility", 6, locale)
    _terms(AudienceGroup, "audience", 3, locale)
    index = DepartmentIndexPage.objects.get()
    parents = [_department(index, each, regions[each % 12]) for each in range(departments)]
    samples = [
        _sample(parents[0], each, regions[0], types[each], facilities[: each % 3 + 1])
        for each in range(len(KINDS))
    ]
    copies = _Copies(samples, number)
    copies.copy_pages([page.path for page in parents], regions, types)
    copies.copy_rows()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [Page, Schedule, Rule, Session, VenueArea, VenueFacility, NoticeVenue]
        ):
            cursor.execute(statement)
        # Copied children are children too.
        cursor.execute("UPDATE wagtailcore_page SET numchild = 1 WHERE numchild = 0 AND depth = 4")
        cursor.execute("ANALYZE")
    today = clock.today()
    for each in range(notices):
        page = notice(city.culture, city.museum, title=f"公告 {each}", first=today + timedelta(days=each))
        copies.concern(page.pk, each, notices * 5)


def _terms(model: Any, stem: str, number: int, locale: Locale, **fields: Any) -> list[Any]:
    return [
        model.objects.create(code=f"{stem}-{each}", name=f"{stem} {each}", locale=locale, **fields)
        for each in range(number)
    ]


def _department(index: DepartmentIndexPage, number: int, region: Region) -> DepartmentPage:
    code = f"department-{number}"
    owner = Department.objects.create(code=code, name=code, short_name=code, region=region)
    return index.add_child(
        instance=DepartmentPage(title=code, slug=code, department=owner, locale=index.locale)
    )


def _sample(
    parent: DepartmentPage, kind: int, region: Region, venue_type: VenueType, facilities: list[Facility]
) -> VenuePage:
    schedules, areas = KINDS[kind]
    page = VenuePage(
        title=f"样本 {kind}",
        slug=f"sample-{kind}",
        code=f"sample-{kind}",
        venue_type=venue_type,
        region=region,
        admission=ADMISSIONS[kind],
        hours_mode="own",
        locale=parent.locale,
    )
    page.areas = [VenueArea(key=key, name=key, locale=parent.locale) for key in areas]
    page.facilities = [VenueFacility(facility=facility) for facility in facilities]
    set_schedules(page, schedules)
    return parent.add_child(instance=page)


class _Copies:
    """Copies of sample venues by INSERT … SELECT; copy ``n`` is of sample ``n % len(samples)``."""

    def __init__(self, samples: list[VenuePage], number: int) -> None:
        self.samples, self.number = samples, number
        self.first = 1 + max(Page.objects.values_list("pk", flat=True))
        is_postgres = connection.vendor == "postgresql"
        self.uuid = "gen_random_uuid()" if is_postgres else "lower(hex(randomblob(16)))"

    def copy_pages(self, parents: list[str], regions: list[Region], types: list[VenueType]) -> None:
        """Copy the pages themselves, spread over departments, regions and types."""
        digits = "||".join(
            f"substr('{DIGITS}', 1 + ((n + {COPIES_FROM}) / {36**place}) % 36, 1)"
            for place in reversed(range(4))
        )
        for kind, sample in enumerate(self.samples):
            self._copy(
                Page,
                sample.pk,
                kind,
                id=f"{self.first} + n",
                path=f"{_choice(parents)} || {digits}",
                slug="'venue-' || n",
                url_path="'/venue-' || n || '/'",
                title="'场馆 ' || n",
                draft_title="'场馆 ' || n",
                translation_key=self.uuid,
            )
            self._copy(
                VenuePage,
                sample.pk,
                kind,
                page_ptr_id=f"{self.first} + n",
                code="'v' || n",
                region_id=_choice([region.pk for region in regions]),
                venue_type_id=_choice([each.pk for each in types]),
            )

    def copy_rows(self) -> None:
        """Copy schedules, rules, sessions, areas and facilities."""
        page = f"{self.first} + n"
        for kind, sample in enumerate(self.samples):
            for row in sample.areas.all():
                self._copy(
                    VenueArea, row.pk, kind, id=self._new(row), page_id=page, translation_key=self.uuid
                )
            for row in sample.facilities.all():
                self._copy(VenueFacility, row.pk, kind, id=self._new(row), page_id=page)
            for row in sample.schedules.all():
                own = self._new(row)
                self._copy(Schedule, row.pk, kind, id=own, page_id=page)
                for rule_row in row.rules.all():
                    of_rule = self._new(rule_row)
                    self._copy(Rule, rule_row.pk, kind, id=of_rule, schedule_id=own)
                    for each in rule_row.sessions.all():
                        self._copy(Session, each.pk, kind, id=self._new(each), rule_id=of_rule)

    def concern(self, notice: int, number: int, every: int) -> None:
        """Let a notice concern one copy in ``every``."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {NoticeVenue._meta.db_table} (notice_id, venue_id) "
                f"SELECT {notice}, {self.first} + n FROM ({self._series()}) series WHERE n % {every} = {number}"
            )

    def _copy(self, model: type[models.Model], sample: int, kind: int, **values: str) -> None:
        """Copy a row once for each copy of its kind, with these expressions in ``n`` in place of its values."""
        columns = [field.column for field in model._meta.local_concrete_fields]
        table = model._meta.db_table
        chosen = ", ".join(values.get(column, f"sample.{column}") for column in columns)
        key = model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} "
                f"FROM {table} sample, ({self._series()}) series "
                f"WHERE sample.{key} = {sample} AND n % {len(self.samples)} = {kind}"
            )

    def _new(self, row: models.Model) -> str:
        """Return the key of a copy of ``row``: far from the samples' own, and from that of any other row."""
        return f"{1000 + row.pk} + n * 200"

    def _series(self) -> str:
        return (
            "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL "
            f"SELECT n + 1 FROM numbers WHERE n < {self.number - 1}) SELECT n FROM numbers"
        )


def _choice(values: list[Any]) -> str:
    """Return an expression that chooses among values by ``n``, mixed so that no two choices go together."""
    literals = [f"'{value}'" if isinstance(value, str) else str(value) for value in values]
    arms = " ".join(f"WHEN {number} THEN {literal}" for number, literal in enumerate(literals))
    return f"CASE (n * 7 / {len(values)} + n) % {len(values)} {arms} END"
