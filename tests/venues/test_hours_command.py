"""`manage.py hours`: lines in, lines out, whatever they hold; and questions about the site's own venues."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.venues.asking import MUSEUM, ask, intervals, times
from tests.venues.editors import NOW, City, found_city, notice
from tests.venues.hours.builders import ALL_WEEK, rule, schedule, venue
from venues.hours import to_dict
from venues.hours.schema import json_schema
from venues.models import Interval, VenueDay, VenuePage

ROOT = Path(__file__).parents[2]


# ---------------------------------------------------------------------------------------------------
# Lines


@pytest.mark.parametrize(
    ("act", "line", "words"),
    [
        ("parse", b"{", "not JSON: "),
        ("parse", b"\xff\xfe", "not UTF-8"),
        ("parse", b"[" * 100_000, "not JSON: "),
        ("parse", b'["9:00"]', "expected an object"),
        ("parse", {}, "text is missing"),
        ("parse", {"text": 9}, "text: expected a string, not 9"),
        ("parse", {"text": "9:00-17:00", "summer": ["05-01"]}, "summer: expected two days"),
        ("parse", {"text": "9:00-17:00", "summer": ["05-01", "13-01"]}, "summer: expected two days"),
        ("intervals", {"from": "2026-10-01", "to": "2026-10-01"}, "schedule is missing"),
        ("intervals", {"schedule": [], "from": "2026-10-01", "to": "2026-10-01"}, "schedule: hours: expected"),
        ("intervals", {"schedule": {"mode": "odd"}, "from": "2026-10-01", "to": "2026-10-01"}, "mode: expected"),
        ("intervals", {"schedule": {}, "from": "2026-02-30", "to": "2026-10-01"}, "from: expected a date"),
        ("intervals", {"schedule": {}, "from": "2026-10-01"}, "to is missing"),
        ("intervals", {"schedule": {}, "from": "2026-10-02", "to": "2026-10-01"}, "lies before"),
        ("intervals", {"schedule": {}, "from": "2001-01-01", "to": "2026-10-01"}, "at most 3660 days"),
        ("intervals", {"schedule": {}, "from": "0001-01-01", "to": "9999-12-31"}, "from: 0001-01-01 lies outside"),
        ("status", {"schedule": {}, "at": "noon"}, "at: expected an instant"),
        ("status", {"schedule": {}, "at": "2026-10-01"}, "at: expected an instant"),
        ("status", {"schedule": {}, "at": 1790000000}, "at: expected a string"),
        ("describe", {"schedule": {}, "language": "tlh"}, "language: "),
        ("describe", {"schedule": {}}, "language is missing"),
    ],
)  # fmt: skip
def test_a_bad_line_is_answered_in_words_and_the_next_one_is_read(act: str, line: Any, words: str) -> None:
    good = {
        "text": "9:00-17:00",
        "schedule": {},
        "from": "2026-10-01",
        "to": "2026-10-01",
        "at": "2026-10-01T10:00",
        "language": "en",
    }
    answers = ask(act, b"  ", line, good)
    assert len(answers) == 2
    assert set(answers[0]) == {"error", "line"}
    assert answers[0]["line"] == 2
    assert answers[0]["error"].startswith("line 2: ")
    assert words in answers[0]["error"]
    assert "error" not in answers[1]


def test_hours_that_cannot_be_meant_are_an_error() -> None:
    backwards = venue(schedule("base", rule("daily", ALL_WEEK, "17:00-09:00")))
    answer = intervals(backwards, "2026-10-01", "2026-10-01")
    assert answer["error"] == (
        "line 1: schedule: schedules/base/rules/daily/sessions/0/closes: end before start"
    )


def test_half_a_character_does_not_stop_the_others() -> None:
    first, second = ask("parse", rb'{"text": "9:00-17:00\ud800"}', {"text": "9:00-17:00"})
    assert first["text"] == "9:00-17:00\ud800"
    assert second["confidence"] == "complete"


def test_lines_may_come_from_a_file(tmp_path: Path) -> None:
    lines = tmp_path / "texts.jsonl"
    lines.write_text('\ufeff{"text": "9:00-17:00"}\n\n{"text": "暂无"}', "utf-8")
    assert [each["confidence"] for each in ask("parse", file=lines)] == ["complete", "none"]
    with pytest.raises(CommandError, match="nowhere"):
        ask("parse", file=tmp_path / "nowhere.jsonl")


def test_a_process_answers_thousands_of_lines_where_there_is_no_database(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    line = json.dumps({"schedule": to_dict(MUSEUM), "from": "2026-10-05", "to": "2026-10-05"}) + "\n"
    result = subprocess.run(
        [sys.executable, "manage.py", "hours", "intervals"],
        input="不是 JSON\n" + line * 2000,
        cwd=ROOT,
        env=environment | {"OPENNESS_VAR_DIR": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    answers = result.stdout.splitlines()
    assert len(answers) == 2001
    assert json.loads(answers[0])["line"] == 1
    assert set(answers[1:]) == {answers[1]}
    assert times(json.loads(answers[1])) == ["10-05T09:00 10-05T17:00"]
    assert list(tmp_path.rglob("*.sqlite3")) == []


def test_the_schema_is_printed() -> None:
    out = io.StringIO()
    call_command("hours", "schema", stdout=out)
    assert json.loads(out.getvalue()) == json_schema()


# ---------------------------------------------------------------------------------------------------
# The site's own venues


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("hours", *arguments, stdout=out)
    return out.getvalue()


def test_explain_tells_each_area_and_the_notice_behind_it(city: City) -> None:
    notice(city.culture, city.library, title="检修公告", first=date(2026, 12, 1), area="evening")
    text = told("explain", "library", "2026-12-02")
    assert "2026-12-02" in text
    assert "全馆" in text
    assert "09:00" in text
    assert "base/daily" in text
    assert "晚间开放区" in text
    assert "检修公告" in text
    assert "2026-11-19" in text


def test_explain_finds_a_venue_by_code_key_and_slug(city: City) -> None:
    by_code = told("explain", city.museum.code, "2026-11-20")
    assert told("explain", str(city.museum.pk), "2026-11-20") == by_code
    assert told("explain", city.museum.slug, "2026-11-20") == by_code
    with pytest.raises(CommandError, match="nowhere"):
        told("explain", "nowhere", "2026-11-20")


def test_explain_tells_what_was_published(city: City) -> None:
    assert "2026-11-19 10:00" in told("explain", "museum", "2026-11-20")
    with translation.override("en"):
        assert "no public hours yet" in told("explain", "museum", "2026-11-01")
        assert "too far ahead" in told("explain", "museum", "2027-11-01")


def test_compile_writes_the_rows_anew(city: City) -> None:
    before = Interval.objects.filter(venue=city.museum).count()
    for arguments in (["museum"], ["--all"], [str(city.museum.pk), "library"]):
        VenueDay.objects.all().delete()
        Interval.objects.all().delete()
        told("compile", *arguments)
        assert Interval.objects.filter(venue=city.museum).count() == before > 0
    assert Interval.objects.filter(venue=VenuePage.objects.get(code="library")).exists()


def test_compile_wants_to_know_which(city: City) -> None:
    with pytest.raises(CommandError):
        told("compile")
    with pytest.raises(CommandError, match="nowhere"):
        told("compile", "museum", "nowhere")
