"""What search engines are told: read back by the rules of schema.org, it says the hours of the page."""

import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from openness.core.calendars.days import city_calendar
from openness.core.json_ld import script_data
from tests.engines import REQUIRED, node
from tests.facts import FROZEN_NOW
from venues.enums import DayStatus
from venues.hours.openings import CITY_TZ
from venues.hours.osm import osm_string
from venues.models import Interval, VenueDay, VenuePage
from venues.schema_org import published_rules

TODAY = datetime.fromisoformat(FROZEN_NOW).date()
ONE_DAY = timedelta(days=1)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAYS = [TODAY + index * ONE_DAY for index in range(60)]


def data_of(client: Client, page: VenuePage) -> dict[str, Any]:
    response = client.get(page.get_url())
    assert response.status_code == 200
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    assert found
    return json.loads(found[1])


def hours_said(place: dict[str, Any], day: date) -> set[tuple[datetime, datetime]] | None:
    """The hours of a day, by the definition of schema.org; None where nothing is said of it."""

    def holds(specification: dict[str, Any]) -> bool:
        return (
            specification.get("validFrom", "") <= day.isoformat() <= specification.get("validThrough", "9999")
        )

    special = [each for each in place.get("specialOpeningHoursSpecification", []) if holds(each)]
    weekly = [each for each in place.get("openingHoursSpecification", []) if holds(each)]
    if special:
        told = special
    elif weekly:
        told = [each for each in weekly if WEEKDAYS[day.weekday()] in each["dayOfWeek"]]
    else:
        return None
    return {span(day, each) for each in told if (each["opens"], each["closes"]) != ("00:00", "00:00")}


def span(day: date, specification: dict[str, Any]) -> tuple[datetime, datetime]:
    opens, closes = (
        datetime.combine(day, time.fromisoformat(specification[name]), CITY_TZ)
        for name in ("opens", "closes")
    )
    if specification["closes"] == "23:59":
        closes += timedelta(minutes=1)
    return opens, closes if closes > opens else closes + ONE_DAY


def joined(spans: list[tuple[datetime, datetime]]) -> set[tuple[datetime, datetime]]:
    result: list[tuple[datetime, datetime]] = []
    for opens, closes in sorted(spans):
        if result and opens <= result[-1][1]:
            result[-1] = (result[-1][0], max(closes, result[-1][1]))
        else:
            result.append((opens, closes))
    return set(result)


def compiled(venue: VenuePage, area: str, day: date) -> set[tuple[datetime, datetime]]:
    openings = Interval.objects.filter(
        venue=venue, area_key=area, business_date=day, audience_code=""
    ).exclude(state="members")
    return joined([(each.opens_at, each.closes_at) for each in openings])


def test_every_venue_says_the_hours_of_its_page(demo_city: None, client: Client) -> None:
    said_days = 0
    for page in VenuePage.objects.filter(locale__language_code="zh-hans", live=True).select_related("locale"):
        data = data_of(client, page)
        names = {area.name: area.key for area in page.areas.all()}
        places = [("", data), *((names[each["name"]], each) for each in data.get("containsPlace", []))]
        for area, place in places:
            statuses = dict(
                VenueDay.objects.filter(venue=page, area_key=area).values_list("business_date", "status")
            )
            for day in DAYS:
                said = hours_said(place, day)
                if statuses.get(day) in (DayStatus.OPEN, DayStatus.CLOSED) and (
                    said or compiled(page, area, day)
                ):
                    assert said is not None, (page.code, area, day)
                    assert joined(list(said)) == compiled(page, area, day), (page.code, area, day)
                    said_days += 1
                elif statuses.get(day) in (DayStatus.UNKNOWN, DayStatus.BY_APPOINTMENT):
                    assert said is None, (page.code, area, day)
    assert said_days > 1000


def test_a_museum_in_full(demo_city: None, client: Client) -> None:
    page = VenuePage.objects.get(code="haijiao", locale__language_code="zh-hans")
    data = data_of(client, page)

    assert data["@type"] == "Museum"
    assert data["url"] == data["@id"] == page.get_full_url()
    assert data["isAccessibleForFree"] is True
    assert data["address"]["addressCountry"] == "CN"
    assert data["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": WEEKDAYS[1:],
            "opens": "09:00",
            "closes": "17:00",
        }
    ]


def test_nothing_leaves_the_script_element() -> None:
    text = script_data({"name": "</script><script>alert(1)</script>&\u2028"})
    assert "<" not in text
    assert "&" not in text
    assert json.loads(text)["name"] == "</script><script>alert(1)</script>&\u2028"


def test_the_osm_strings_of_the_city_are_read_by_others(demo_city: None, client: Client) -> None:
    """Both evaluators agree with what is compiled, venue by venue, for all compiled days."""
    last = TODAY + 90 * ONE_DAY
    calendar = city_calendar(TODAY - ONE_DAY, last)
    asked, places = [], []
    for venue in VenuePage.objects.filter(locale__language_code="zh-hans", live=True):
        own = published_rules(venue)
        for area in own.areas_in_use if own else ():
            asked.append((osm_string(own, area.key, TODAY, last, calendar), TODAY, last))
            places.append((venue, area.key))
    assert len(asked) > 40
    assert sum(len(value) <= 255 for value, *__ in asked) >= 0.9 * len(asked)
    theirs = [rust(*each) for each in asked]
    try:
        node.installed()
    except node.NodeMissingError:
        assert not REQUIRED
    else:
        assert [
            joined([each[:2] for each in stretches if not each[2]]) for stretches in node.evaluate(asked)
        ] == theirs
    for (venue, area), (value, *__), found in zip(places, asked, theirs, strict=True):
        openings = Interval.objects.filter(venue=venue, area_key=area, is_general_public=True)
        start, end = (datetime.combine(day, time(), CITY_TZ) for day in (TODAY, last + ONE_DAY))
        ours = joined(
            [
                (max(each.opens_at, start), min(each.closes_at, end))
                for each in openings
                if each.opens_at < end and each.closes_at > start
            ]
        )
        assert ours == found, (venue.code, area, value)


def rust(value: str, first: date, last: date) -> set[tuple[datetime, datetime]]:
    package = pytest.importorskip("opening_hours")
    start, end = (datetime.combine(day, time()) for day in (first, last + ONE_DAY))
    return joined(
        [
            (each[0].replace(tzinfo=CITY_TZ), min(each[1] or end, end).replace(tzinfo=CITY_TZ))
            for each in package.OpeningHours(value).intervals(start, end)
            if str(each[2]) == "open"
        ]
    )
