"""Open or not at an instant, until when, who speaks for the venue, and whether there is time enough."""

from datetime import date, timedelta

import pytest

from tests.venues.hours.builders import (
    ALL_WEEK,
    MON,
    SAT,
    SUN,
    city_time,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    status,
    venue,
)
from tests.venues.hours.calendars import CITY
from venues.hours import (
    Area,
    Kind,
    Layer,
    Mode,
    Opening,
    Schedule,
    State,
    VenueHours,
    effect_schedule,
    fits,
    openings_of,
    resolve_days,
    stay,
)

FIRST, LAST = "2026-11-15", "2026-11-30"
WEEKEND_OFF = on_weekdays(*range(5))
OFFICE = venue(schedule("base", rule("week", WEEKEND_OFF, session("09:00-17:00", "16:30"))))


def at(hours: VenueHours, text: str, **options: object) -> dict[str, object]:
    """What a citizen is told at an instant, in words."""
    now = status(hours, text, FIRST, LAST, **options)
    return {
        "state": str(now.state),
        "until": now.until and f"{now.until:%m-%d %H:%M}",
        "enter": now.can_enter,
        "next": now.next_opens_at and f"{now.next_opens_at:%m-%d %H:%M}",
    }


@pytest.mark.parametrize(
    ("instant", "state", "until", "enter", "following"),
    [
        ("2026-11-20 08:59", "closed", "11-20 09:00", False, "11-20 09:00"),
        ("2026-11-20 09:00", "open", "11-20 17:00", True, None),
        ("2026-11-20 16:30", "open", "11-20 17:00", True, None),
        ("2026-11-20 16:31", "open", "11-20 17:00", False, "11-23 09:00"),
        ("2026-11-20 17:00", "closed", "11-23 09:00", False, "11-23 09:00"),  # half-open; over the weekend
        ("2026-11-21 12:00", "closed", "11-23 09:00", False, "11-23 09:00"),
        ("2026-11-30 18:00", "closed", None, False, None),  # what comes next is not compiled
    ],
)
def test_a_week_with_last_entry(
    instant: str, state: str, until: str | None, enter: bool, following: str | None
) -> None:
    assert at(OFFICE, instant) == {"state": state, "until": until, "enter": enter, "next": following}


def test_instants_outside_the_given_days_are_unknown() -> None:
    assert at(OFFICE, "2026-12-01 10:00")["state"] == "unknown"
    assert at(OFFICE, "2026-11-14 10:00")["state"] == "unknown"


def test_changes_at_is_the_next_edge() -> None:
    instants = ["2026-11-20 08:00", "2026-11-20 09:00", "2026-11-20 16:30", "2026-11-20 17:00"]
    edges = [status(OFFICE, text, FIRST, LAST).changes_at for text in instants]
    # After Friday's closing Friday's row (an open day) gives way to Saturday's (a closed one).
    assert [f"{edge:%d %H:%M}" for edge in edges if edge] == ["20 09:00", "20 16:30", "20 17:00", "21 00:00"]


def test_a_night_is_open_after_midnight_and_the_next_day_is_its_own() -> None:
    hours = venue(
        schedule("base", rule("daily", ALL_WEEK, "09:00-17:00")),
        schedule("n", rule("night", on_dates("2026-11-20"), "09:00-25:30"), layer=Layer.NOTICE, notice="n"),
    )
    assert at(hours, "2026-11-20 20:00")["until"] == "11-21 01:30"
    assert at(hours, "2026-11-21 01:29")["state"] == "open"
    assert at(hours, "2026-11-21 01:30") == {
        "state": "closed",
        "until": "11-21 09:00",
        "enter": False,
        "next": "11-21 09:00",
    }


def test_contiguous_spans_are_one_opening() -> None:
    extension = effect_schedule(
        "extend",
        key="n",
        notice="n",
        first=date(2026, 11, 20),
        last=date(2026, 11, 20),
        sessions=[session("17:00-24:00")],
    )
    early = schedule("x", rule("early", on_dates("2026-11-21"), "00:00-02:00"), layer=Layer.NOTICE)
    hours = VenueHours(schedules=(schedule("base", rule("r", WEEKEND_OFF, "09:00-17:00")), extension, early))
    assert at(hours, "2026-11-20 10:00")["until"] == "11-21 02:00"
    assert status(hours, "2026-11-20 18:00", FIRST, LAST).opening.kind == Kind.EXTENDED


def test_a_run_that_reaches_the_unknown_has_no_end() -> None:
    always = venue(schedule("base", rule("always", ALL_WEEK, "00:00-24:00"), valid_to=date(2026, 11, 22)))
    assert at(always, "2026-11-20 10:00")["until"] is None
    closing = effect_schedule("close", key="n", notice="n", first=date(2026, 11, 22))
    known = VenueHours(schedules=(*always.schedules, closing))
    assert at(known, "2026-11-20 10:00")["until"] == "11-22 00:00"


def test_last_entry_of_a_run_goes_on_while_entry_does() -> None:
    hours = venue(
        schedule(
            "base",
            rule(
                "r",
                ALL_WEEK,
                "09:00-12:00",
                session("12:00-17:00", "16:00", kind=Kind.STAGGERED),
                "17:00-20:00",
            ),
        )
    )
    morning = status(hours, "2026-11-20 10:00", FIRST, LAST)
    assert (f"{morning.last_entry_at:%H:%M}", f"{morning.until:%H:%M}") == ("16:00", "20:00")
    late = status(hours, "2026-11-20 16:30", FIRST, LAST)
    assert (late.can_enter, f"{late.next_opens_at:%H:%M}") == (False, "17:00")


# -- what is not known ------------------------------------------------------------------------------


def test_the_next_opening_is_told_only_where_every_day_before_it_is_known() -> None:
    clash = [
        schedule(key, rule(key, on_dates("2026-11-23"), text), layer=Layer.NOTICE, notice=key)
        for key, text in (("a", "09:00-10:00"), ("b", "09:00-11:00"))
    ]
    hours = venue(*OFFICE.schedules, *clash)
    assert at(hours, "2026-11-21 10:00") == {"state": "closed", "until": None, "enter": False, "next": None}
    assert at(hours, "2026-11-23 10:00")["state"] == "unknown"
    assert at(hours, "2026-11-24 08:00")["next"] == "11-24 09:00"


def test_an_unknown_area_keeps_the_venue_from_being_closed() -> None:
    hours = venue(
        schedule("hall", rule("r", ALL_WEEK, "09:00-17:00"), area="hall"), areas=(Area("hall"), Area("tower"))
    )
    assert at(hours, "2026-11-20 10:00")["state"] == "open"
    assert at(hours, "2026-11-20 20:00") == {
        "state": "unknown",
        "until": None,
        "enter": False,
        "next": "11-21 09:00",
    }
    assert at(hours, "2026-11-20 20:00", area="hall")["state"] == "closed"
    assert at(hours, "2026-11-20 10:00", area="tower")["state"] == "unknown"


def test_a_special_opening_on_an_unknown_day() -> None:
    concert = effect_schedule(
        "special_opening",
        key="n",
        notice="n",
        first=date(2026, 11, 20),
        last=date(2026, 11, 20),
        sessions=[session("19:00-21:00")],
        adds=True,
    )
    hours = VenueHours(Mode.UNKNOWN, schedules=(concert,))
    assert [at(hours, f"2026-11-20 {time}")["state"] for time in ("18:00", "20:00", "21:00")] == [
        "unknown",
        "open",
        "unknown",
    ]


# -- areas and people -------------------------------------------------------------------------------


def test_the_area_that_is_open_longest_speaks_for_the_venue() -> None:
    hours = venue(
        schedule("base", rule("r", ALL_WEEK, "09:00-18:00")),
        schedule("ground", rule("r", ALL_WEEK, "09:00-21:00"), area="ground-floor"),
        areas=(Area("ground-floor"),),
    )
    for text in ("2026-11-20 10:00", "2026-11-20 20:00"):
        now = status(hours, text, FIRST, LAST)
        assert (now.area, f"{now.until:%H:%M}") == ("ground-floor", "21:00")


def test_an_area_that_can_be_entered_speaks_before_one_that_cannot() -> None:
    hours = venue(
        schedule("a", rule("r", ALL_WEEK, session("09:00-21:00", "12:00")), area="tower"),
        schedule("b", rule("r", ALL_WEEK, "09:00-18:00"), area="hall"),
        areas=(Area("tower"), Area("hall")),
    )
    assert status(hours, "2026-11-20 11:00", FIRST, LAST).area == "tower"
    assert status(hours, "2026-11-20 13:00", FIRST, LAST).area == "hall"


def test_an_area_that_is_not_for_the_public_does_not_open_the_venue() -> None:
    hours = venue(
        schedule("hall", rule("r", ALL_WEEK, "09:00-17:00"), area="hall"),
        schedule("staff", rule("r", ALL_WEEK, "00:00-24:00"), area="staff"),
        areas=(Area("hall"), Area("staff", general_public=False)),
    )
    evening = status(hours, "2026-11-20 20:00", FIRST, LAST)
    assert (evening.state, evening.area, evening.restricted.area_key) == ("closed", "hall", "staff")
    assert f"{evening.next_opens_at:%m-%d %H:%M}" == "11-21 09:00"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"state": State.SELF_SERVICE}, "open"),
        ({"state": State.MEMBERS}, "closed"),
        ({"state": State.BY_BOOKING}, "by_appointment"),
        ({"audience": "pupils"}, "closed"),
        ({"state": State.BY_BOOKING, "audience": "pupils"}, "closed"),
    ],
)
def test_members_and_bookings_stand_apart(fields: dict[str, object], state: str) -> None:
    hours = venue(schedule("base", rule("r", ALL_WEEK, session("09:00-17:00", **fields))))
    now = status(hours, "2026-11-20 10:00", FIRST, LAST)
    assert now.state == state
    assert (now.restricted is None) == (state == "open")


def test_a_venue_by_appointment_says_so_all_day_but_when_it_is_closed() -> None:
    closing = effect_schedule("close", key="n", notice="n", first=date(2026, 11, 21), last=date(2026, 11, 22))
    hours = VenueHours(Mode.BY_APPOINTMENT, schedules=(closing,))
    assert at(hours, "2026-11-20 10:00")["state"] == "by_appointment"
    assert at(hours, "2026-11-21 10:00")["state"] == "closed"


def test_walk_in_hours_do_not_run_on_into_members_hours() -> None:
    hours = venue(
        schedule(
            "base",
            rule(
                "r",
                ALL_WEEK,
                session("07:00-09:00", state=State.SELF_SERVICE),
                "09:00-17:00",
                session("17:00-21:00", state=State.MEMBERS),
            ),
        )
    )
    assert at(hours, "2026-11-20 08:00")["until"] == "11-20 17:00"


# -- time enough ------------------------------------------------------------------------------------


def opening_on(day: str, *schedules: Schedule) -> list[Opening]:
    first = date.fromisoformat(day)
    return openings_of(resolve_days(venue(*schedules), "", first, first + timedelta(days=1), CITY))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("08:00", "09:00", 0),  # leaves when it opens
        ("08:00", "10:00", 60),
        ("10:00", "12:00", 120),
        ("16:00", "20:00", 60),
        ("16:30", "20:00", 30),  # the last entry itself is still entry
        ("16:31", "20:00", 0),
        ("17:00", "20:00", 0),
        ("12:00", "12:00", 0),
    ],
)
def test_stay_within_a_window(start: str, end: str, minutes: int) -> None:
    (opening, *_) = opening_on("2026-11-20", *OFFICE.schedules)
    window = city_time(f"2026-11-20 {start}"), city_time(f"2026-11-20 {end}")
    assert stay(opening, *window) == minutes
    assert fits(opening, *window, max(minutes, 1)) is (minutes > 0)
    assert not fits(opening, *window, minutes + 1)


def test_a_stay_runs_through_touching_spans_and_midnight() -> None:
    openings = opening_on("2026-11-20", schedule("base", rule("r", ALL_WEEK, "00:00-24:00")))
    window = city_time("2026-11-20 23:00"), city_time("2026-11-21 02:00")
    assert stay(openings[0], *window) == 180
    assert not fits(openings[0], *window, 181)


def test_nobody_fits_in_for_no_time_at_all() -> None:
    (opening, *_) = opening_on("2026-11-20", *OFFICE.schedules)
    assert not fits(opening, city_time("2026-11-20 18:00"), city_time("2026-11-20 19:00"), 0)


def test_openings_are_rows_in_city_time() -> None:
    (opening, *_) = opening_on(
        "2026-11-20", schedule("base", rule("r", on_weekdays(4, SAT, SUN, MON), "18:00-26:00"))
    )
    assert opening.opens_at.isoformat() == "2026-11-20T18:00:00+08:00"
    assert opening.closes_at.isoformat() == "2026-11-21T02:00:00+08:00"
    assert (opening.business_date, opening.is_general_public) == (date(2026, 11, 20), True)
