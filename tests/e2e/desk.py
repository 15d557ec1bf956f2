"""What an editor does at the desk: Wagtail's admin as each of them sees it."""

import re

from playwright.sync_api import Locator, Page, expect

from demo.loader import PASSWORD


def sign_in(page: Page, site_url: str, email: str) -> None:
    """Sign in with a demonstration account."""
    page.goto(f"{site_url}/admin/")
    page.locator("[name=username]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/admin/")


def open_explorer(page: Page, site_url: str) -> None:
    """Show the pages of one's own department."""
    page.goto(f"{site_url}/admin/pages/")


def open_form(page: Page, site_url: str, title: str) -> None:
    """Open a page of one's department in its form, as from the list of pages."""
    open_explorer(page, site_url)
    page.get_by_role("main").get_by_role("link", name=title, exact=True).first.click()
    expect(page.locator("[name=title]")).to_have_value(title)


def start_notice(page: Page, site_url: str) -> None:
    """Open the form of a new opening notice in one's department."""
    open_explorer(page, site_url)
    page.get_by_role("main").locator("a[href$='/add_subpage/']").first.click()
    page.get_by_role("main").get_by_role("link", name="开放公告", exact=True).click()


def tick_venue(page: Page, title: str) -> None:
    """Tick a venue of one's department in the form of a notice."""
    page.locator("[data-venue-picker]").get_by_role("checkbox", name=re.compile(re.escape(title))).check()


def close_area(page: Page, area: str, first: str, last: str) -> None:
    """Fill in that an area ("" is the whole venue) is closed from ``first`` to ``last`` (ISO dates)."""
    effect = page.locator("[data-editor=effects] .hours-effect").first
    effect.locator("select").first.select_option("close")
    effect.locator("select").nth(1).select_option(area)
    days = effect.locator("input[type=date]")
    days.first.fill(first)
    days.nth(1).fill(last)


def press(page: Page, label: str) -> None:
    """Press the form's action that begins with ``label``; all but the first are in the menu beside it."""
    _action(page, page.locator("footer").get_by_role("button", name=re.compile(f"^{label}")).first).click()


def withdraw(page: Page) -> None:
    """Withdraw the notice that is open in its form, and confirm it."""
    _action(page, page.locator("footer a[href$='/withdraw/']")).click()
    page.locator("form[action$='/withdraw/'] button[type=submit]").click()


def _action(page: Page, action: Locator) -> Locator:
    if not action.is_visible():
        page.locator("footer").get_by_role("button", name="更多动作").click()
    return action


def message(page: Page) -> Locator:
    """Return what the admin says at the top after an action."""
    return page.locator(".messages")


def number_of(page: Page) -> int:
    """Return the number of the page that is open in its form."""
    return int(re.findall(r"/pages/(\d+)/edit/", page.url)[0])


def errors(page: Page, name: str) -> Locator:
    """Return the messages at a field of the form."""
    return page.locator(f"[data-contentpath={name}] .w-field__errors").first


def choose_page(page: Page, name: str, title: str) -> None:
    """Choose a page for a field in Wagtail's dialogue, by searching for its title; its panel is unfolded first."""
    field = page.locator(f"[data-contentpath={name}]")
    if not field.is_visible():
        page.locator("section.w-panel").filter(has=field).locator("[data-panel-toggle]").first.click()
    field.locator("[data-chooser-action-choose]").locator("visible=true").click()
    dialogue = page.locator(".modal-content")
    dialogue.locator("[name=q]").fill(title)
    dialogue.get_by_role("link", name=title).click()
    expect(field).to_contain_text(title)
