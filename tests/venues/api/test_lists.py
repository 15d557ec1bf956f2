"""Lists of venues, what is open at a time, and all facts of one venue."""

from datetime import date
from typing import Any

from wagtail.models import Locale, PageViewRestriction

from home.models import DepartmentPage
from tests import facts
from venues.enums import Life
from venues.models import VenuePage


def _venue(code: str) -> VenuePage:
    return VenuePage.objects.get(code=code)


# ---------------------------------------------------------------------------------------------------
# Open at a time


def test_free_on_saturday_evening(ask: Any) -> None:
    start, end = facts.SATURDAY_EVENING
    query = {"from": start, "to": end, "minutes": facts.MINUTES_WANTED, "admission": "free", "size": 100}
    answer = ask("/venues/open/", **query)
    group = answer["groups"]["open"]

    assert {
        each["code"]: (each["area"], each["minutes"]) for each in group["venues"]
    } == facts.FREE_SATURDAY_EVENING_STAYS
    assert group["total"] == answer["total"] == len(facts.FREE_SATURDAY_EVENING)
    assert answer["groups"]["restricted"] == {"total": 0, "venues": []}
    assert answer["unknown"] >= len(facts.UNKNOWN_FREE_SATURDAY_EVENING)
    assert all(each["because"]["text"] for each in group["venues"])
    ends = {each["code"]: (each["until"], each["last_entry_at"]) for each in group["venues"]}
    assert ends["fz-culture"] == ("2026-11-21T20:30:00+08:00", "2026-11-21T20:30:00+08:00")
    assert ends["fz-library"] == (None, None), "round the clock has no end that is known"
    assert [each["minutes"] for each in group["venues"]] == sorted(
        (each["minutes"] for each in group["venues"]), reverse=True
    )


def test_open_now_with_and_without_saying_so(ask: Any) -> None:
    for query in ({}, {"at": facts.FROZEN_NOW}):
        answer = ask("/venues/open/", size=100, **query)
        assert {each["code"] for each in answer["groups"]["open"]["venues"]} == set(facts.OPEN_AT_FROZEN_NOW)
        assert answer["unknown"] == facts.UNKNOWN_AT_FROZEN_NOW_COUNT
        assert answer["from"] == facts.FROZEN_NOW
        assert answer["to"] is None


def test_open_in_its_last_seconds(ask: Any) -> None:
    answer = ask("/venues/open/", at="2026-11-21T20:29:30", type="", size=100)
    (venue,) = [each for each in answer["groups"]["open"]["venues"] if each["code"] == "fz-culture"]

    assert venue["minutes"] == 0
    assert venue["until"] == "2026-11-21T20:30:00+08:00"


def test_pages_hold_each_venue_once(ask: Any) -> None:
    codes, address, pages = [], "/venues/open/", 0
    query: dict[str, object] = {"size": 5, "order": "name"}
    while address:
        answer = ask(address, **query)
        codes += [each["code"] for group in answer["groups"].values() for each in group["venues"]]
        address, query = (answer["next"] or "").removeprefix("http://testserver/api/v1"), {}
        pages += 1

    assert sorted(codes) == sorted(facts.OPEN_AT_FROZEN_NOW)
    assert pages == 4


# ---------------------------------------------------------------------------------------------------
# Lists and details


def test_list_holds_every_venue_with_its_state(ask: Any) -> None:
    answer = ask("/venues/", size=100)
    states = {venue["code"]: venue["status"]["state"] for venue in answer["venues"]}

    assert answer["total"] == len(states) == 48
    assert {code for code, state in states.items() if state == "open"} == set(facts.OPEN_AT_FROZEN_NOW)
    assert {code for code, state in states.items() if state == "closed"} == set(facts.CLOSED_AT_FROZEN_NOW)


def test_filters_narrow_the_list(ask: Any) -> None:
    def codes(**query: object) -> set[str]:
        return {venue["code"] for venue in ask("/venues/", size=100, **query)["venues"]}

    assert {"fz-library", "fz-culture"} <= codes(region="350503") < codes(region="350500")
    assert "haijiao" in codes(q="海交馆") | codes(q="海外交通")
    assert codes(admission="low_fee") < codes()
    assert codes(department="culture").isdisjoint(codes(department="sports"))
    assert codes(region="350503", admission="free", type="") <= codes(region="350503")


def test_pages_of_the_list(ask: Any) -> None:
    first = ask("/venues/", size=30, order="name")
    second = ask("/venues/", size=30, order="name", page=2)
    beyond = ask("/venues/", size=30, page=9)

    assert (first["previous"], second["next"]) == (None, None)
    assert first["next"].endswith("?size=30&order=name&page=2")
    assert len({venue["code"] for venue in (*first["venues"], *second["venues"])}) == 48
    assert beyond["venues"] == []


def test_detail_tells_all_facts(ask: Any) -> None:
    venue = ask("/venues/qz-library-donghai/")

    assert venue["status"]["state"] == "open"
    assert {area["key"] for area in venue["areas"]} == {"main", "ground-floor"}
    assert venue["life"]["state"] == "open"
    assert venue["url"].startswith("http://testserver/venues/")
    assert venue["region"]["name"]
    assert venue["notices"]


def test_open_is_no_code(ask: Any) -> None:
    assert "groups" in ask("/venues/open/")


def test_a_venue_that_moved_says_where(ask: Any) -> None:
    venue = _venue("haijiao")
    venue.life, venue.life_since, venue.life_note = Life.MOVED, date(2026, 11, 10), "迁至新馆"
    venue.successor = _venue("guchuan")
    venue.save()

    detail = ask("/venues/haijiao/")
    assert detail["life"] == {
        "state": "moved",
        "since": "2026-11-10",
        "note": "迁至新馆",
        "successor": {
            "code": "guchuan",
            "title": _venue("guchuan").title,
            "url": detail["life"]["successor"]["url"],
        },
    }
    status = ask("/venues/haijiao/status")
    assert status["state"] == detail["status"]["state"] == "closed"
    assert (status["because"]["layer"], status["because"]["rule"], status["next_opens_at"]) == (
        "life",
        "moved",
        None,
    )
    assert ask("/venues/haijiao/status", at="2026-11-08T10:00")["state"] == "open"
    assert ask("/venues/haijiao/status", at="2026-11-08T18:00")["next_opens_at"] is None
    week = ask("/venues/haijiao/intervals", **{"from": "2026-11-09", "to": "2026-11-15"})
    assert [day["status"] for day in week["days"]] == ["closed"] * 7
    assert "haijiao" not in {each["code"] for each in ask("/venues/", size=100)["venues"]}


def test_a_hidden_venue_does_not_exist(ask: Any, refuse: Any) -> None:
    _venue("haijiao").unpublish()
    assert "haijiao" in refuse("/venues/haijiao/", 404)["detail"]
    refuse("/venues/haijiao/status", 404)
    refuse("/venues/haijiao/intervals", 404)

    department = DepartmentPage.objects.ancestor_of(_venue("guchuan")).get()
    PageViewRestriction.objects.create(page=department, restriction_type=PageViewRestriction.LOGIN)
    refuse("/venues/guchuan/", 404)
    codes = {each["code"] for each in ask("/venues/", size=100)["venues"]}
    assert codes
    assert codes.isdisjoint({"haijiao", "guchuan"})


def test_words_are_translated_where_they_are(ask: Any) -> None:
    english = Locale.objects.get(language_code="en")
    page = _venue("haijiao").copy_for_translation(english, copy_parents=True)
    page.get_ancestors().filter(depth__gt=1).update(live=True)
    page.title, page.live = "Maritime Museum", True
    page.save()

    assert ask("/venues/haijiao/", language="en")["title"] == "Maritime Museum"
    assert ask("/venues/haijiao/")["title"] == _venue("haijiao").title
    titles = {each["code"]: each["title"] for each in ask("/venues/", language="en", size=100)["venues"]}
    assert len(titles) == 48
    assert titles["haijiao"] == "Maritime Museum"
    assert titles["guchuan"] == _venue("guchuan").title
    assert "Mondays" in ask("/venues/haijiao/status", language="en", at="2026-11-23T10:00")["because"]["text"]
