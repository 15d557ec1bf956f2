"""What takes place when: questions whose answers were worked out by hand. Now is Thursday 2026-11-19, 10:00."""

from typing import Any

import pytest
from wagtail.models import Locale, PageViewRestriction

from news.models import ActivityAudience, SessionEntry
from news.occasions import Filters, facet_counts, occasions, span, within
from openness.core import clock
from openness.departments.models import AudienceGroup, Region
from tests.news.town import activity, at, found_town, session
from tests.venues.editors import NOW, City
from venues.questions import Window, window_for


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_town()


ALL = Filters()


def titles(window: Window | None, filters: Filters = ALL, **how: Any) -> list[str]:
    found = occasions(window, filters, locale=Locale.get_default(), **how).select_related("activity")
    return [entry.activity.title for entry in found]


def named(when: str) -> list[str]:
    return titles(window_for(when, now=clock.now()))


def test_now_is_what_is_under_way(city: City) -> None:
    activity(city, "正在演", session("2026-11-19 09:00", "2026-11-19 11:00"))
    activity(city, "刚开始", session("2026-11-19 10:00"))
    activity(city, "刚结束", session("2026-11-19 08:00", "2026-11-19 10:00"))
    activity(city, "待会儿", session("2026-11-19 10:01"))
    assert named("now") == ["正在演", "刚开始"]


def test_today_ends_with_the_day_and_asks_for_an_hour_of_what_has_begun(city: City) -> None:
    activity(city, "上午到十点半", session("2026-11-19 09:00", "2026-11-19 10:30"))
    activity(city, "上午到十一点", session("2026-11-19 09:00", "2026-11-19 11:00"))
    activity(city, "下午", session("2026-11-19 15:00"))
    activity(city, "深夜", session("2026-11-19 23:30", "2026-11-20 01:00"))
    activity(city, "明天零点", session("2026-11-20 00:00"))
    assert named("today") == ["上午到十一点", "下午", "深夜"]


def test_tonight_begins_at_six_and_holds_what_runs_past_midnight(city: City) -> None:
    activity(city, "傍晚到六点半", session("2026-11-19 16:30", "2026-11-19 18:30"))
    activity(city, "傍晚到七点", session("2026-11-19 16:30", "2026-11-19 19:00"))
    activity(city, "跨零点", session("2026-11-19 23:30", "2026-11-20 00:30"))
    activity(city, "明晚", session("2026-11-20 19:00"))
    assert named("tonight") == ["傍晚到七点", "跨零点"]


def test_after_midnight_tonight_is_the_evening_to_come(city: City, settings: Any) -> None:
    activity(city, "跨零点", session("2026-11-19 23:30", "2026-11-20 02:00"))
    activity(city, "明晚", session("2026-11-20 19:00"))
    settings.OPENNESS_FROZEN_NOW = "2026-11-20T00:30:00+08:00"
    assert named("now") == ["跨零点"]
    assert named("tonight") == ["明晚"]


def test_the_weekend_is_saturday_and_sunday_of_the_city(city: City) -> None:
    activity(city, "周五晚", session("2026-11-20 22:00", "2026-11-21 00:30"))
    activity(city, "周六零点", session("2026-11-21 00:00"))
    activity(city, "周日晚", session("2026-11-22 23:30", "2026-11-23 00:30"))
    activity(city, "周一零点", session("2026-11-23 00:00"))
    assert named("weekend") == ["周六零点", "周日晚"]


def test_on_a_sunday_the_weekend_is_what_is_left_of_it(city: City, settings: Any) -> None:
    activity(city, "周六", session("2026-11-21 10:00"))
    activity(city, "周日下午", session("2026-11-22 15:00"))
    activity(city, "下周六", session("2026-11-28 10:00"))
    settings.OPENNESS_FROZEN_NOW = "2026-11-22T14:00:00+08:00"
    assert named("weekend") == ["周日下午"]


def test_a_weekend_with_a_make_up_workday_is_the_same_two_days(city: City, settings: Any) -> None:
    # Saturday 2026-10-10 was worked for the National Day holiday; that evening is still one of the weekend.
    settings.OPENNESS_FROZEN_NOW = "2026-10-08T10:00:00+08:00"
    activity(city, "补班日的晚上", session("2026-10-10 19:00"))
    assert named("weekend") == ["补班日的晚上"]


def test_the_day_is_that_of_the_city_and_not_of_utc(city: City, settings: Any) -> None:
    # 00:30 in Quanzhou is 16:30 UTC of the day before.
    settings.OPENNESS_FROZEN_NOW = "2026-11-20T00:10:00+08:00"
    activity(city, "凌晨", session("2026-11-20 00:30", "2026-11-20 02:00"))
    activity(city, "次日凌晨", session("2026-11-21 00:30", "2026-11-21 02:00"))
    assert named("today") == ["凌晨"]
    assert [
        each.session_key
        for each in within(
            at("2026-11-20 00:00").date(),
            at("2026-11-20 00:00").date(),
            Filters(),
            locale=Locale.get_default(),
        )
    ] == list(SessionEntry.objects.filter(activity__title="凌晨").values_list("session_key", flat=True))


@pytest.mark.parametrize(
    ("starts", "ends", "fits"),
    [
        ("19:00", "21:00", True),
        ("18:00", "20:00", True),  # an hour of it is left at seven
        ("18:00", "19:59", False),
        ("20:00", "23:00", True),  # an hour until one has to leave
        ("20:01", "23:00", False),
        ("20:20", "20:50", True),  # short, but all of it fits
        ("20:40", "21:10", False),
        ("12:00", "23:00", True),
    ],
)
def test_who_is_free_from_seven_to_nine_has_to_leave_at_nine(
    city: City, starts: str, ends: str, fits: bool
) -> None:
    activity(city, "周六", session(f"2026-11-21 {starts}", f"2026-11-21 {ends}"))
    window = Window(at("2026-11-21 19:00"), at("2026-11-21 21:00"))
    assert titles(window) == (["周六"] if fits else [])


def test_an_exhibition_counts_while_its_venue_can_be_entered(city: City) -> None:
    dates = "2026-11-01 09:00", "2026-12-31 17:00"
    activity(city, "馆内展", session(*dates, venue=city.museum), kind="exhibition")  # open 09:00–17:00
    activity(city, "广场展", session(*dates, region=city.museum.region, place="广场"), kind="exhibition")
    day = Window(at("2026-11-21 10:00"), at("2026-11-21 12:00"))
    evening = Window(at("2026-11-21 19:00"), at("2026-11-21 21:00"))
    assert titles(day) == ["馆内展", "广场展"]
    assert titles(evening) == ["广场展"]


def test_what_is_cancelled_or_moved_stays_listed_and_answers_no_question(city: City) -> None:
    activity(city, "取消", session("2026-11-21 19:00", state="cancelled", state_note="大雨"))
    activity(city, "改期", session("2026-11-21 19:00", state="moved", state_note="改到周日"))
    activity(city, "照常", session("2026-11-21 19:30"))
    assert titles(None) == ["取消", "改期", "照常"]
    assert titles(None, takes_place=True) == ["照常"]
    assert set(SessionEntry.objects.values_list("state", flat=True)) == {"cancelled", "moved", "scheduled"}


def test_filters_by_each_thing_and_the_numbers_beside_them(city: City) -> None:
    locale = Locale.get_default()
    district = Region.objects.create(
        code="350503", name="丰泽区", level="county", parent_code="350500", locale=locale
    )
    group = AudienceGroup.objects.create(code="children", name="儿童", locale=locale)
    free = activity(city, "免费演出", session("2026-11-21 10:00", venue=city.library))
    free.audiences = [ActivityAudience(audience=group)]
    free.save()
    activity(
        city,
        "收费讲座",
        session("2026-11-21 11:00", region=district, place="广场"),
        parent=city.union,
        kind="lecture",
        admission="paid",
    )
    assert titles(None, Filters(kind="lecture")) == ["收费讲座"]
    assert titles(None, Filters(admission="free")) == ["免费演出"]
    assert titles(None, Filters(region="350503")) == ["收费讲座"]
    assert titles(None, Filters(region="350500")) == ["免费演出", "收费讲座"]
    assert titles(None, Filters(department="union")) == ["收费讲座"]
    assert titles(None, Filters(audience="children")) == ["免费演出"]
    assert titles(None, Filters(venue="library")) == ["免费演出"]
    counts = facet_counts(occasions(None, Filters(), locale=locale))
    assert counts["region"] == {"350500": 2, "350503": 1}
    assert counts["kind"] == {"performance": 1, "lecture": 1}
    assert counts["audience"] == {"children": 1}
    assert span(locale=locale) == (at("2026-11-21 10:00").date(), at("2026-11-21 11:00").date())


def test_drafts_hidden_and_restricted_activities_answer_nothing(city: City) -> None:
    activity(city, "草稿", session("2026-11-21 10:00"), live=False)
    activity(city, "受限", session("2026-11-21 10:00"), parent=city.union)
    gone = activity(city, "撤下", session("2026-11-21 10:00"))
    activity(city, "过期", session("2026-11-21 10:00"), expire_at=at("2026-11-18 00:00"))
    gone.unpublish()
    PageViewRestriction.objects.create(page=city.union.page_ptr, restriction_type="login")
    assert titles(None) == []
    assert set(SessionEntry.objects.values_list("activity__title", flat=True)) == {"受限", "过期"}
    PageViewRestriction.objects.all().delete()
    assert titles(None) == ["受限"]
    type(city.union).objects.get(pk=city.union.pk).unpublish()
    assert titles(None) == []


def test_a_venue_that_moves_takes_its_sessions_along(city: City) -> None:
    locale = Locale.get_default()
    activity(city, "演出", session("2026-11-21 10:00", venue=city.museum))
    district = Region.objects.create(
        code="350503", name="丰泽区", level="county", parent_code="350500", locale=locale
    )
    museum = type(city.museum).objects.get(pk=city.museum.pk)
    museum.region, museum.longitude, museum.latitude, museum.datum = district, "118.60", "24.90", "gcj02"
    museum.save()
    entry = SessionEntry.objects.get()
    assert "/350503/" in entry.region_lineage
    assert (float(entry.longitude), float(entry.latitude)) == (118.6, 24.9)


def test_the_number_of_queries_does_not_grow(city: City, django_assert_num_queries: Any) -> None:
    for number in range(3):
        activity(city, f"演出{number}", *(session(f"2026-11-2{day} 10:00") for day in range(1, 8)))
    locale = Locale.get_default()
    with django_assert_num_queries(1):
        assert len(occasions(None, Filters(), locale=locale)) == 21
