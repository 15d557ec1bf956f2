"""A citizen looks for somewhere free to go on Saturday evening, and finds exactly what the facts say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.reader import (
    PHONE,
    SATURDAY_EVENING,
    ask_for_saturday_evening,
    card,
    choose_filter,
    codes,
    facts_of_venues,
    groups,
    listen,
)
from tests.engines.web import serving
from tests.facts import (
    FREE_SATURDAY_EVENING,
    FREE_SATURDAY_EVENING_STAYS,
    NOT_FREE_SATURDAY_EVENING,
    OPEN_AT_FROZEN_NOW,
    UNKNOWN_FREE_SATURDAY_EVENING,
)

FENGZE = "350503"


def all_codes(page: Page) -> dict[str, list[str]]:
    """Turn the pages of the finder to the end; return the codes in each group."""
    found: dict[str, list[str]] = {}
    while True:
        for group in groups(page):
            found.setdefault(group, []).extend(codes(page, group))
        following = page.get_by_role("link", name="下一页")
        if not following.count():
            return found
        following.click()


def test_a_citizen_asks_from_the_home_page(page: Page, site_url: str) -> None:
    complaints = listen(page)
    ask_for_saturday_evening(page, site_url)
    found = all_codes(page)
    assert sorted(found["open"]) == sorted(FREE_SATURDAY_EVENING)
    assert not set(found["open"]) & set(NOT_FREE_SATURDAY_EVENING)
    assert sorted(found["unknown"]) == sorted(UNKNOWN_FREE_SATURDAY_EVENING)
    assert list(found) == ["open", "unknown"], "what is not known stands last, and nothing else is listed"
    assert complaints == []


def test_a_card_says_how_long_one_can_stay_and_leads_to_the_venue(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}{SATURDAY_EVENING}")
    for code, (__, minutes) in FREE_SATURDAY_EVENING_STAYS.items():
        expect(card(page, code)).to_contain_text(f"{minutes} 分钟")
    expect(card(page, "qz-library-donghai")).to_contain_text("一楼自习和自助借阅区")
    stays = [FREE_SATURDAY_EVENING_STAYS[code][1] for code in codes(page)]
    assert stays == sorted(stays, reverse=True), "the longest stay first"
    card(page, "qz-library-donghai").get_by_role("link", name="泉州市图书馆").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("泉州市图书馆（东海中心馆）")


def test_an_address_can_be_shared(page: Page, browser: Browser, site_url: str) -> None:
    ask_for_saturday_evening(page, site_url)
    before = codes(page)
    page.reload()
    assert codes(page) == before
    with browser.new_context() as other:
        someone_else = other.new_page()
        someone_else.goto(page.url)
        assert codes(someone_else) == before


def test_filters_narrow_and_can_be_taken_back(page: Page, site_url: str) -> None:
    venues = facts_of_venues()
    page.goto(f"{site_url}{SATURDAY_EVENING}")
    choose_filter(page, "丰泽区")
    assert set(codes(page)) == {
        code for code in FREE_SATURDAY_EVENING if venues[code]["region_code"].startswith(FENGZE)
    }
    page.locator(".active-filters").get_by_role("link", name="丰泽区").click()
    assert set(codes(page)) == set(FREE_SATURDAY_EVENING)
    expect(page.get_by_role("status")).not_to_contain_text("丰泽区")


def test_chips_answer_for_now(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    page.get_by_role("link", name="现在", exact=True).click()
    found = all_codes(page)["open"]
    assert sorted(found) == sorted(OPEN_AT_FROZEN_NOW)
    choose_filter(page, "免费")
    page.get_by_role("link", name="今晚", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("免费")
    assert "haijiao" not in codes(page)
    assert "haixia-track" in codes(page)


def test_an_empty_answer_offers_the_nearest_time(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/venues/?date=2026-11-21&start=03:00&end=04:00&type=museum")
    assert codes(page) == []
    expect(page.get_by_text("最近的开放时段")).to_contain_text("11月21日 周六 09:00")
    page.get_by_role("link", name="查看这些场馆").click()
    assert "haijiao" in codes(page)


@pytest.mark.parametrize(
    "context",
    [{"java_script_enabled": False}, PHONE, {**PHONE, "java_script_enabled": False}],
    ids=["without JavaScript", "phone", "phone without JavaScript"],
)
def test_it_works_everywhere(
    browser: Browser, browser_context_args: dict[str, Any], site_url: str, context: dict[str, Any]
) -> None:
    with browser.new_context(**{**browser_context_args, **context}) as elsewhere:
        page = elsewhere.new_page()
        ask_for_saturday_evening(page, site_url)
        assert sorted(codes(page)) == sorted(FREE_SATURDAY_EVENING)


def test_it_works_by_keyboard_alone(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    form = page.get_by_role("form", name="选择日期和时段")
    _tab_to(page, form.get_by_label("哪一天"))
    page.keyboard.type("11月21日")
    page.keyboard.press("Tab")
    page.keyboard.type("19:00")
    page.keyboard.press("Tab")
    page.keyboard.type("21:00")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/venues/**")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, page.locator(".facets a[href*='admission=free']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**admission=free**")
    assert sorted(codes(page)) == sorted(FREE_SATURDAY_EVENING)


def _tab_to(page: Page, target: Any) -> None:
    """Press Tab until the target has the focus; a reader's patience is limited."""
    for __ in range(60):
        if target.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    outline = target.evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline != "none", "one sees where one is"


BAD_QUESTIONS = {
    "end before start": ("date=2026-11-21&start=21:00&end=19:00", "结束时间早于开始时间"),
    "beyond the horizon": ("date=2036-11-21", "2026-11-19 至"),
    "no date": ("date=Saturday", "日期请写成 2026-11-21 的形式"),
    "no time": ("date=2026-11-21&start=25:99", "时间请写成 19:00 的形式"),
    "unknown region": ("region=999999", "没有“999999”这一项"),
    "unknown type": ("type=palace&when=now", "没有“palace”这一项"),
    "minutes": ("when=now&minutes=-5", "1440"),
    "unknown word": ("when=never", ""),
    "zero byte": ("q=%00", ""),
}


@pytest.mark.parametrize("case", BAD_QUESTIONS)
def test_a_question_that_cannot_be_understood_says_why(page: Page, site_url: str, case: str) -> None:
    query, message = BAD_QUESTIONS[case]
    answer = page.goto(f"{site_url}/venues/?{query}")
    assert answer is not None
    assert answer.status == 400
    alert = page.get_by_role("alert")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text(message)
    assert groups(page) == []


def test_what_was_typed_stays(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/venues/?date=2026-11-21&start=21:00&end=19:00&admission=free&q=图书馆")
    form = page.get_by_role("form", name="选择日期和时段")
    expect(form.get_by_label("哪一天")).to_have_value("2026-11-21")
    expect(form.get_by_label("从", exact=True)).to_have_value("21:00")
    expect(form.get_by_label("到", exact=True)).to_have_value("19:00")
    form.get_by_label("从", exact=True).select_option("17:00")
    form.get_by_role("button", name="查开放场馆").click()
    expect(page.get_by_role("status")).to_contain_text("免费")
    expect(page.get_by_role("status")).to_contain_text("图书馆")
    assert "qz-library-donghai" in codes(page)


def test_an_address_beyond_the_last_page_shows_the_last(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}{SATURDAY_EVENING}&page=900")
    assert codes(page, "unknown")


@pytest.fixture(scope="module")
def prefixed_url(city_folder: Path) -> Iterator[str]:
    """Serve the city under a path of a larger site. It is only read, from the folder itself."""
    with serving(city_folder, prefix="/kfwh") as url:
        yield url


def test_it_works_under_a_path_of_a_larger_site(page: Page, prefixed_url: str) -> None:
    complaints = listen(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask_for_saturday_evening(page, prefixed_url)
    assert sorted(codes(page)) == sorted(FREE_SATURDAY_EVENING)
    card(page, "qz-library-donghai").get_by_role("link", name="泉州市图书馆").click()
    page.wait_for_load_state("networkidle")
    page.locator(".photo-list img, main img").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    addresses = page.eval_on_selector_all(
        "[href], [src], [action]",
        "all => all.flatMap((each) => ['href', 'src', 'action'].map((name) => each.getAttribute(name) ?? ''))",
    )
    assert [each for each in addresses if each.startswith("/") and not each.startswith("/kfwh/")] == []
    assert [each for each in asked if not each.startswith((prefixed_url, "data:"))] == []
    page.goto(f"{prefixed_url}/v/haijiao/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("泉州海外交通史博物馆")
    page.goto(f"{prefixed_url}/admin/")
    expect(page.locator("[name=username]")).to_be_visible()
    assert complaints == []
