"""The published JSON Schema says what `to_dict` writes and what `from_dict` refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from tests.venues.hours.strategies import venues
from venues.hours import VenueHours, from_dict, to_dict
from venues.hours.schema import json_schema

PUBLISHED = Path(__file__).parents[3] / "docs" / "features" / "schedule.schema.json"
VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def with_rule(**fields: Any) -> dict[str, Any]:
    return {"schedules": [{"key": "base", "rules": [{"key": "daily", **fields}]}]}


def with_session(**fields: Any) -> dict[str, Any]:
    return with_rule(sessions=[{"opens": 540, "closes": 1020, **fields}])


def test_the_published_file_is_up_to_date() -> None:
    # To write it anew: manage.py hours schema > docs/features/schedule.schema.json
    assert PUBLISHED.read_text("utf-8") == json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@given(venues())
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_valid(hours: VenueHours) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(json.dumps(to_dict(hours))))] == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        with_session(last_entry=990, state="by_booking", kind="extended", admission="free"),
        with_session(last_entry=None),
        with_rule(matcher={"kind": "dates", "first": "2026-10-01", "last": None}),
        {"format": 1, "areas": [{"key": "hall", "general_public": False}], "mode": "by_appointment"},
        {"schedules": [{"key": "s", "layer": "season", "annual_from": [5, 1], "annual_to": [9, 30]}]},
    ],
)
def test_what_is_valid_is_read(data: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(data)
    assert VALIDATOR.is_valid(to_dict(from_dict(data)))


@pytest.mark.parametrize(
    "data",
    [
        [],
        "9:00-17:00",
        None,
        {"format": 2},
        {"mode": "sometimes"},
        {"colour": "red"},
        {"schedules": {}},
        {"schedules": [{}]},
        {"schedules": [{"key": 7}]},
        {"schedules": [{"key": "s", "layer": "top"}]},
        {"schedules": [{"key": "s", "layer": 0}]},
        {"schedules": [{"key": "s", "rules": [{}]}]},
        {"schedules": [{"key": "s", "valid_from": "tomorrow"}]},
        {"schedules": [{"key": "s", "valid_from": "2026-02-30"}]},
        {"schedules": [{"key": "s", "annual_from": [5]}]},
        {"schedules": [{"key": "s", "annual_from": [5, 1, 1]}]},
        {"schedules": [{"key": "s", "annual_from": ["5", "1"]}]},
        {"areas": [{"key": "hall", "general_public": "yes"}]},
        {"areas": ["hall"]},
        with_rule(effect="remove"),
        with_rule(matcher="every_day"),
        with_rule(matcher={"kind": "monthly"}),
        with_rule(matcher={"kind": "weekdays", "weekdays": ["Monday"]}),
        with_rule(matcher={"kind": "weekdays", "weekdays": 0}),
        with_rule(sessions=[{"opens": 540}]),
        with_session(opens="9:00"),
        with_session(opens=True),
        with_session(opens=None),
        with_session(closes=17.5),
        with_session(state="shut"),
        with_session(note="free"),
    ],
)
def test_what_is_invalid_is_refused(data: Any) -> None:
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(ValueError, match=r"\w"):
        from_dict(data)
