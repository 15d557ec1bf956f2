"""Status and days of one venue, against what was worked out from the facts."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import facts

CHINA = "+08:00"


@pytest.mark.parametrize("expected", facts.EXPECTED, ids=lambda each: f"{each.code}-{each.at}")
def test_status_is_what_the_facts_say(ask: Any, expected: facts.Expected) -> None:
    answer = ask(
        f"/venues/{expected.code}/status",
        at=expected.at,
        **({"area": expected.area} if expected.area else {}),
    )

    assert answer["state"] == expected.state, expected.why
    assert answer["at"] == f"{expected.at}:00{CHINA}"
    if expected.area is not None:
        assert answer["area"] == expected.area
    for name in ("until", "last_entry_at", "next_opens_at"):
        if (instant := getattr(expected, name)) is not None:
            assert answer[name] == f"{instant}:00{CHINA}", expected.why
    if expected.can_enter is not None:
        assert answer["can_enter"] is expected.can_enter


@pytest.mark.parametrize(
    "at",
    [
        "2026-11-21T20:45",
        "2026-11-21T20:45:00",
        "2026-11-21 20:45",
        "2026-11-21T20:45:00+08:00",
        "2026-11-21T20:45:00 08:00",
        "2026-11-21t20:45:00.000+0800",
        "2026-11-21T12:45:00Z",
        "2026-11-21T07:45:00-05:00",
        " 2026-11-21T20:45 ",
    ],
)
def test_instants_are_understood_in_every_usual_form(ask: Any, at: str) -> None:
    assert ask("/venues/fz-culture/status", at=at)["at"] == "2026-11-21T20:45:00+08:00"


def test_a_plus_that_was_not_escaped_is_understood(demo_city: None, client: Client) -> None:
    response = client.get("/api/v1/venues/fz-culture/status?at=2026-11-21T20:45:00+08:00")

    assert response.json()["at"] == "2026-11-21T20:45:00+08:00"


def test_status_without_an_instant_is_now(ask: Any) -> None:
    assert ask("/venues/haijiao/status")["at"] == facts.FROZEN_NOW
    assert ask("/venues/haijiao/status", at="")["at"] == facts.FROZEN_NOW


def test_because_names_rule_and_notice(ask: Any) -> None:
    closed = ask("/venues/mintaiyuan/status")["because"]
    assert closed["layer"] == "notice"
    assert closed["notice"]["title"] in closed["text"]
    assert closed["notice"]["url"].startswith("http://testserver/")

    monday = ask("/venues/haijiao/status", at="2026-11-23T10:00")["because"]
    assert monday["notice"] is None
    assert "闭馆" in monday["text"]


def test_closed_outside_its_hours_is_explained_by_these_hours(ask: Any) -> None:
    answer = ask("/venues/haijiao/status", at="2026-11-21T20:00")

    assert answer["state"] == "closed"
    assert "闭馆" not in answer["because"]["text"]


def test_far_years_are_provisional_or_refused(ask: Any, refuse: Any) -> None:
    assert ask("/venues/haijiao/status", at="2099-12-31T23:59")["provisional"]
    assert ask("/venues/haijiao/status", at="2004-01-01T00:00")["state"]
    for at in ("2003-12-31T23:59", "2100-01-01T00:00", "0001-01-01T00:00Z", "9999-12-31T23:59-12:00"):
        (error,) = refuse("/venues/haijiao/status", at=at)["errors"]
        assert (error["parameter"], error["code"]) == ("at", "year")
        assert (error["first"], error["last"]) == ("2004-01-01", "2099-12-31")


def test_compiled_and_computed_days_agree(ask: Any) -> None:
    """The end of the compiled days is no edge: the same Saturday is told alike before and after it."""
    for code in ("haijiao", "fz-library", "qz-art-centre", "mintaiyuan", "qz-science"):
        days = {}
        for first, last in (
            (date(2026, 11, 19), date(2026, 12, 20)),
            (date(2026, 11, 21), date(2027, 3, 20)),
        ):
            answer = ask(f"/venues/{code}/intervals", **{"from": first, "to": last})
            days[first] = [day for day in answer["days"] if "2026-11-21" <= day["date"] <= "2026-12-20"]
        assert days[date(2026, 11, 19)] == days[date(2026, 11, 21)]


# ---------------------------------------------------------------------------------------------------
# Intervals


def test_intervals_tell_every_day_of_the_range(ask: Any) -> None:
    first, last = min(facts.HAIJIAO_SPRING_FESTIVAL), max(facts.HAIJIAO_SPRING_FESTIVAL)
    answer = ask("/venues/haijiao/intervals", **{"from": first, "to": last})
    days = {date.fromisoformat(day["date"]): day for day in answer["days"]}

    assert len(days) == (last - first).days + 1
    for day, hours in facts.HAIJIAO_SPRING_FESTIVAL.items():
        spans = days[day]["intervals"]
        assert days[day]["status"] == ("open" if hours else "closed")
        assert days[day]["because"]["text"]
        names = ("opens_at", "closes_at", "last_entry_at")
        assert [tuple(span[name] for name in names) for span in spans] == (
            [tuple(f"{day}T{time}:00{CHINA}" for time in hours)] if hours else []
        )


@pytest.mark.parametrize(("code", "area", "monday", "hours"), facts.WEEKLY_HOURS)
def test_intervals_of_a_week_add_up(ask: Any, code: str, area: str, monday: date, hours: float) -> None:
    query = {"from": monday, "to": monday + timedelta(days=6), **({"area": area} if area else {})}
    answer = ask(f"/venues/{code}/intervals", **query)
    spans = [span for day in answer["days"] if day["area"] == area for span in day["intervals"]]
    open_for = sum(
        (
            datetime.fromisoformat(span["closes_at"]) - datetime.fromisoformat(span["opens_at"])
            for span in spans
        ),
        timedelta(),
    )

    assert open_for == timedelta(hours=hours)


def test_unknown_days_are_told_as_unknown(ask: Any) -> None:
    answer = ask("/venues/qz-science/intervals")

    assert [day["status"] for day in answer["days"]] == ["unknown"] * 7
    assert answer["from"] == "2026-11-19"


def test_intervals_for_a_year_at_most(ask: Any, refuse: Any) -> None:
    assert len(ask("/venues/haijiao/intervals", **{"from": "2028-01-01", "to": "2028-12-31"})["days"]) == 366

    (error,) = refuse("/venues/haijiao/intervals", **{"from": "2026-01-01", "to": "2027-01-02"})["errors"]
    assert (error["parameter"], error["code"]) == ("to", "too_long")
    assert (error["first"], error["last"]) == ("2026-01-01", "2027-01-01")
    assert "2027-01-01" in error["detail"]


def test_days_that_run_backwards_are_refused(refuse: Any) -> None:
    problem = refuse("/venues/haijiao/intervals", **{"from": "2026-11-20", "to": "2026-11-19"})

    assert [error["code"] for error in problem["errors"]] == ["reversed"]
