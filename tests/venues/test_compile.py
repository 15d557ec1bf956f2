"""What the public reads follows from rules, notices and the calendar, and follows at once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from wagtail.models import Locale

from openness.core import clock, daily, outbox
from openness.core.calendars.days import days_between
from openness.core.models import OutboxEntry
from tests.venues.editors import NOW, TODAY, City, found_city
from tests.venues.hours.builders import ALL_WEEK, rule, schedule, session
from venues import hours
from venues.compile import HORIZON_DAYS, compile_all, compile_venue, resolve
from venues.enums import HoursMode, Life
from venues.models import Interval, PublishedHours, Rule, VenueArea, VenueDay, VenueEntry, VenuePage
from venues.schedules import set_schedules

# A new venue begins with the week in which it is published.
MONDAY, LAST = date(2026, 11, 16), TODAY + timedelta(days=HORIZON_DAYS)


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def fresh(venue: VenuePage) -> VenuePage:
    return VenuePage.objects.get(pk=venue.pk)


def days(venue: VenuePage, area: str = "") -> dict[date, str]:
    return dict(VenueDay.objects.filter(venue=venue, area_key=area).values_list("business_date", "status"))


def spans(venue: VenuePage, day: date, area: str = "") -> list[str]:
    rows = Interval.objects.filter(venue=venue, business_date=day, area_key=area)
    return [f"{clock.local(row.opens_at):%H:%M}-{clock.local(row.closes_at):%H:%M}" for row in rows]


def snapshot(venue: VenuePage, before: date) -> tuple[list, list]:
    """The compiled rows of the days before ``before``, with their keys."""
    rows = {"venue": venue, "business_date__lt": before}
    return (
        list(VenueDay.objects.filter(**rows).order_by("pk").values()),
        list(Interval.objects.filter(**rows).order_by("pk").values()),
    )


def at(settings: Any, day: date, hour: int = 10) -> None:
    settings.OPENNESS_FROZEN_NOW = f"{day.isoformat()}T{hour:02}:00:00+08:00"


# ---------------------------------------------------------------------------------------------------
# Every day has a row


@pytest.mark.parametrize(
    ("mode", "status"),
    [
        (HoursMode.OWN, "open"),
        # What is written down as usual hours does not hold in these.
        (HoursMode.UNKNOWN, "unknown"),
        (HoursMode.BY_APPOINTMENT, "by_appointment"),
    ],
)
def test_every_day_of_the_horizon_has_a_row(city: City, mode: str, status: str) -> None:
    venue = fresh(city.museum)
    venue.hours_mode = mode
    venue.save()
    found = days(venue)
    assert sorted(found) == days_between(MONDAY, LAST)
    assert {found[day] for day in days_between(TODAY, LAST)} == {status}


@pytest.mark.parametrize(
    ("mode", "status"),
    [
        (HoursMode.OWN, "unknown"),
        (HoursMode.UNKNOWN, "unknown"),
        (HoursMode.BY_APPOINTMENT, "by_appointment"),
    ],
)
def test_days_without_any_rule_have_a_row_too(city: City, mode: str, status: str) -> None:
    venue = fresh(city.museum)
    venue.hours_mode = mode
    venue.schedules = []
    venue.save()
    # The days before were compiled when it still was open.
    found = days(venue)
    assert [found[day] for day in days_between(TODAY, LAST)] == [status] * (HORIZON_DAYS + 1)
    assert not Interval.objects.filter(venue=venue, business_date__gte=TODAY).exists()


def test_a_closed_day_says_why(city: City) -> None:
    venue = fresh(city.museum)
    monday = hours.Matcher(kind=hours.MatcherKind.WEEKDAYS, weekdays=(0,))
    set_schedules(
        venue, (schedule("base", rule("daily", ALL_WEEK, "09:00-17:00"), hours.Rule("rest", matcher=monday)),)
    )
    venue.save()
    found = days(venue)
    assert found[date(2026, 11, 23)] == "closed"
    assert found[date(2026, 11, 24)] == "open"
    row = VenueDay.objects.get(venue=venue, business_date=date(2026, 11, 23))
    assert (row.because["schedule"], row.because["rule"]) == ("base", "rest")


def test_each_area_has_its_days(city: City) -> None:
    assert set(VenueDay.objects.filter(venue=city.library).values_list("area_key", flat=True)) == {
        "",
        "evening",
    }
    assert spans(city.library, TODAY) == ["09:00-17:00"]
    assert spans(city.library, TODAY, "evening") == ["18:00-21:00"]


def test_instants_are_those_of_the_city(city: City) -> None:
    row = Interval.objects.get(venue=city.museum, business_date=TODAY)
    assert row.opens_at == datetime.fromisoformat("2026-11-19T01:00:00+00:00")
    assert row.last_entry_at == row.closes_at == row.continues_until


def test_what_runs_past_midnight_belongs_to_its_day(city: City) -> None:
    venue = fresh(city.museum)
    set_schedules(venue, (schedule("base", rule("night", ALL_WEEK, session("18:00-26:00"))),))
    venue.save()
    row = Interval.objects.get(venue=venue, business_date=TODAY)
    assert row.closes_at == hours.instant(TODAY + timedelta(days=1), 120)


def test_the_admission_of_a_session_comes_before_that_of_the_venue(city: City) -> None:
    venue = fresh(city.museum)
    venue.admission = "paid"
    set_schedules(
        venue,
        (schedule("base", rule("daily", ALL_WEEK, "09:00-12:00", session("14:00-17:00", admission="free"))),),
    )
    venue.save()
    rows = Interval.objects.filter(venue=venue, business_date=TODAY)
    assert [row.admission for row in rows] == ["paid", "free"]


def test_a_venue_that_is_no_more_has_no_days_to_come(city: City) -> None:
    venue = fresh(city.museum)
    venue.life, venue.life_note = Life.CLOSED_FOR_GOOD, "已撤销"
    venue.save()
    assert max(days(venue)) == TODAY - timedelta(days=1)
    assert VenueEntry.objects.get(venue=venue).life == Life.CLOSED_FOR_GOOD


def test_tables_agree_with_what_is_computed(city: City) -> None:
    computed_days, openings = resolve(city.library, TODAY, LAST)
    assert [(day.area_key, day.business_date, day.status) for day in computed_days] == list(
        VenueDay.objects.filter(venue=city.library, business_date__gte=TODAY)
        .order_by("area_key", "business_date")
        .values_list("area_key", "business_date", "status")
    )
    assert {(each.area_key, each.opens_at, each.closes_at) for each in openings} == set(
        Interval.objects.filter(venue=city.library, business_date__gte=TODAY).values_list(
            "area_key", "opens_at", "closes_at"
        )
    )


# ---------------------------------------------------------------------------------------------------
# Time passes


def test_past_days_are_never_written_again(city: City, settings: Any) -> None:
    before = snapshot(city.library, date(2026, 11, 23))
    at(settings, date(2026, 11, 23))
    venue = fresh(city.library)
    set_schedules(venue, (schedule("base", rule("daily", ALL_WEEK, "10:00-12:00")),))
    venue.areas = []
    venue.save()
    assert snapshot(venue, date(2026, 11, 23)) == before
    assert spans(venue, date(2026, 11, 22)) == ["09:00-17:00"]
    assert spans(venue, date(2026, 11, 23)) == ["10:00-12:00"]


def test_a_new_day_adds_one_day(city: City, settings: Any) -> None:
    before = days(city.museum)
    at(settings, TODAY + timedelta(days=1), hour=0)
    assert daily.run_jobs() == []
    after = days(city.museum)
    assert set(after) - set(before) == {LAST + timedelta(days=1)}
    assert set(before) <= set(after)
    assert spans(city.museum, LAST + timedelta(days=1)) == ["09:00-17:00"]


def test_a_worker_that_rested_for_a_week_leaves_no_gap(city: City, settings: Any) -> None:
    at(settings, TODAY + timedelta(days=7))
    compile_all(cause="daily")
    assert sorted(days(city.museum)) == days_between(MONDAY, LAST + timedelta(days=7))


def test_one_venue_that_cannot_be_compiled_keeps_no_other_from_it(city: City, settings: Any) -> None:
    Rule.objects.filter(schedule__page=city.library).update(matcher={"weekdays": "Monday"})
    at(settings, TODAY + timedelta(days=1))
    with pytest.raises(ExceptionGroup) as caught:
        compile_all(cause="daily")
    assert [str(error) for error in caught.value.exceptions] == [
        "library: DecodeError: matcher.weekdays: expected a list, not 'Monday'"
    ]
    assert max(days(city.museum)) == max(days(city.palace)) == LAST + timedelta(days=1)
    assert max(days(city.library)) == LAST


# ---------------------------------------------------------------------------------------------------
# The history


def history(venue: VenuePage) -> list[PublishedHours]:
    return list(PublishedHours.objects.filter(venue=venue).order_by("pk"))


def test_history_grows_when_the_hours_change_and_only_then(city: City, settings: Any) -> None:
    assert len(history(city.museum)) == 1
    compile_venue(city.museum, cause="daily")
    venue = fresh(city.museum)
    venue.phone = "0595-1"
    venue.save_revision().publish()
    assert len(history(city.museum)) == 1
    at(settings, TODAY, hour=11)
    set_schedules(venue, (schedule("base", rule("daily", ALL_WEEK, "10:00-12:00")),))
    venue.save_revision().publish()
    first, second = history(city.museum)
    assert first.digest != second.digest
    assert second.published_at == clock.now()
    assert second.cause == "page"
    assert second.calendar_version == "2026v0+2027v0"
    assert hours.from_dict(second.rules).schedules[0].rules[0].sessions[0].opens == 600
    assert hours.from_dict(first.rules).schedules[0].rules[0].sessions[0].opens == 540


def test_hours_that_come_back_are_a_new_row(city: City) -> None:
    venue = fresh(city.museum)
    for text in ("10:00-12:00", "09:00-17:00"):
        set_schedules(venue, (schedule("base", rule("daily", ALL_WEEK, text)),))
        venue.save_revision().publish()
    first, second, third = history(city.museum)
    assert first.digest == third.digest != second.digest


# ---------------------------------------------------------------------------------------------------
# Parents and branches


def branch(city: City, **fields: Any) -> VenuePage:
    page = VenuePage(
        title="分馆",
        code="branch",
        parent_venue=fresh(city.library),
        hours_mode=HoursMode.SAME_AS_PARENT,
        venue_type=city.library.venue_type,
        region=city.library.region,
        locale=Locale.get_default(),
        **fields,
    )
    return type(city.union).objects.get(pk=city.union.pk).add_child(instance=page)


def test_a_branch_has_the_hours_of_its_parent_and_not_its_rooms(city: City) -> None:
    page = branch(city)
    assert spans(page, TODAY) == ["09:00-17:00"]
    assert set(VenueDay.objects.filter(venue=page).values_list("area_key", flat=True)) == {""}


def test_a_branch_follows_its_parent_at_once(city: City) -> None:
    page, parent = branch(city), fresh(city.library)
    set_schedules(
        parent, (schedule("base", rule("daily", ALL_WEEK, session("10:00-12:00", kind="staggered"))),)
    )
    parent.save_revision().publish()
    assert spans(page, TODAY) == ["10:00-12:00"]
    assert [each.cause for each in history(page)] == ["page", "page"]
    assert VenueEntry.objects.get(venue=page).kinds == "|staggered|"


def test_a_branch_of_a_branch_follows_too(city: City) -> None:
    middle = branch(city)
    leaf = VenuePage(
        title="流通点",
        code="leaf",
        parent_venue=middle,
        hours_mode=HoursMode.SAME_AS_PARENT,
        venue_type=middle.venue_type,
        region=middle.region,
        locale=Locale.get_default(),
    )
    type(city.union).objects.get(pk=city.union.pk).add_child(instance=leaf)
    parent = fresh(city.library)
    set_schedules(parent, (schedule("base", rule("daily", ALL_WEEK, "10:00-12:00")),))
    parent.save()
    assert spans(leaf, TODAY) == ["10:00-12:00"]


def test_a_branch_whose_parent_is_deleted_is_unknown(city: City) -> None:
    page = branch(city)
    fresh(city.library).delete()
    assert days(page)[TODAY] == "unknown"


def test_a_venue_is_not_its_own_parent(city: City) -> None:
    page, parent = branch(city), fresh(city.library)
    parent.parent_venue, parent.hours_mode = page, HoursMode.SAME_AS_PARENT
    with pytest.raises(Exception, match="parent_venue"):
        parent.full_clean()
    # Even where the database says so, nothing runs in a circle.
    VenuePage.objects.filter(pk=parent.pk).update(parent_venue=page, hours_mode=HoursMode.SAME_AS_PARENT)
    assert resolve(fresh(page), TODAY, TODAY)


# ---------------------------------------------------------------------------------------------------
# The outbox


def test_each_change_is_told(city: City) -> None:
    OutboxEntry.objects.all().delete()
    fresh(city.museum).save()
    told = OutboxEntry.objects.exclude(kind__startswith="search.")
    assert set(told.values_list("kind", "key")) == {("venue", "museum")}
    fresh(city.museum).delete()
    assert OutboxEntry.objects.filter(kind="venue", key="museum").exists()


def test_a_changed_calendar_recompiles(city: City) -> None:
    from openness.core.calendars.proposals import confirm_year, propose_year

    venue = fresh(city.museum)
    off = hours.Matcher(kind=hours.MatcherKind.HOLIDAY)
    set_schedules(
        venue,
        (
            schedule("base", rule("daily", ALL_WEEK, "09:00-17:00")),
            hours.Schedule("holidays", hours.Layer.HOLIDAY, rules=(hours.Rule("off", matcher=off),)),
        ),
    )
    venue.save()
    outbox.drain()
    assert VenueDay.objects.get(venue=venue, business_date=date(2026, 12, 31)).provisional
    propose_year(2026)
    confirm_year(2026, source_title="通知", source_url="")
    outbox.drain()
    assert not VenueDay.objects.get(venue=venue, business_date=date(2026, 12, 31)).provisional
    assert VenueDay.objects.get(venue=venue, business_date=date(2027, 1, 2)).provisional


def test_areas_without_the_general_public_are_not_for_everyone(city: City) -> None:
    venue = fresh(city.library)
    venue.areas = [VenueArea(key="evening", name="职工之家", is_general_public=False, locale=venue.locale)]
    venue.save()
    rows = dict(
        Interval.objects.filter(venue=venue, business_date=TODAY).values_list("area_key", "is_general_public")
    )
    assert rows == {"": True, "evening": False}
