"""A pasted text: what was understood stands beside what was not, and nothing is in a form before it is taken."""

import ast
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.venues.editors import NOW, TODAY, City, found_city, member, signed_in
from venues import hours
from venues.enums import MatcherKind
from venues.form_fields import EffectsField, HoursField
from venues.notice_reading import effects_in
from venues.reading_words import warning_text
from venues.understanding import Understanding, area_keys, ordinary_weeks, understand

READ_HOURS = "/admin/venues/hours/read/"
READ_NOTICE = "/admin/venues/notices/read/"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
PARSER = Path(__file__).parents[2] / "venues" / "hours" / "parse"


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


@pytest.fixture
def editor(city: City) -> Client:
    return signed_in(member("editor", city.culture))


def read(client: Client, page: Any, text: str, address: str = READ_HOURS, **areas: str) -> BeautifulSoup:
    rows = json.dumps([{"key": key, "name": name} for key, name in areas.items()])
    response = client.post(address, {"page": page.pk, "text": text, "areas": rows}, headers=SCRIPT)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def data_in(soup: BeautifulSoup) -> Any:
    script = soup.find("script", {"type": "application/json"})
    return json.loads(script.string) if script else None


# ---------------------------------------------------------------------------------------------------
# Hours


def test_what_was_understood_stands_beside_what_was_not(city: City, editor: Client) -> None:
    text = "周二至周日 9:00-17:00（16:30停止入馆），周一闭馆。咨询前台"
    soup = read(editor, city.museum, text)
    assert soup.find(class_="confidence--partial")
    (mark,) = soup.find_all("mark")
    mark.find(class_="w-sr-only").extract()
    assert mark.text == "咨询前台"
    assert soup.find(class_="marked-text").text == text
    (line,) = soup.find(class_="reading__words").find_all("li")
    assert "9:00—17:00（16:30停止入馆）" in line.text
    (week,) = soup.find_all(class_="ordinary-week")
    assert [row.find_all("td")[-1].text.strip() for row in week.find_all("tr")][:2] == [
        "闭馆",
        "09:00—17:00（16:30 停止入馆）",
    ]


def test_what_is_offered_is_what_the_form_takes(city: City, editor: Client) -> None:
    soup = read(editor, city.museum, "周二至周日 9:00-17:00，周一闭馆（法定节假日除外）")
    assert soup.find(class_="confidence--complete")
    data = data_in(soup)
    schedules = HoursField().clean(json.dumps(data["schedules"]))
    value = hours.VenueHours(schedules=schedules)
    assert not hours.problems(value, _Plain(), ())
    assert data["mode"] == "own"


class _Plain:
    def facts(self, day: date) -> Any:
        raise AssertionError("no day is asked for")


def test_areas_are_met_by_their_names_or_made(city: City, editor: Client) -> None:
    soup = read(editor, city.library, "一楼自习区 8:00-22:00", evening="一楼 自习区")
    (area,) = data_in(soup)["areas"]
    assert (area["key"], area["is_new"]) == ("evening", False)
    soup = read(editor, city.library, "一楼自习区 8:00-22:00", evening="晚间")
    (area,) = data_in(soup)["areas"]
    assert (area["key"], area["is_new"]) == ("area-1", True)
    assert {each["area"] for each in data_in(soup)["schedules"]} == {"area-1"}
    assert [each["value"] for each in soup.select("[data-paste-area] option")] == ["", "evening"]


def test_by_appointment_is_understood(city: City, editor: Client) -> None:
    data = data_in(read(editor, city.museum, "预约开放"))
    assert (data["mode"], data["schedules"]) == ("by_appointment", [])


@pytest.mark.parametrize("text", ["", "   \n", "咨询前台", "x" * 10_001])
def test_what_holds_no_hours_offers_none(city: City, editor: Client, text: str) -> None:
    soup = read(editor, city.museum, text)
    assert data_in(soup) is None
    assert soup.find(attrs={"data-paste-accept": True}) is None
    assert soup.text.strip()


def test_a_long_text_is_refused_with_its_length(city: City, editor: Client) -> None:
    text = read(editor, city.museum, "9:00-17:00 " * 1000).text
    assert "11000" in text.replace(",", "")
    assert read(editor, city.museum, ("周一至周五 9:00-17:00。" * 600)[:10_000]).find(class_="confidence")


def test_hostile_text_is_shown_as_text(city: City, editor: Client) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)> 周一至周五 9:00-17:00"
    response = editor.post(READ_HOURS, {"page": city.museum.pk, "text": hostile}, headers=SCRIPT)
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.find("img") is None
    assert {script["type"] for script in soup.find_all("script")} <= {"application/json"}
    assert "onerror" in soup.find(class_="marked-text").text


def test_json_of_a_schedule_is_taken_too(city: City, editor: Client) -> None:
    value = hours.VenueHours(
        areas=(hours.Area("evening"),),
        schedules=(
            hours.Schedule("base", rules=(hours.Rule("r", sessions=(hours.Session(540, 1020),)),)),
            hours.Schedule(
                "late", area="evening", rules=(hours.Rule("r", sessions=(hours.Session(1080, 1260),)),)
            ),
        ),
    )
    soup = read(editor, city.library, json.dumps(hours.to_dict(value)), evening="晚间开放区")
    data = data_in(soup)
    assert [(each["key"], each["is_new"]) for each in data["areas"]] == [("evening", False)]
    assert {each.get("area", "") for each in data["schedules"]} == {"", "evening"}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}{}",
        '{"schedules": 1}',
        '{"schedules": [{"key": "x", "layer": "notice"}]}',
        '{"format": 9}',
        '{"schedules": [{"key": "\\ud800"}]}',
        "{" * 5000,
    ],
)
def test_json_that_is_no_schedule_says_why(city: City, editor: Client, text: str) -> None:
    soup = read(editor, city.museum, text)
    assert soup.find(class_="hours-problem--error").text.strip()
    assert data_in(soup) is None


def test_without_scripts_there_is_a_page_that_says_what_to_enter(city: City, editor: Client) -> None:
    edit = editor.get(f"/admin/pages/{city.museum.pk}/edit/").content.decode()
    (link,) = BeautifulSoup(edit, "html.parser").select(f"noscript a[href^='{READ_HOURS}']")
    assert editor.get(link["href"]).status_code == 200
    response = editor.post(READ_HOURS, {"page": city.museum.pk, "text": "周一至周五 9:00-17:00"})
    soup = BeautifulSoup(response.content, "html.parser")
    text = soup.find(class_="reading__source").text.removeprefix("\n")
    (schedule,) = HoursField().clean(text)
    assert schedule.rules


@pytest.mark.parametrize("address", [READ_HOURS, READ_NOTICE])
def test_reading_is_for_those_who_may_write_there(city: City, address: str) -> None:
    for client in (signed_in(member("editor", city.union)), signed_in(member("auditor"))):
        for place in ({"page": city.museum.pk}, {"parent": city.culture.pk}, {}):
            response = client.post(address, {**place, "text": "9:00-17:00"}, headers=SCRIPT)
            assert response.status_code == 403
    assert Client().post(address, {"page": city.museum.pk}).status_code == 302


QUIET = {
    "deadline": None,
    "max_examples": 40,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
WORDS = st.lists(
    st.sampled_from(
        [
            "周一",
            "至",
            "周五",
            "9:00",
            "-",
            "17:00",
            "闭馆",
            "，",
            "。",
            "夏季",
            "自习区",
            "2026年12月1日",
            "起",
            "国庆",
        ]
        + ["停止入馆", "节假日", "除外", "<b>", "{", "每月", "农历廿六", "顺延", "\n", "　", "次日", "26:00"]
    ),
    max_size=14,
).map("".join)


@settings(**QUIET)
@given(WORDS | st.text(max_size=80))
def test_nothing_breaks_the_reading(city: City, editor: Client, text: str) -> None:
    for address in (READ_HOURS, READ_NOTICE):
        data = {"page": city.library.pk, "text": text, "areas": '[{"key": "evening", "name": "晚间开放区"}]'}
        assert editor.post(address, data, headers=SCRIPT).status_code == 200


@settings(deadline=None, max_examples=100)
@given(WORDS)
def test_what_is_stored_of_a_reading_comes_back(text: str) -> None:
    found = understand(text)
    stored = json.loads(json.dumps(found.to_dict()))
    assert Understanding.from_dict(text, stored) == found
    assert "".join(piece.text for piece in found.pieces) == text
    value = found.value(area_keys(found, {"evening": "晚间开放区"}))
    keys = [schedule.key for schedule in value.schedules]
    assert len(keys) == len(set(keys))
    assert all(len(key) <= 40 for key in keys)


def test_each_season_has_its_week() -> None:
    found = understand("夏季（5月1日至9月30日）9:00-18:00，冬季（10月1日至4月30日）9:00-17:00")
    weeks = ordinary_weeks(found.value({}), "zh-hans", {}, TODAY)
    assert [{day.text for day in week.days} for week in weeks] == [{"09:00—18:00"}, {"09:00—17:00"}]
    assert "5月1日" in weeks[0].season


def test_every_warning_has_a_sentence() -> None:
    """The codes stand in the parser as texts: the first argument of what warns or rejects, and doubts."""
    codes = set()
    for path in PARSER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[:1] if name in {"warn", "reject"} else []
                texts = [*first, *(each.value for each in node.keywords if each.arg == "doubt")]
            elif isinstance(node, ast.Assign):
                texts = (
                    [node.value] if any(getattr(each, "id", "") == "doubt" for each in node.targets) else []
                )
            else:
                continue
            for text in texts:
                codes |= {each.value for each in ast.walk(text) if isinstance(each, ast.Constant)}
    known = {code for code in codes if isinstance(code, str) and re.fullmatch("[a-z]+_[a-z_]+", code)}
    assert len(known) > 15
    assert {code for code in known if f"({code})" in warning_text(code, {})} == set()


# ---------------------------------------------------------------------------------------------------
# Notices


def effects_of(text: str, **areas: str) -> list[tuple[Any, ...]]:
    found = effects_in(understand(text), areas, TODAY)
    return [
        (
            str(effect.kind),
            effect.first.isoformat(),
            effect.last and effect.last.isoformat(),
            effect.area_key,
            tuple((session.opens, session.closes) for session in effect.sessions),
        )
        for effect in found.effects
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年12月1日至5日暂停开放", [("close", "2026-12-01", "2026-12-05", "", ())]),
        ("2026年12月1日至8日 9:00-21:00", [("change", "2026-12-01", "2026-12-08", "", ((540, 1260),))]),
        ("自2026年12月20日起暂停开放", [("close", "2026-12-20", None, "", ())]),
    ],
)
def test_dates_become_changes(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert effects_of(text) == expected


@pytest.mark.django_db
def test_what_goes_on_every_week_is_no_notice(settings: Any) -> None:
    settings.OPENNESS_FROZEN_NOW = NOW
    found = effects_in(understand("周一闭馆，周二至周日 9:00-17:00"), {}, TODAY)
    assert found.effects == ()
    assert found.left


@pytest.mark.django_db
def test_the_days_of_a_rule_are_taken_as_stretches() -> None:
    rule = hours.Rule(
        "r",
        matcher=hours.Matcher(
            MatcherKind.DATES, weekdays=(5, 6), first=date(2026, 12, 1), last=date(2026, 12, 13)
        ),
        sessions=(hours.Session(540, 720),),
    )
    found = Understanding("", "complete", schedules=(hours.Schedule("special", rules=(rule,)),))
    effects = effects_in(found, {}, TODAY).effects
    assert [(each.first.day, each.last.day) for each in effects if each.last] == [(5, 6), (12, 13)]


@pytest.mark.django_db
def test_a_part_of_the_venue_has_to_be_one_of_the_chosen_venues() -> None:
    closed = hours.Rule(
        "r", matcher=hours.Matcher(MatcherKind.DATES, first=date(2026, 12, 1), last=date(2026, 12, 5))
    )
    areas = (("一楼自习区", (hours.Schedule("special", rules=(closed,)),)),)
    found = Understanding("", "complete", areas=areas)
    assert effects_in(found, {}, TODAY).areas == ("一楼自习区",)
    assert [effect.area_key for effect in effects_in(found, {"study": "一楼自习区"}, TODAY).effects] == [
        "study"
    ]


def test_the_changes_that_are_offered_are_what_the_form_takes(city: City, editor: Client) -> None:
    soup = read(editor, city.museum, "2026年12月1日至5日 9:00-21:00", READ_NOTICE)
    (effect,) = EffectsField().clean(json.dumps(data_in(soup)["effects"]))
    assert (effect.first, effect.last) == (date(2026, 12, 1), date(2026, 12, 5))
    assert "9:00–21:00" in soup.text
    soup = read(editor, city.museum, "2026年12月1日至5日闭馆，周一闭馆", READ_NOTICE)
    assert soup.text.strip()
