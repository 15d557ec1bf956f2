"""The holiday table: decisions are kept, filled in at once, and told by one notice of the department."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from openness.core.calendars.models import CalendarDay, CalendarYear, YearStatus
from tests.venues.editors import NOW, City, found_city, member, notice, signed_in
from venues.holiday_table import UnreadableTimes, read_times, times_text
from venues.models import HolidayDecision, OpeningNoticePage, VenuePage
from venues.wording import notice_sentence

TABLE, NOTICE = "/admin/venues/holidays/", "/admin/venues/holidays/notice/"
SPRING, LABOUR = "spring_festival-2027", "labour_day-2027"
BLOCKS = {
    "spring_festival": (date(2027, 2, 5), date(2027, 2, 7)),
    "labour_day": (date(2027, 5, 1), date(2027, 5, 3)),
}


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    for venue in (city.library, city.museum, city.palace):
        venue.save_revision().publish()
    year = CalendarYear.objects.create(year=2027, source_title="关于2027年部分节假日安排的通知")
    for code, (first, last) in BLOCKS.items():
        for number in range((last - first).days + 1):
            CalendarDay.objects.create(
                calendar_year=year,
                date=first + timedelta(days=number),
                kind="off",
                holiday=code,
                name=code,
            )
    confirm()
    return city


def confirm(status: str = YearStatus.CONFIRMED) -> None:
    at = "2026-11-10T10:00:00+08:00" if status == YearStatus.CONFIRMED else None
    CalendarYear.objects.filter(year=2027).update(status=status, confirmed_at=at)


@pytest.fixture
def publisher(city: City) -> Client:
    return signed_in(member("publisher", city.culture))


def cells(response: Any) -> dict[tuple[str, str], Any]:
    """Return the cells shown, by title of the venue and column."""
    return {
        (row.venue.title, cell.column.code): cell for row in response.context["rows"] for cell in row.cells
    }


def states(client: Client) -> dict[tuple[str, str], str]:
    return {key: cell.state for key, cell in cells(client.get(TABLE)).items()}


def decide(client: Client, *decisions: tuple[VenuePage, str, str, str], **more: str) -> Any:
    """Post cells: venue, holiday, choice and times."""
    data = {"department": "culture", **more}
    for venue, holiday, choice, times in decisions:
        data[f"{venue.pk}-{holiday}"] = choice
        data[f"{venue.pk}-{holiday}-times"] = times
    return client.post(TABLE, data)


def publish(client: Client, **fields: str) -> Any:
    data = {"department": "culture", "title": "2027年节假日开放安排", "reason": "节假日", **fields}
    return client.post(NOTICE, data)


# ---------------------------------------------------------------------------------------------------
# Deciding


def test_what_nobody_has_decided_is_visible_with_what_would_hold(city: City, publisher: Client) -> None:
    notice(city.culture, city.museum, title="春节闭馆", first=date(2027, 2, 5), last=date(2027, 2, 6))
    found = cells(publisher.get(TABLE))
    assert {key: cell.state for key, cell in found.items()} == {
        ("市图书馆", SPRING): "undecided",
        ("市图书馆", LABOUR): "undecided",
        ("海交馆", SPRING): "ruled",
        ("海交馆", LABOUR): "undecided",
    }
    assert found["海交馆", LABOUR].holds == "9:00-17:00"


def test_decisions_are_kept_changed_and_taken_back(city: City, publisher: Client) -> None:
    decide(
        publisher,
        (city.library, SPRING, "hours", "9:00-12:00, 14:30-17:30"),
        (city.library, LABOUR, "as_usual", ""),
    )
    first = HolidayDecision.objects.get(venue=city.library, holiday="spring_festival")
    assert (first.year, first.choice, first.sessions) == (
        2027,
        "hours",
        [{"opens": 540, "closes": 720}, {"opens": 870, "closes": 1050}],
    )
    assert first.decided_by
    assert first.decided_by.memberships.get().role == "publisher"
    assert states(publisher)["市图书馆", SPRING] == "planned"
    assert states(publisher)["市图书馆", LABOUR] == "public"
    shown = cells(publisher.get(TABLE))["市图书馆", SPRING]
    assert (shown.choice, shown.times) == ("hours", "9:00-12:00, 14:30-17:30")
    decide(publisher, (city.library, SPRING, "closed", ""), (city.library, LABOUR, "", ""))
    assert HolidayDecision.objects.get().choice == "closed"


def test_hours_that_cannot_be_read_come_back_with_what_is_wrong(city: City, publisher: Client) -> None:
    response = decide(
        publisher, (city.library, SPRING, "hours", "nine to five"), (city.museum, SPRING, "closed", "")
    )
    cell = cells(response)["市图书馆", SPRING]
    assert (cell.choice, cell.times) == ("hours", "nine to five")
    assert cell.error
    # What can be read is kept.
    assert [each.venue_id for each in HolidayDecision.objects.all()] == [city.museum.pk]


@pytest.mark.parametrize(
    "text", ["", "9:00", "17:00-9:00", "9:00-12:00, 11:00-13:00", "9:70-10:00", "9:00-49:00"]
)
def test_texts_that_are_no_hours(text: str) -> None:
    with pytest.raises(UnreadableTimes):
        read_times(text)


def test_hours_in_any_dash_and_order() -> None:
    assert times_text(read_times("14:30—17:30；8:00 至 12:00")) == "8:00-12:00, 14:30-17:30"


def test_a_column_fills_what_is_undecided_and_nothing_else(city: City, publisher: Client) -> None:
    decide(publisher, (city.library, SPRING, "as_usual", ""))
    decide(publisher, fill=f"column:{SPRING}", **{f"column-{SPRING}": "closed"})
    found = {(each.venue_id, each.holiday): each.choice for each in HolidayDecision.objects.all()}
    assert found == {
        (city.library.pk, "spring_festival"): "as_usual",
        (city.museum.pk, "spring_festival"): "closed",
    }
    decide(publisher, fill=f"column:{SPRING}", **{f"column-{SPRING}": "take_back"})
    assert not HolidayDecision.objects.exists()


def test_a_row_fills_all_holidays_of_a_venue(city: City, publisher: Client) -> None:
    row = {f"row-{city.museum.pk}": "hours", f"row-{city.museum.pk}-times": "10:00-16:00"}
    decide(publisher, fill=f"row:{city.museum.pk}", **row)
    found = {(each.venue_id, each.holiday): each.choice for each in HolidayDecision.objects.all()}
    assert found == {(city.museum.pk, code): "hours" for code in BLOCKS}


def test_filling_with_nothing_changes_nothing(city: City, publisher: Client) -> None:
    decide(publisher, (city.library, SPRING, "closed", ""))
    decide(publisher, fill=f"column:{SPRING}", **{f"column-{SPRING}": ""})
    assert HolidayDecision.objects.get().choice == "closed"


# ---------------------------------------------------------------------------------------------------
# Rights


def test_nobody_decides_for_venues_of_others(city: City) -> None:
    union = signed_in(member("publisher", city.union))
    assert union.get(TABLE, {"department": "culture"}).status_code == 302
    response = union.post(TABLE, {"department": "union", f"{city.library.pk}-{SPRING}": "closed"})
    assert response.status_code == 302
    assert not HolidayDecision.objects.exists()
    assert {title for title, __ in cells(union.get(TABLE))} == {"工人文化宫"}


def test_the_office_decides_for_every_department(city: City) -> None:
    office = signed_in(member("office"))
    assert {title for title, __ in cells(office.get(TABLE, {"department": "union"}))} == {"工人文化宫"}


# ---------------------------------------------------------------------------------------------------
# The notice


def test_one_notice_tells_what_each_venue_does(city: City, publisher: Client) -> None:
    decide(
        publisher,
        (city.library, SPRING, "closed", ""),
        (city.museum, SPRING, "hours", "10:00-16:00"),
        (city.library, LABOUR, "closed", ""),
        (city.museum, LABOUR, "closed", ""),
    )
    assert publish(publisher).status_code == 302
    page = OpeningNoticePage.objects.get()
    assert page.live
    assert page.get_parent().pk == city.culture.pk
    sentence = notice_sentence(page, language="zh-hans")
    assert sentence == (
        "因节假日，市图书馆、海交馆2027年5月1日至5月3日暂停开放；"
        "市图书馆2027年2月5日至2月7日暂停开放；海交馆2027年2月5日至2月7日开放时间调整为10:00—16:00。"
    )
    on = {"business_date": date(2027, 2, 6)}
    page.save()
    assert [day.status for day in city.library.days.filter(area_key="", **on)] == ["closed"]
    assert [each.because["label"] for each in city.museum.intervals.filter(**on)] == ["节假日"]
    assert city.museum.intervals.get(**on).closes_at.hour == 8  # 16:00 in the city
    assert set(states(publisher).values()) == {"public"}
    assert "节假日" not in "".join(str(row.findings) for row in [city.library.hours_check])


def test_a_changed_decision_replaces_the_notice(city: City, publisher: Client) -> None:
    decide(publisher, (city.library, SPRING, "closed", ""), (city.museum, SPRING, "closed", ""))
    publish(publisher)
    decide(publisher, (city.museum, SPRING, "hours", "9:00-12:00"))
    assert states(publisher)["海交馆", SPRING] == "planned"
    assert publish(publisher, title="2027年节假日开放安排（更新）").status_code == 302
    first, second = OpeningNoticePage.objects.order_by("pk")
    assert second.supersedes_id == first.pk
    on = {"business_date": date(2027, 2, 6)}
    assert [day.status for day in city.library.days.filter(area_key="", **on)] == ["closed"]
    assert [day.status for day in city.museum.days.filter(**on)] == ["open"]


def test_the_only_decision_can_be_changed_and_not_forgotten(city: City, publisher: Client) -> None:
    decide(publisher, (city.library, SPRING, "closed", ""))
    publish(publisher)
    decide(publisher, (city.library, SPRING, "", ""))
    assert HolidayDecision.objects.get().is_told
    decide(publisher, (city.library, SPRING, "hours", "9:00-12:00"))
    assert states(publisher)["市图书馆", SPRING] == "planned"
    assert publish(publisher).status_code == 302
    on = {"business_date": date(2027, 2, 6)}
    assert [day.status for day in city.library.days.filter(area_key="", **on)] == ["open"]
    # Back to the usual hours: with no change left, the notice is withdrawn by hand.
    decide(publisher, (city.library, SPRING, "as_usual", ""))
    assert states(publisher)["市图书馆", SPRING] == "planned"
    response = publisher.get(NOTICE)
    assert response.context["plan"].earlier.pk == OpeningNoticePage.objects.latest("pk").pk
    assert "/withdraw/" in response.content.decode()


def test_what_opens_as_usual_is_said_and_needs_no_notice(city: City, publisher: Client) -> None:
    decide(publisher, (city.library, SPRING, "as_usual", ""))
    assert publish(publisher).status_code == 200
    assert not OpeningNoticePage.objects.exists()
    decide(publisher, (city.museum, SPRING, "closed", ""))
    publish(publisher)
    assert "市图书馆" in OpeningNoticePage.objects.get().body


def test_days_that_are_only_proposed_are_not_announced(city: City, publisher: Client) -> None:
    decide(publisher, (city.library, SPRING, "closed", ""))
    confirm(YearStatus.PROPOSAL)
    assert publish(publisher).status_code == 200
    assert not OpeningNoticePage.objects.exists()


def test_an_editor_leaves_a_draft_for_the_publisher(city: City) -> None:
    editor = signed_in(member("editor", city.culture))
    decide(editor, (city.library, SPRING, "closed", ""))
    assert publish(editor).status_code == 302
    page = OpeningNoticePage.objects.get()
    assert not page.live
    assert states(editor)["市图书馆", SPRING] == "planned"
    page.get_latest_revision().publish()
    assert states(editor)["市图书馆", SPRING] == "public"
    # Another draft leaves the first notice in force until somebody publishes it.
    decide(editor, (city.library, SPRING, "hours", "9:00-12:00"))
    publish(editor)
    assert states(editor)["市图书馆", SPRING] == "planned"
    draft = OpeningNoticePage.objects.latest("pk")
    assert draft.supersedes_id == page.pk
    draft.get_latest_revision().publish()
    assert states(editor)["市图书馆", SPRING] == "public"


def test_the_checks_of_the_notice_form_hold(city: City, publisher: Client) -> None:
    notice(
        city.culture, city.museum, title="台风", kind="close", first=date(2027, 2, 6), last=date(2027, 2, 6)
    )
    decide(publisher, (city.museum, SPRING, "hours", "9:00-12:00"))
    response = publish(publisher)
    assert response.status_code == 200
    assert "台风" in " ".join(response.context["problems"])
    assert OpeningNoticePage.objects.count() == 1
