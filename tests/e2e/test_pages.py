"""Every kind of public page arrives whole, from here, fits a phone and can be printed."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.reader import PHONE, SATURDAY_EVENING, listen

PAGES = {
    "home": "/",
    "finder": SATURDAY_EVENING,
    "venue": "/v/qz-library-donghai/",
    "venue without hours": "/v/qz-science/",
    "venue closed for now": "/v/qz-museum/",
    "notices": "/venues/notices/",
    "notice": "/venues/notices/closure-2025-qz-museum/",
    "policies": "/policies/",
    "policy": "/policies/qz-open-sharing/",
    "news": "/news/",
    "departments": "/departments/",
    "department": "/departments/culture/",
    "region": "/regions/350503/",
    "search": "/search/?q=图书馆",
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole_and_comes_from_here(page: Page, site_url: str, name: str) -> None:
    complaints = listen(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{site_url}{PAGES[name]}")
    assert answer is not None
    assert answer.ok
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    # Pictures are loaded when one comes near them.
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    assert page.eval_on_selector_all("img", "all => all.filter((each) => !each.naturalWidth).length") == 0
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    assert len(page.title()) > len(" - ")
    expect(page.locator("a.skip-link")).to_have_attribute("href", "#main")
    expect(page.locator("main#main")).to_have_count(1)
    assert page.locator("[style], style, script:not([src]):not([type$='json'])").count() == 0
    assert [each for each in asked if not each.startswith((site_url, "data:"))] == []
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_phone(
    browser: Browser, browser_context_args: dict[str, Any], site_url: str, name: str
) -> None:
    with browser.new_context(**{**browser_context_args, **PHONE, "is_mobile": False}) as phone:
        page = phone.new_page()
        page.goto(f"{site_url}{PAGES[name]}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["viewport"]["width"]


def test_whatever_is_asked_fits_a_phone(
    browser: Browser, browser_context_args: dict[str, Any], site_url: str
) -> None:
    word = "x" * 100
    with browser.new_context(**{**browser_context_args, **PHONE, "is_mobile": False}) as phone:
        page = phone.new_page()
        for path in (
            f"/policies/?q={word}",
            f"/policies/catalogue/?topic={word}",
            f"/news/?topic={word}",
            f"/venues/?q={word}",
            f"/search/?q={word}",
        ):
            page.goto(f"{site_url}{path}")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["viewport"]["width"], path


def test_a_catalogue_on_a_phone_says_nothing_of_what_is_not_known(
    browser: Browser, browser_context_args: dict[str, Any], site_url: str
) -> None:
    with browser.new_context(**{**browser_context_args, **PHONE}) as phone:
        page = phone.new_page()
        page.goto(f"{site_url}/policies/catalogue/")
        row = page.get_by_role("row").filter(has_text="博物馆条例")
        expect(row).to_contain_text("国务院")
        expect(row.get_by_role("cell", name="—")).to_have_count(0)


def test_what_is_not_there_says_so(page: Page, site_url: str) -> None:
    for path in ("/venues/nowhere/", "/v/nowhere/", "/regions/999999/", "/en/", "/zh-hant/venues/"):
        answer = page.goto(f"{site_url}{path}")
        assert answer is not None
        assert answer.status == 404, path
        expect(page.locator("h1")).to_have_count(1)


def test_a_venue_prints_with_its_hours(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/v/qz-library-donghai/")
    page.emulate_media(media="print")
    expect(page.get_by_role("row").filter(has_text="周六").first).to_contain_text("09:00—18:00")
    expect(page.get_by_role("row").filter(has_text="周六").first).to_be_visible()
    expect(page.locator("address").first).to_be_visible()
    expect(page.get_by_role("navigation", name="频道")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_finder_prints_its_answer_without_its_controls(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}{SATURDAY_EVENING}")
    page.emulate_media(media="print")
    expect(page.locator("[data-code]").first).to_be_visible()
    expect(page.locator(".facets")).to_be_hidden()
    expect(page.locator(".time-form")).to_be_hidden()


def test_an_open_venue_says_how_much_time_is_left(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/v/haijiao/")
    # 10:00 until 17:00; the page itself states the hour, the script adds what remains.
    expect(page.locator("[data-live=status]")).to_contain_text("17:00")
    expect(page.locator("[data-live=status]")).to_contain_text("7小时")
