"""What pages and cards print of the demonstration city, on Thursday 19 November 2026 at 10:00."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from openness.core import clock
from tests.facts import FREE_SATURDAY_EVENING_STAYS
from venues import selectors
from venues.enums import Admission, EffectKind, Life, Supersedes
from venues.models import (
    NoticeEffect,
    NoticeIndexPage,
    NoticeTarget,
    Offer,
    OpeningNoticePage,
    VenueDay,
    VenueEntry,
    VenuePage,
)
from venues.presentation import (
    cards_of,
    notice_cards,
    notice_context,
    notice_index_context,
    venue_context,
)
from venues.presentation.cards import is_stale
from venues.questions import Question, Window
from venues.wording import notice_sentence

THURSDAY = date(2026, 11, 19)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.CITY_TZ)


@pytest.fixture
def request_(rf: RequestFactory, demo_city: None) -> Any:
    return rf.get("/")


def context_of(code: str, request: Any) -> dict[str, Any]:
    return venue_context(VenuePage.objects.get(code=code), request)


def queries_of(call: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


def test_venue_page_of_a_library_with_two_areas(request_: Any) -> None:
    context = context_of("qz-library-donghai", request_)
    assert (context["status"].label, context["status"].area_name) == ("开放至 21:00", "一楼自习和自助借阅区")
    assert context["status"].kinds == (("extended", "延时开放"),)
    assert [week.title for week in context["weeks"]] == ["馆舍", "一楼自习和自助借阅区"]
    assert context["card"].admission_label == "免费"
    assert {each["note"] for each in context["related"]} == {"分馆"}
    assert len(context["related"]) == 6
    assert {"label": "政府信息查阅点", "value": "是", "url": ""} in context["facts"]
    assert "自习座位" in context["facilities"]
    assert context["source_line"].endswith("2023-07-12")
    assert context["card"].is_stale
    assert context["life"] is None


def test_venue_page_of_a_museum_that_is_closed_without_an_end(request_: Any) -> None:
    context = context_of("mintaiyuan", request_)
    assert context["status"].label == "暂停开放，恢复时间另行通知"
    assert context["status"].because == "依据公告：中国闽台缘博物馆闭馆（2024年1月16日生效后公告）"
    assert context["status"].notice_url == "/venues/notices/closure-2024-mintaiyuan/"
    (notice,) = context["notices"]
    assert notice.sentence.endswith("自2024年1月15日起暂停开放，恢复时间另行通知。")
    assert notice.state == "in_force"


def test_venue_page_of_a_venue_with_unknown_hours_never_says_closed(request_: Any) -> None:
    context = context_of("qz-science", request_)
    assert (context["status"].state, context["status"].label) == ("unknown", "开放时间待核实")
    assert {row.text for week in context["weeks"] for row in week.rows} == {"待核实"}


def test_offers_that_are_over_are_hidden(request_: Any) -> None:
    venue = VenuePage.objects.get(code="haijiao")
    venue.offers = [
        Offer(name="旧优惠", price=5, valid_to=THURSDAY - timedelta(days=1)),
        Offer(name="学生票", price=5, normal_price=10, unit="人次", valid_to=THURSDAY),
    ]
    venue.save()
    (offer,) = context_of("haijiao", request_)["offers"]
    assert (offer["name"], offer["price_label"], offer["normal_price_label"]) == (
        "学生票",
        "5 元/人次",
        "10 元/人次",
    )
    assert offer["audience_label"] == "所有人"


def test_venue_that_has_moved_leads_to_its_successor(request_: Any) -> None:
    venue = VenuePage.objects.get(code="lc-library")
    venue.life, venue.life_since = Life.MOVED, date(2026, 11, 1)
    venue.successor = VenuePage.objects.get(code="fz-library")
    venue.save()
    context = context_of("lc-library", request_)
    assert context["life"]["text"] == "本馆已迁址（自2026年11月1日起）"
    assert context["life"]["label"] == "请前往丰泽区图书馆"
    assert context["life"]["url"]
    assert context["weeks"] == context["exceptions"] == []


def test_queries_of_a_venue_page_do_not_grow(request_: Any, rf: RequestFactory) -> None:
    context_of("qz-museum", request_)  # fills the cache of names
    before = queries_of(lambda: context_of("qz-museum", rf.get("/")))
    for number in range(3):
        close(VenuePage.objects.get(code="qz-museum"), slug=f"more-{number}", first=date(2027, 3, 1))
    VenueDay.objects.filter(venue=VenuePage.objects.get(code="haijiao")).delete()
    assert queries_of(lambda: context_of("qz-museum", rf.get("/"))) == before
    assert before <= 47


def close(
    venue: VenuePage, *, slug: str, first: date, last: date | None = None, **fields: Any
) -> OpeningNoticePage:
    notice = OpeningNoticePage(title=f"{venue.title}公告", slug=slug, reason="设备检修", **fields)
    notice.targets = [NoticeTarget(venue=venue)]
    notice.effects = [NoticeEffect(kind=EffectKind.CLOSE, first=first, last=last)]
    venue.get_parent().add_child(instance=notice)
    notice.save_revision().publish()
    return OpeningNoticePage.objects.get(pk=notice.pk)


def test_cards_answer_the_question_about_saturday_evening(request_: Any) -> None:
    question = Question(
        when="window",
        window=Window(at("2026-11-21T19:00"), at("2026-11-21T21:00")),
        admission=Admission.FREE,
    )
    locale = Locale.get_default()
    found = selectors.find(question, locale=locale, first=0, count=50)
    number = queries_of(lambda: cards_of(found, question, locale=locale, request=request_))
    cards = cards_of(found, question, locale=locale, request=request_)
    by_code = {card.code: card for card in cards if card.minutes_label}
    stays = {code: card.minutes_label for code, card in by_code.items()}
    assert stays == {
        code: f"可停留 {minutes} 分钟" for code, (__, minutes) in FREE_SATURDAY_EVENING_STAYS.items()
    }
    assert by_code["qz-library-donghai"].status.label == "周六 09:00—21:00 开放"
    assert by_code["qz-library-donghai"].status.area_name == "一楼自习和自助借阅区"
    assert by_code["fz-library"].status.label == "24 小时开放"
    assert all(card.url.startswith("/venues/") for card in cards)
    unknown = [card for card in cards if card.code == "pilot-01"]
    assert [card.status.state for card in unknown] == ["unknown"]
    assert number <= 10  # five vocabularies, which stay cached, among them


def test_cards_without_a_time_show_the_status_of_now(request_: Any) -> None:
    question, locale = Question(), Locale.get_default()
    found = selectors.find(question, locale=locale, first=0, count=50)
    cards = {card.code: card for card in cards_of(found, question, locale=locale, request=request_)}
    assert cards["haijiao"].status.label == "开放至 17:00"
    assert cards["haijiao"].status.last_entry_label == "16:30 停止入馆"
    assert cards["qz-museum"].status.state == "closed"
    few = selectors.find(question, locale=locale, first=0, count=2)
    small = queries_of(lambda: cards_of(few, question, locale=locale, request=request_))
    assert queries_of(lambda: cards_of(found, question, locale=locale, request=request_)) <= small + 2


def test_pages_in_english_speak_english(request_: Any) -> None:
    english = Locale.objects.get(language_code="en")
    source = VenuePage.objects.get(code="qz-museum")
    page = source.copy_for_translation(english, copy_parents=True)
    page.title, page.hours_source, page.hours_as_of = "Quanzhou Museum", "Quanzhou Evening News", "2025-06-24"
    page.save_revision().publish()
    context = venue_context(VenuePage.objects.get(pk=page.pk), request_)
    assert context["status"].label == "Closed until further notice"
    assert context["card"].title == "Quanzhou Museum"
    assert context["card"].admission_label == "Free"
    assert context["source_line"] == "Quanzhou Evening News, 2025-06-24"
    # The notice itself is not translated: it is named and linked in the source language.
    assert context["status"].because == (
        "By notice: 泉州市博物馆闭馆 (announced on its first day, 24 June 2025)"
    )
    assert context["status"].notice_url == "/venues/notices/closure-2025-qz-museum/"
    notice = OpeningNoticePage.objects.get(slug="closure-2025-qz-museum")
    assert notice_sentence(notice, language="en").startswith(
        "Quanzhou Museum will be closed from 24 June 2025 until further notice."
    )


def test_stale_means_not_checked_for_half_a_year(request_: Any) -> None:
    today = clock.today()
    assert is_stale(None)
    assert is_stale(today - timedelta(days=181))
    assert not is_stale(today - timedelta(days=180))
    assert VenueEntry.objects.exists()


def test_notice_page_tells_what_it_does_and_what_became_of_it(request_: Any) -> None:
    venue = VenuePage.objects.get(code="haijiao")
    first = close(venue, slug="first", first=date(2026, 11, 25), last=date(2026, 11, 30))
    later = close(
        venue,
        slug="later",
        first=date(2026, 11, 20),
        supersedes=first,
        supersedes_how=Supersedes.REPLACES,
    )
    context = notice_context(first, request_)
    assert context["sentence"] == f"因设备检修，{venue.title}2026年11月25日至11月30日暂停开放。"
    assert (context["state"], context["announced_label"]) == ("coming", "提前 6 天公告")
    assert context["replaced_by"]["url"] == "/venues/notices/later/"
    assert context["replaced_by"]["text"] == f"自2026年11月20日起由公告《{later.title}》代替"
    assert context["venues"][0]["name"] == venue.title
    assert notice_context(later, request_)["replaces"]["url"] == "/venues/notices/first/"
    assert notice_sentence(first, language="en") == (
        f"{venue.title} will be closed from 25 to 30 November 2026. Reason: 设备检修."
    )


def test_withdrawn_notice_says_so(request_: Any) -> None:
    notice = close(VenuePage.objects.get(code="haijiao"), slug="first", first=date(2026, 11, 25))
    notice.withdrawn_at = clock.now()
    notice.save()
    context = notice_context(notice, request_)
    assert (context["state"], context["state_label"]) == ("withdrawn", "已撤回")
    assert context["withdrawn_label"] == "本公告已于2026年11月19日 10:00 撤回"


def test_notices_are_listed_by_what_they_are_now(request_: Any, rf: RequestFactory) -> None:
    index = NoticeIndexPage.objects.get(locale=Locale.get_default())
    close(VenuePage.objects.get(code="haijiao"), slug="coming", first=date(2026, 12, 1))
    groups = {group["label"]: group["notices"] for group in notice_index_context(index, request_)["groups"]}
    assert list(groups) == ["生效中", "即将生效", "已结束"]
    assert [notice.url for notice in groups["即将生效"]] == ["/venues/notices/coming/"]
    number = queries_of(lambda: notice_index_context(index, rf.get("/")))
    close(VenuePage.objects.get(code="lc-library"), slug="other", first=date(2026, 12, 1))
    assert queries_of(lambda: notice_index_context(index, rf.get("/"))) == number


def test_notice_cards_of_nothing_is_nothing(request_: Any) -> None:
    assert notice_cards([], locale=Locale.get_default(), request=request_) == []
