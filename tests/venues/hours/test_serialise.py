"""Hours as JSON and back; what is wrong is refused with its path; the digest tells changes only."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.venues.hours.builders import ALL_WEEK, on_dates, rule, schedule, session, venue
from venues.hours import (
    Area,
    Because,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    VenueHours,
    digest,
    from_dict,
    to_dict,
)

HOURS = venue(
    schedule(
        "base",
        rule("daily", ALL_WEEK, session("09:00-17:00", "16:30"), session("19:00-21:00", kind=Kind.EXTENDED)),
    ),
    schedule(
        "winter",
        rule("r", ALL_WEEK, "10:00-16:00"),
        layer=Layer.SEASON,
        annual_from=(10, 1),
        annual_to=(5, 31),
    ),
    schedule(
        "n",
        rule("close", on_dates("2026-11-23", None)),
        layer=Layer.NOTICE,
        notice="n",
        announced_on=date(2026, 11, 16),
    ),
    areas=(Area("hall"), Area("staff", general_public=False)),
)


def test_round_trip_through_json() -> None:
    text = json.dumps(to_dict(HOURS), ensure_ascii=False)
    assert from_dict(json.loads(text)) == HOURS
    assert from_dict({}) == VenueHours()


def test_the_stored_form_is_short() -> None:
    assert to_dict(venue(HOURS.schedules[1], mode=Mode.OWN)) == {
        "format": 1,
        "schedules": [
            {
                "key": "winter",
                "layer": "season",
                "rules": [{"key": "r", "sessions": [{"opens": 600, "closes": 960}]}],
                "annual_from": [10, 1],
                "annual_to": [5, 31],
            }
        ],
    }


def test_because_round_trip() -> None:
    because = Because(
        "notice",
        "n",
        "close",
        "n",
        Matcher(MatcherKind.DATES, first=date(2026, 11, 23)),
        "检修",
        ("base/daily",),
    )
    assert Because.from_dict(json.loads(json.dumps(because.to_dict()))) == because
    assert Because().to_dict() == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "hours: expected an object"),
        ({"format": 2}, "format: expected 1"),
        ({"mode": "sometimes"}, "mode: expected one of own, by_appointment, unknown"),
        ({"colour": "red"}, "^unknown field colour"),
        ({"schedules": {}}, "schedules: expected a list"),
        ({"schedules": [{}]}, r"schedules\[0\]: key is missing"),
        (
            {"schedules": [{"key": "s", "valid_from": "2026-02-30"}]},
            r"schedules\[0\]\.valid_from: expected a date",
        ),
        (
            {"schedules": [{"key": "s", "annual_from": [1]}]},
            r"schedules\[0\]\.annual_from: expected 2 values",
        ),
        (
            {
                "schedules": [
                    {"key": "s", "rules": [{"key": "r", "sessions": [{"opens": True, "closes": 5}]}]}
                ]
            },
            r"schedules\[0\]\.rules\[0\]\.sessions\[0\]\.opens: expected int, not True",
        ),
        ({"schedules": [{"key": 7}]}, r"schedules\[0\]\.key: expected str"),
        ({"areas": [{"key": "a", "general_public": "yes"}]}, r"areas\[0\]\.general_public: expected bool"),
    ],
)
def test_other_shapes_are_refused_with_their_path(data: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_dict(data)


def test_the_digest_is_of_the_content() -> None:
    backwards = replace(HOURS, schedules=HOURS.schedules[::-1], areas=HOURS.areas[::-1])
    assert digest(backwards) == digest(HOURS)
    assert len(digest(HOURS)) == 64


@pytest.mark.parametrize(
    "other",
    [
        replace(HOURS, mode=Mode.UNKNOWN),
        replace(HOURS, areas=()),
        replace(HOURS, schedules=HOURS.schedules[1:]),
        replace(HOURS, schedules=(replace(HOURS.schedules[1], annual_from=(1, 10)), *HOURS.schedules[::2])),
    ],
)
def test_the_digest_changes_with_the_content(other: VenueHours) -> None:
    assert digest(other) != digest(HOURS)
