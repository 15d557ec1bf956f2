"""A rule about school terms is as sure as the school calendar of the levels that it is about, and no surer."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from tests.venues.hours.builders import DAILY, rule, schedule, venue
from tests.venues.hours.calendars import City, Facts
from venues.hours import Layer, Matcher, MatcherKind, VenueHours, resolve_day

WEEKDAY = date(2026, 11, 18)
NOBODY = frozenset[int]()


def _hours(kind: MatcherKind, *levels: str) -> VenueHours:
    return venue(DAILY, schedule("school", rule("short", Matcher(kind, levels=levels)), layer=Layer.SEASON))


def _is_provisional(hours: VenueHours, city: City, day: date = WEEKDAY) -> bool:
    return resolve_day(hours, "", day, city).provisional


@dataclass(frozen=True)
class OnlySeniorSchools(City):
    """A city that has entered the vacations of its senior schools."""

    def facts(self, day: date) -> Facts:
        return replace(super().facts(day), unknown_vacations=("primary", "junior", "university"))


@pytest.mark.parametrize("kind", [MatcherKind.VACATION, MatcherKind.TERM])
def test_provisional_where_nobody_entered_the_vacations(kind: MatcherKind) -> None:
    assert _is_provisional(_hours(kind), City(schools_entered=NOBODY))
    assert not _is_provisional(_hours(kind), City())


def test_hours_that_ask_for_no_school_are_sure() -> None:
    assert not _is_provisional(venue(DAILY), City(schools_entered=NOBODY))
    assert not _is_provisional(
        venue(DAILY, schedule("h", rule("off", Matcher(MatcherKind.HOLIDAY)))), City(schools_entered=NOBODY)
    )


@pytest.mark.parametrize("kind", [MatcherKind.VACATION, MatcherKind.TERM])
@pytest.mark.parametrize(
    ("levels", "expected"),
    [(("senior",), False), (("junior", "senior"), True), (("university",), True), ((), True)],
)
def test_each_level_counts_by_itself(kind: MatcherKind, levels: tuple[str, ...], expected: bool) -> None:
    assert _is_provisional(_hours(kind, *levels), OnlySeniorSchools()) == expected


def test_schools_do_not_wait_for_the_state_council() -> None:
    assert not _is_provisional(_hours(MatcherKind.VACATION), City(confirmed=NOBODY))


def test_the_same_plan_tells_known_days_from_unknown_ones() -> None:
    city = City(schools_entered=frozenset({2026}), confirmed=frozenset({2026, 2027}))
    hours = _hours(MatcherKind.VACATION)
    days = [date(2026, 12, 31), date(2027, 1, 1)]
    assert [_is_provisional(hours, city, day) for day in days] == [False, True]
