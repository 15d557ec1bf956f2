"""What a reader does and sees."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.engines.web import ROOT

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SATURDAY_EVENING = "/venues/?date=2026-11-21&start=19:00&end=21:00&admission=free"


def listen(page: Page) -> list[str]:
    """Return a list that fills with whatever the page's console, network and security policy complain of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    # What the page itself breaks off, such as a preview that has been overtaken, is no failure.
    page.on(
        "requestfailed",
        lambda request: complaints.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
    )
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " (event) => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"
    )
    return complaints


def codes(page: Page, group: str = "open") -> list[str]:
    """Return the codes of the venues that the finder lists in a group, in its order."""
    cards = page.locator(f"section[aria-labelledby=group-{group}] [data-code]")
    return [card.get_attribute("data-code") or "" for card in cards.all()]


def groups(page: Page) -> list[str]:
    """Return the codes of the finder's groups from top to bottom."""
    heads = page.locator("section[aria-labelledby^=group-]").all()
    return [(head.get_attribute("aria-labelledby") or "").removeprefix("group-") for head in heads]


def card(page: Page, code: str) -> Locator:
    """Return the card of a venue."""
    return page.locator(f"[data-code={code}]")


def choose_filter(page: Page, name: str) -> None:
    """Follow the filter of that name; on a phone the filters are folded away first."""
    fold = page.locator(".facets__fold > summary")
    option = page.locator(".facets").get_by_role("link", name=re.compile(f"^{name}"))
    if fold.is_visible() and not option.is_visible():
        fold.click()
    option.click()


def ask_for_saturday_evening(page: Page, site_url: str) -> None:
    """Go from the home page to the free venues on Saturday 21 November, 19:00-21:00."""
    page.goto(f"{site_url}/")
    form = page.get_by_role("form", name="选择日期和时段")
    form.get_by_label("哪一天").select_option("2026-11-21")
    form.get_by_label("从", exact=True).select_option("19:00")
    form.get_by_label("到", exact=True).select_option("21:00")
    form.get_by_role("button", name="查开放场馆").click()
    choose_filter(page, "免费")
    expect(page.get_by_role("status")).to_contain_text("11月21日 周六 19:00")
    expect(page.get_by_role("status")).to_contain_text("免费")


def facts_of_venues() -> dict[str, dict]:
    """Return the facts of the demo venues by code."""
    path: Path = ROOT / "demo" / "quanzhou" / "venues.json"
    return {row["code"]: row for row in json.loads(path.read_text(encoding="utf-8"))["venues"]}
