"""Standards of venue types, the findings kept for lists, the preview, the message after saving, and the report."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.users.models import UserProfile

from openness.core.calendars.models import CalendarDay, CalendarYear
from openness.core.models import OutboxEntry
from openness.core.outbox import drain
from openness.departments.models import AudienceGroup, Region, VenueType
from tests.venues.editors import NOW, City, form_of, found_city, member, signed_in
from tests.venues.hours.builders import ALL_WEEK, SAT, SUN, on_weekdays, rule, schedule
from venues.compliance import (
    PUPILS,
    charges_of,
    check_all,
    check_venues,
    findings_of,
    standard_of,
    standards_by_type,
)
from venues.default_standards import DEFAULTS, add_default_standards
from venues.models import HolidayDecision, HoursCheck, HoursStandard, Offer, OfferAudience, VenuePage
from venues.schedules import set_schedules
from venues.standard_form import HoursOfMinutesField

REPORT, PREVIEW = "/admin/venues/hours/report/", "/admin/venues/hours/preview/"
TODAY = date(2026, 11, 19)


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    for venue in (city.library, city.museum, city.palace):
        venue.save_revision().publish()
    return city


@pytest.fixture
def standard(city: City) -> HoursStandard:
    """What is asked of libraries; the small city's areas make 77 hours of the library, 56 of the others."""
    return HoursStandard.objects.create(
        venue_type=VenueType.objects.get(code="library"),
        weekly_minutes=3600,
        needs_weekend=True,
        source="试点方案",
        source_url="https://example.org/pilot",
    )


def close_weekends(venue: VenuePage) -> None:
    rules = (rule("daily", ALL_WEEK, "09:00-17:00"), rule("rest", on_weekdays(SAT, SUN)))
    set_schedules(venue, (schedule("base", *rules),))
    venue.save_revision().publish()


# ---------------------------------------------------------------------------------------------------
# Standards


def test_a_type_takes_the_standard_of_the_nearest_type_above_it(standard: HoursStandard) -> None:
    child = VenueType.objects.create(code="childrens", name="少儿馆", parent_code="library")
    grandchild = VenueType.objects.create(code="toys", name="玩具馆", parent_code="childrens")
    assert standard_of(grandchild.lineage, standards_by_type()) == standard
    own = HoursStandard.objects.create(venue_type=child)
    assert standard_of(grandchild.lineage, standards_by_type()) == own
    assert standard_of("/museums/", standards_by_type()) is None
    assert standard_of("", standards_by_type()) is None


def test_a_new_city_begins_with_the_shipped_standards(db: None) -> None:
    assert add_default_standards() == len(DEFAULTS)
    assert add_default_standards() == 0
    library = HoursStandard.objects.get(venue_type__code="libraries")
    assert (library.weekly_minutes, library.weekly_hours, library.needs_weekend) == (3600, "60", True)


def test_a_city_with_types_of_its_own_gets_no_others(city: City) -> None:
    VenueType.objects.create(code="museums", name="博物馆")
    assert add_default_standards() == 1
    assert set(VenueType.objects.values_list("code", flat=True)) == {"library", "museums"}


@pytest.mark.parametrize(("typed", "minutes"), [("60", 3600), ("7.5", 450), ("", None)])
def test_hours_are_entered_and_minutes_kept(typed: str, minutes: int | None) -> None:
    field = HoursOfMinutesField(required=False)
    assert field.clean(typed) == minutes
    assert str(field.prepare_value(minutes) or "") == typed
    assert not field.has_changed(minutes, typed)
    assert field.has_changed(60, typed)


def test_the_office_edits_standards_and_a_department_does_not(standard: HoursStandard) -> None:
    address = reverse("wagtailsnippets_venues_hoursstandard:edit", args=[standard.pk])
    office = signed_in(member("office"))
    page = office.get(address)
    assert page.status_code == 200
    assert page.context["form"]["weekly_minutes"].value() == "60"
    assert signed_in(member("auditor")).get(address).status_code == 302


# ---------------------------------------------------------------------------------------------------
# What is kept


def test_public_venues_are_checked_against_their_standard(city: City, standard: HoursStandard) -> None:
    close_weekends(city.museum)
    assert check_all() == 3
    found = {each.venue.title: each for each in HoursCheck.objects.select_related("venue")}
    assert found["市图书馆"].codes == ""
    assert (found["市图书馆"].weekly_minutes, found["市图书馆"].target_minutes) == (11 * 60 * 7, 3600)
    assert found["海交馆"].codes == "|below_weekly_hours|closed_at_weekend|"
    (weekend, weekly) = findings_of(found["海交馆"])
    assert weekend.path == ("schedules", "base", "rules", "rest")
    assert weekly.params == {"minutes": 2400, "target": 3600}
    assert findings_of(found["工人文化宫"])[0].code == "below_weekly_hours"


def test_a_venue_that_is_public_no_more_has_no_check(city: City) -> None:
    check_all()
    city.museum.refresh_from_db()
    city.museum.unpublish()
    check_all()
    assert not HoursCheck.objects.filter(venue=city.museum).exists()


def test_publishing_and_a_changed_standard_have_the_hours_checked(
    city: City, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    drain()
    assert HoursCheck.objects.count() == 3
    close_weekends(city.museum)
    assert OutboxEntry.objects.pending().filter(kind="venues.hours_changed", key=str(city.museum.pk)).exists()
    drain()
    assert HoursCheck.objects.get(venue=city.museum).weekly_minutes == 2400


def test_the_number_of_queries_does_not_grow_with_the_venues(
    city: City, standard: HoursStandard, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    venues = list(VenuePage.objects.filter(live=True))
    check_venues(venues)
    with django_assert_max_num_queries(32):
        check_venues(list(VenuePage.objects.filter(live=True)))


def test_as_usual_is_a_decision_for_a_holiday(city: City, standard: HoursStandard) -> None:
    standard.needs_holiday_decision = True
    standard.save()
    year = CalendarYear.objects.create(year=2027, source_title="提案")
    CalendarDay.objects.create(
        calendar_year=year, date=date(2027, 2, 5), kind="off", holiday="spring_festival", name="春节"
    )
    check_all()
    assert "|holiday_undecided|" in HoursCheck.objects.get(venue=city.library).codes
    HolidayDecision.objects.create(
        venue=city.library, year=2027, holiday="spring_festival", choice="as_usual", decided_at=NOW
    )
    HolidayDecision.objects.create(
        venue=city.museum, year=2027, holiday="spring_festival", choice="closed", decided_at=NOW
    )
    check_all()
    assert "|holiday_undecided|" not in HoursCheck.objects.get(venue=city.library).codes
    # A closure counts when the public has been told.
    assert "|holiday_undecided|" in HoursCheck.objects.get(venue=city.museum).codes


@pytest.mark.parametrize(
    ("price", "group", "valid_to", "expected"),
    [
        (0, "pupils", None, {"pupils"}),
        (0, "soldiers", None, {"soldiers"}),
        (0, "", None, PUPILS),
        (5, "pupils", None, set()),
        (0, "pupils", date(2026, 11, 18), set()),
    ],
)
def test_offers_without_price_make_entry_free(
    city: City, price: int, group: str, valid_to: date | None, expected: set[str]
) -> None:
    offer = Offer(name="优惠", price=Decimal(price), valid_to=valid_to)
    if group:
        audience = AudienceGroup.objects.create(code=group, name=group)
        offer.audiences = [OfferAudience(audience=audience)]
    city.museum.offers = [offer]
    charges = charges_of(city.museum, admission="paid", today=TODAY)
    assert (charges.is_paid, set(charges.free_for)) == (True, set(expected))
    assert not charges_of(city.museum, admission="free", today=TODAY).is_paid


# ---------------------------------------------------------------------------------------------------
# While editing


def preview(client: Client, city: City, rules: list[dict[str, Any]], **fields: Any) -> Any:
    data = {
        "page": city.museum.pk,
        "hours": json.dumps([{"key": "base", "rules": rules}]),
        "hours_mode": "own",
        "areas": "[]",
        **fields,
    }
    return client.post(PREVIEW, data)


DAILY = {"key": "daily", "sessions": [{"opens": 540, "closes": 1260}]}
REST = {"key": "rest", "matcher": {"kind": "weekdays", "weekdays": [5, 6]}}


def test_the_preview_tells_findings_with_place_remedy_and_source(city: City, standard: HoursStandard) -> None:
    client = signed_in(member("editor", city.culture))
    response = preview(client, city, [{**DAILY, "sessions": [{"opens": 540, "closes": 1020}]}, REST])
    (group,) = [each for each in response.context["groups"] if each["severity"] == "warning"]
    weekend, weekly = group["lines"]
    assert weekend.place == "星期六、星期日"
    assert "公共图书馆法" in weekend.source
    assert (weekly.source, weekly.source_url) == ("试点方案", "https://example.org/pilot")
    assert weekly.remedy
    text = response.content.decode()
    assert weekend.text in text
    assert 'href="https://example.org/pilot"' in text


def test_the_preview_compares_before_and_after(city: City, standard: HoursStandard) -> None:
    client = signed_in(member("editor", city.culture))
    week = preview(client, city, [DAILY]).context["sums"][0]
    assert (week.before, week.after, week.target) == ("56", "84", "60")
    assert week.has_changed
    assert not week.is_below
    new = client.post(
        PREVIEW,
        {
            "parent": city.culture.pk,
            "hours": json.dumps([{"key": "base", "rules": [REST, DAILY]}]),
            "hours_mode": "own",
            "venue_type": standard.venue_type_id,
        },
    )
    assert not new.context["has_before"]
    assert new.context["sums"][0].target == "60"


def test_saving_says_what_is_missing_and_keeps_nobody_from_it(city: City, standard: HoursStandard) -> None:
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[city.museum.pk])
    data = form_of(client, address)
    data["hours"] = json.dumps([{"key": "base", "rules": [DAILY, REST]}])
    data["action-publish"] = "1"
    response = client.post(address, data, follow=True)
    told = [str(each) for each in response.context["messages"] if "公共图书馆法" in str(each)]
    assert len(told) == 1
    assert "星期六、星期日" in told[0]
    assert VenuePage.objects.get(pk=city.museum.pk).live


def test_a_form_that_saves_itself_leaves_no_message_behind(city: City, standard: HoursStandard) -> None:
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[city.museum.pk])
    data = form_of(client, address)
    data["hours"] = json.dumps([{"key": "base", "rules": [DAILY, REST]}])
    saved = client.post(address, data, headers={"accept": "application/json"})
    assert saved.json()["success"]
    response = client.get(address)
    assert not [str(each) for each in response.context["messages"]]


# ---------------------------------------------------------------------------------------------------
# The report


def titles(response: Any) -> list[str]:
    return [line.entry.title for line in response.context["lines"]]


@pytest.fixture
def checked(city: City, standard: HoursStandard) -> City:
    close_weekends(city.museum)
    check_all()
    return city


def test_the_office_sees_all_and_a_department_its_own(checked: City) -> None:
    assert titles(signed_in(member("office")).get(REPORT)) == ["工人文化宫", "市图书馆", "海交馆"]
    assert titles(signed_in(member("editor", checked.union)).get(REPORT)) == ["工人文化宫"]
    assert titles(signed_in(member("editor", checked.union)).get(REPORT, {"department": "culture"})) == []
    assert signed_in(member("editor", checked.union)).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"finding": "closed_at_weekend"}, ["海交馆"]),
        ({"finding": "below_weekly_hours"}, ["工人文化宫", "海交馆"]),
        ({"finding": "stale"}, ["工人文化宫", "市图书馆", "海交馆"]),
        ({"finding": "hours_missing"}, []),
        ({"finding": "nonsense"}, ["工人文化宫", "市图书馆", "海交馆"]),
        ({"department": "union"}, ["工人文化宫"]),
        ({"region": "350500"}, ["工人文化宫", "市图书馆", "海交馆"]),
        ({"region": "350502"}, []),
        ({"finding": "below_weekly_hours", "department": "culture"}, ["海交馆"]),
    ],
)
def test_the_report_is_narrowed(checked: City, query: dict[str, str], expected: list[str]) -> None:
    Region.objects.create(code="350502", name="鲤城区", level="county", parent_code="350500")
    assert titles(signed_in(member("office")).get(REPORT, query)) == expected


def test_a_row_leads_to_its_editor_and_says_how_many_hours(checked: City) -> None:
    response = signed_in(member("office")).get(REPORT, {"finding": "closed_at_weekend"})
    (line,) = response.context["lines"]
    assert (line.hours, line.target, line.is_below) == ("40", "60", True)
    assert reverse("wagtailadmin_pages:edit", args=[checked.museum.pk]) in response.content.decode()


def test_hours_checked_lately_are_not_stale(checked: City) -> None:
    library = VenuePage.objects.get(pk=checked.library.pk)
    library.checked_on = date(2026, 9, 1)
    library.save_revision().publish()
    response = signed_in(member("office")).get(REPORT, {"finding": "stale"})
    assert titles(response) == ["工人文化宫", "海交馆"]


def test_the_report_as_csv_holds_all_rows_and_no_formula(checked: City) -> None:
    museum = VenuePage.objects.get(pk=checked.museum.pk)
    museum.title = "=HYPERLINK(1)"
    museum.save_revision().publish()
    response = signed_in(member("office")).get(REPORT, {"format": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 4
    (row,) = [each for each in rows if "HYPERLINK" in each[1]]
    assert row[1] == "'=HYPERLINK(1)"
    assert row[5:7] == ["40", "60"]


def test_the_report_as_csv_is_in_its_readers_language_and_no_shared_cache_keeps_it(checked: City) -> None:
    office = member("office")
    UserProfile.objects.create(user=office, preferred_language="en")
    response = signed_in(office).get(REPORT, {"format": "csv"})
    with translation.override("zh-hans"):  # as when the server streams it
        text = b"".join(response.streaming_content).decode("utf-8-sig")
    head, first, *__ = csv.reader(io.StringIO(text))
    assert head[0] == "code"
    assert "not checked for 90 days" in first[-1]
    assert "private" in response["Cache-Control"]
    assert "max-age=60" not in response["Cache-Control"]


def test_the_report_has_a_fixed_number_of_queries(
    checked: City, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(member("office"))
    client.get(REPORT)
    with django_assert_max_num_queries(34):
        client.get(REPORT)
