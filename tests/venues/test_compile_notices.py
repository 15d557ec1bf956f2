"""A notice changes the answer as soon as it is public, and no day that is past."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from openness.core import clock
from openness.departments.models import Department, Region, VenueType
from tests.venues.editors import NOW, TODAY, City, found_city, member, notice, signed_in
from venues.compile import HORIZON_DAYS, concerned_venues, published_hours
from venues.enums import HoursMode, NoticeScope, Supersedes
from venues.models import (
    Interval,
    NoticeEffect,
    NoticeSession,
    NoticeTargetDepartment,
    NoticeTargetType,
    OpeningNoticePage,
    VenueDay,
    VenueEntry,
    VenuePage,
)
from venues.schedules import notice_schedules

FIRST = date(2026, 12, 1)
LAST = TODAY + timedelta(days=HORIZON_DAYS)


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def at(settings: Any, day: date, hour: int = 10) -> None:
    settings.OPENNESS_FROZEN_NOW = f"{day.isoformat()}T{hour:02}:00:00+08:00"


def closed(venue: VenuePage, area: str = "", source: OpeningNoticePage | None = None) -> list[date]:
    """The days on which the area is closed (by this notice)."""
    rows = VenueDay.objects.filter(venue=venue, area_key=area, status="closed").order_by("business_date")
    if source:
        rows = [row for row in rows if row.because["notice"] == str(source.pk)]
    return [row.business_date for row in rows]


def spans(venue: VenuePage, day: date, area: str = "") -> list[str]:
    rows = Interval.objects.filter(venue=venue, business_date=day, area_key=area)
    return [f"{clock.local(row.opens_at):%H:%M}-{clock.local(row.closes_at):%H:%M}" for row in rows]


def ten(first: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(10)]


def withdraw(page: OpeningNoticePage) -> None:
    """Withdraw through the screen that the admin offers."""
    client = signed_in(member("administrator"))
    response = client.post(reverse("venues_notice_withdraw", args=[page.pk]))
    assert response.status_code == 302
    assert fresh(page).withdrawn_at


def with_sessions(parent: Page, venue: VenuePage, kind: str, opens: int, closes: int, **fields: Any) -> Any:
    page = notice(parent, venue, kind="close", last=FIRST, **fields)
    effect = NoticeEffect(kind=kind, first=FIRST, last=FIRST)
    effect.sessions = [NoticeSession(opens=opens, closes=closes)]
    page.effects = [effect]
    page.save_revision().publish()
    return fresh(page)


# ---------------------------------------------------------------------------------------------------
# What it does


def test_a_closure_closes_its_days_and_says_why(city: City) -> None:
    page = notice(city.culture, city.library, first=FIRST)
    assert closed(city.library, source=page) == closed(city.library, "evening", source=page) == ten(FIRST)
    assert closed(city.museum) == []


def test_a_closure_of_an_area_leaves_the_others(city: City) -> None:
    page = notice(city.culture, city.library, first=FIRST, area="evening")
    assert closed(city.library, "evening", source=page) == ten(FIRST)
    assert closed(city.library) == []


def test_a_closure_without_an_end_lasts(city: City, settings: Any) -> None:
    notice(city.culture, city.museum, first=FIRST, last=None)
    assert closed(city.museum) == [
        FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)
    ]
    at(settings, date(2027, 6, 1))
    fresh(city.museum).save()
    assert VenueDay.objects.get(venue=city.museum, business_date=date(2027, 8, 1)).status == "closed"


@pytest.mark.parametrize(
    ("kind", "opens", "closes", "expected"),
    [
        ("extend", 1020, 1260, ["09:00-17:00", "17:00-21:00"]),
        ("change", 600, 720, ["10:00-12:00"]),
        ("special_opening", 600, 720, ["10:00-12:00"]),
    ],
)
def test_an_opening_has_its_sessions(
    city: City, kind: str, opens: int, closes: int, expected: list[str]
) -> None:
    with_sessions(city.culture, city.museum, kind, opens, closes)
    assert spans(city.museum, FIRST) == expected
    assert spans(city.museum, FIRST + timedelta(days=1)) == ["09:00-17:00"]


def test_extended_hours_are_found_by_their_kind(city: City) -> None:
    with_sessions(city.culture, city.museum, "extend", 1020, 1260)
    assert "|extended|" in VenueEntry.objects.get(venue=city.museum).kinds


def test_a_draft_does_nothing(city: City) -> None:
    page = OpeningNoticePage(title="草稿", reason="x", locale=city.culture.locale, live=False)
    page.effects = [NoticeEffect(kind="close", first=FIRST, last=FIRST)]
    fresh(city.culture).add_child(instance=page)
    page.save_revision()
    assert closed(city.museum) == []


def test_an_emergency_comes_before_a_notice(city: City) -> None:
    with_sessions(city.culture, city.museum, "change", 600, 720)
    notice(city.culture, city.museum, first=FIRST, last=FIRST, is_emergency=True, title="台风")
    assert spans(city.museum, FIRST) == []


def test_a_branch_shares_the_notices_of_its_parent(city: City) -> None:
    branch = fresh(city.palace)
    branch.parent_venue, branch.hours_mode = city.museum, HoursMode.SAME_AS_PARENT
    branch.save()
    page = notice(city.culture, city.museum, first=FIRST)
    assert closed(branch, source=page) == ten(FIRST)
    withdraw(page)
    assert closed(branch) == []


# ---------------------------------------------------------------------------------------------------
# How it ends


def test_withdrawal_gives_today_and_what_comes_back(city: City, settings: Any) -> None:
    page = notice(city.culture, city.museum, first=FIRST)
    at(settings, date(2026, 12, 4))
    withdraw(page)
    assert closed(city.museum) == ten(FIRST)[:3]
    assert spans(city.museum, date(2026, 12, 4)) == ["09:00-17:00"]


def test_withdrawal_before_it_begins_leaves_nothing(city: City) -> None:
    page = notice(city.culture, city.museum, first=FIRST)
    withdraw(page)
    assert closed(city.museum) == []


@pytest.mark.parametrize("how", [Supersedes.REPLACES, Supersedes.ENDS])
def test_a_later_notice_takes_over_from_its_first_day(city: City, how: str) -> None:
    earlier = notice(city.culture, city.museum, first=FIRST)
    later = notice(
        city.culture,
        city.museum,
        first=date(2026, 12, 5),
        last=date(2026, 12, 6),
        title="更正",
        supersedes=earlier,
        supersedes_how=how,
    )
    assert closed(city.museum, source=earlier) == ten(FIRST)[:4]
    assert closed(city.museum, source=later) == ten(FIRST)[4:6]
    assert closed(city.museum) == ten(FIRST)[:6]


def test_a_replaced_notice_is_over_at_every_venue(city: City) -> None:
    earlier = notice(city.culture, city.museum, city.library, first=FIRST)
    later = notice(city.culture, city.museum, first=FIRST, title="只闭海交馆", supersedes=earlier)
    assert closed(city.museum, source=later) == ten(FIRST)
    assert closed(city.library) == []


def test_the_replaced_notice_is_back_when_its_successor_goes(city: City) -> None:
    earlier = notice(city.culture, city.museum, city.library, first=FIRST)
    later = notice(city.culture, city.museum, first=FIRST, title="更正", supersedes=earlier)
    withdraw(later)
    assert closed(city.museum, source=earlier) == closed(city.library, source=earlier) == ten(FIRST)
    last = notice(city.culture, city.museum, first=FIRST, title="再更正", supersedes=earlier)
    assert closed(city.library) == []
    last.delete()
    assert closed(city.library, source=earlier) == ten(FIRST)


def test_the_replaced_notice_is_back_when_its_successor_no_longer_names_it(city: City) -> None:
    earlier = notice(city.culture, city.library, first=FIRST)
    later = notice(city.culture, city.museum, first=FIRST, title="更正", supersedes=earlier)
    assert closed(city.library) == []
    later.supersedes = None
    later.save_revision().publish()
    assert closed(city.library, source=earlier) == ten(FIRST)


def test_what_would_be_without_the_successor(city: City) -> None:
    earlier = notice(city.culture, city.museum, first=FIRST)
    later = notice(city.culture, city.museum, first=FIRST, title="更正", supersedes=earlier)
    names = {each.notice for each in published_hours(fresh(city.museum), drop=later).schedules}
    assert names == {"", str(earlier.pk)}


def test_a_deleted_notice_gives_the_hours_back(city: City) -> None:
    notice(city.culture, city.museum, first=FIRST).delete()
    assert closed(city.museum) == []


def test_an_unpublished_notice_gives_the_hours_back(city: City) -> None:
    page = notice(city.culture, city.museum, first=FIRST)
    page.unpublish()
    assert closed(city.museum) == []
    page.save_revision().publish()
    assert closed(city.museum) == ten(FIRST)


@pytest.mark.parametrize("where", ["notice", "department"])
def test_a_notice_that_nobody_may_read_changes_nothing(city: City, where: str) -> None:
    page = notice(city.union, city.museum, first=FIRST)
    target = page if where == "notice" else fresh(city.union)
    restriction = PageViewRestriction.objects.create(
        page=target.page_ptr, restriction_type=PageViewRestriction.LOGIN
    )
    assert closed(city.museum) == []
    restriction.delete()
    assert closed(city.museum) == ten(FIRST)


def test_a_notice_goes_and_comes_with_its_department(city: City) -> None:
    notice(city.union, city.museum, first=FIRST)
    fresh(city.union).unpublish()
    assert closed(city.museum) == []
    fresh(city.union).save_revision().publish()
    assert closed(city.museum) == ten(FIRST)


def test_a_venue_that_is_no_longer_named_is_open_again(city: City) -> None:
    page = notice(city.culture, city.museum, city.library, first=FIRST)
    page.targets = [target for target in page.targets.all() if target.venue_id != city.museum.pk]
    page.save_revision().publish()
    assert closed(city.museum) == []
    assert closed(city.library) == ten(FIRST)


# ---------------------------------------------------------------------------------------------------
# Which venues


def selection(city: City, **fields: Any) -> OpeningNoticePage:
    page = notice(city.culture, first=FIRST, scope=NoticeScope.SELECTION, title="台风停开", **fields)
    return page


def test_a_selection_is_region_and_type_and_department(city: City) -> None:
    locale = Locale.get_default()
    county = Region.objects.create(
        code="350502", name="鲤城区", level="county", parent_code="350500", locale=locale
    )
    museum_type = VenueType.objects.create(code="museum", name="博物馆", locale=locale)
    VenuePage.objects.filter(pk=city.museum.pk).update(venue_type=museum_type)
    VenuePage.objects.filter(pk=city.palace.pk).update(region=county)
    page = selection(city, scope_region=Region.objects.get(code="350500"))

    def chosen() -> set[str]:
        page.save_revision().publish()
        stored = fresh(page)
        codes = set(stored.concerned.values_list("venue__code", flat=True))
        assert codes == set(concerned_venues(stored).values_list("code", flat=True))
        return codes

    assert chosen() == {"library", "museum", "palace"}
    page.target_types = [NoticeTargetType(venue_type=museum_type)]
    assert chosen() == {"museum"}
    page.target_types = [NoticeTargetType(venue_type=VenueType.objects.get(code="library"))]
    assert chosen() == {"library", "palace"}
    page.target_departments = [NoticeTargetDepartment(department=Department.objects.get(code="union"))]
    assert chosen() == {"palace"}
    page.target_types, page.scope_region = [], county
    assert chosen() == {"palace"}
    assert closed(city.palace, source=page) == ten(FIRST)
    assert closed(city.museum) == closed(city.library) == []
    page.target_departments = [NoticeTargetDepartment(department=Department.objects.get(code="culture"))]
    assert chosen() == set()


def test_effects_are_cut_where_the_notice_ends(city: City) -> None:
    page = notice(city.culture, city.museum, first=FIRST)
    (schedule,) = notice_schedules(page, until=date(2026, 12, 3))
    assert schedule.rules[0].matcher.last == date(2026, 12, 3)
    assert notice_schedules(page, until=FIRST - timedelta(days=1)) == ()
