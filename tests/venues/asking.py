"""Asking `manage.py hours` in the tests, and the hours it is asked about."""

import io
import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

from tests.venues.hours.builders import ALL_WEEK, MON, on_weekdays, rule, schedule, session, venue
from venues.hours import Matcher, MatcherKind, VenueHours, to_dict

DAILY = venue(schedule("base", rule("daily", ALL_WEEK, session("09:00-17:00", "16:30"))))
MUSEUM = venue(
    schedule(
        "base",
        rule("daily", ALL_WEEK, session("09:00-17:00", "16:30", admission="free")),
        rule("monday", on_weekdays(MON)),
        rule("holiday", Matcher(MatcherKind.HOLIDAY), session("09:00-17:00", "16:30", admission="free")),
    )
)
CLUB = venue(schedule("base", rule("night", ALL_WEEK, "18:00-26:00")))


def ask(act: str, *records: Any, **options: Any) -> list[dict[str, Any]]:
    """The answers to the records; one that is bytes is a line as it stands."""
    lines = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in records]
    source, out = io.BytesIO(b"\n".join(lines) + b"\n"), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", SimpleNamespace(buffer=source))
        call_command("hours", act, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def intervals(own: VenueHours, first: str, last: str, **options: Any) -> dict[str, Any]:
    return ask("intervals", {"schedule": to_dict(own), "from": first, "to": last}, **options)[0]


def status(own: VenueHours, at: str, **options: Any) -> dict[str, Any]:
    return ask("status", {"schedule": to_dict(own), "at": at}, **options)[0]


def times(answer: dict[str, Any]) -> list[str]:
    return [f"{each['opens_at'][5:16]} {each['closes_at'][5:16]}" for each in answer["intervals"]]
