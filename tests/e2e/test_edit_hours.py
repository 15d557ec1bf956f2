"""An editor changes the hours of a week, sees what comes of it before saving, and so do readers afterwards.

Each test has a weekday of its own. The clock says Thursday: the days before it stay as they were.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import desk
from tests.e2e.reader import codes, listen

ART_CENTRE = "泉州市艺术馆（文化馆）"
FRIDAY_EVENING = "/venues/?date=2026-11-27&start=19:00&end=21:00"


@pytest.fixture
def form(page: Page, own_site_url: str) -> Page:
    """Return the form of the art centre, as its bureau's publisher has it before them."""
    desk.sign_in(page, own_site_url, "culture-publisher@demo.example")
    desk.open_form(page, own_site_url, ART_CENTRE)
    return page


def hours_of(form: Page, weekday: str) -> Locator:
    """Return the input with the hours of a weekday."""
    return form.get_by_role("textbox", name=re.compile(f"^{weekday}")).first


# The sums of the week stand above the days.
DAYS = "[data-preview-result] .hours-days:not(.hours-sums) tbody tr"


def day_in_preview(form: Page, day: str) -> Locator:
    """Return the line of a day (month-day) in the preview."""
    return form.locator(DAYS).filter(has=form.get_by_role("rowheader", name=day))


def test_hours_are_previewed_saved_and_public(form: Page, own_site_url: str) -> None:
    complaints = listen(form)
    expect(form.locator(DAYS)).to_have_count(28)
    expect(day_in_preview(form, "11-27")).to_contain_text("15:00—18:00")
    hours_of(form, "星期五").fill("8:00-12:00, 15:00-21:00")
    expect(day_in_preview(form, "11-27")).to_contain_text("08:00—12:00、15:00—21:00")
    expect(day_in_preview(form, "11-26")).to_contain_text("15:00—18:00")

    desk.press(form, "发布")
    expect(desk.message(form)).to_contain_text(ART_CENTRE)
    form.goto(f"{own_site_url}/v/qz-art-centre/")
    friday = form.get_by_role("row").filter(has_text="周五").first
    expect(friday).to_contain_text("08:00—12:00、15:00—21:00")
    expect(form.get_by_role("row").filter(has_text="周四").first).to_contain_text("15:00—18:00")
    form.goto(f"{own_site_url}{FRIDAY_EVENING}")
    assert "qz-art-centre" in codes(form)
    assert complaints == [], "neither the desk nor a public page with an editor's bar on it"


@pytest.mark.parametrize(
    ("typed", "message"),
    [("8:00-12:00, 11:00-18:00", "11:00–18:00"), ("9 to 5", "9 to 5"), ("18:00-8:00", "")],
    ids=["overlap", "no hours", "end before start"],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(
    form: Page, own_site_url: str, typed: str, message: str
) -> None:
    hours_of(form, "星期日").fill(typed)
    desk.press(form, "发布")
    expect(desk.errors(form, "hours")).to_contain_text(re.compile(f"{message}.*\\S", re.DOTALL))
    expect(hours_of(form, "星期日")).to_have_value(typed)
    form.goto(f"{own_site_url}/v/qz-art-centre/")
    expect(form.get_by_role("row").filter(has_text="周日").first).to_contain_text("19:00—21:30")


def test_a_closed_day_is_ticked(form: Page, own_site_url: str) -> None:
    row = form.locator(".hours-row").filter(has=hours_of(form, "星期六"))
    row.get_by_role("checkbox").check()
    expect(day_in_preview(form, "11-28")).to_contain_text("闭馆")
    desk.press(form, "发布")
    expect(desk.message(form)).to_contain_text(ART_CENTRE)
    form.goto(f"{own_site_url}/v/qz-art-centre/")
    expect(form.get_by_role("row").filter(has_text="周六").first).to_contain_text("闭馆")
