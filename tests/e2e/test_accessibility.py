"""axe finds nothing to complain of, on a wide screen and on a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.test_pages import PAGES

WIDTHS = {"desktop": 1280, "phone": 390}
AXE = Axe()
# WCAG 2.2 AA, and what axe counts as good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DAILY = ("home", "finder", "venue", "notice", "department", "region", "policy")


def violations(page: Page) -> list[str]:
    """Return what axe finds: the rule, and the elements that break it."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def look(browser: Browser, arguments: dict[str, Any], address: str, *, width: int, scheme: str) -> list[str]:
    """Return what axe finds on a page at a width, in light or dark colours."""
    size = {"width": width, "height": 900}
    with browser.new_context(**{**arguments, "viewport": size, "color_scheme": scheme}) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        return violations(page)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", DAILY)
def test_anybody_can_use_it(
    browser: Browser, browser_context_args: dict[str, Any], site_url: str, name: str, width: int
) -> None:
    address = f"{site_url}{PAGES[name]}"
    assert look(browser, browser_context_args, address, width=width, scheme="light") == []


@pytest.mark.deep
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_anybody_can_use_all_of_it(
    browser: Browser, browser_context_args: dict[str, Any], site_url: str, name: str, width: int, scheme: str
) -> None:
    address = f"{site_url}{PAGES[name]}"
    assert look(browser, browser_context_args, address, width=width, scheme=scheme) == []
