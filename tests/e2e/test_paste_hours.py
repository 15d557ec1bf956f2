"""An editor pastes the hours as the venue writes them, sees what was understood, and lets the form take it.

Locators go by what the forms are made of, and by texts of the city's own language.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.e2e import desk
from tests.e2e.reader import listen

ART_CENTRE = "泉州市艺术馆（文化馆）"
TEXT = "夏季9:00-18:00，冬季9:00-17:00，周一闭馆。咨询前台。一楼自习区 8:00-22:00"
SHEET = "名称,开放时间\n" + ART_CENTRE + ",周二至周日 9:00-17:00，周一闭馆\n新馆,咨询前台\n"


@pytest.fixture
def form(page: Page, own_site_url: str) -> Page:
    """Return the form of the art centre, as its bureau's publisher has it before them."""
    desk.sign_in(page, own_site_url, "culture-publisher@demo.example")
    desk.open_form(page, own_site_url, ART_CENTRE)
    return page


def paste(form: Page, text: str) -> Locator:
    """Paste a text and let it be read; return what was understood."""
    box = form.locator("[data-paste]")
    if not box.locator("[data-paste-text]").is_visible():
        box.locator("summary").first.click()
    box.locator("[data-paste-text]").fill(text)
    box.locator("[data-paste-read]").click()
    expect(box.locator(".confidence, .hours-problem").first).to_be_visible()
    return box.locator("[data-paste-result]")


def day_in_preview(form: Page, day: str) -> Locator:
    """Return the line of a day (month-day) in the form's own preview."""
    return form.locator("[data-preview-result] tr").filter(has=form.get_by_role("rowheader", name=day))


def test_a_pasted_text_is_seen_taken_and_saved(form: Page) -> None:
    complaints = listen(form)
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    form.on("dialog", accept)
    result = paste(form, TEXT)
    expect(result).to_be_focused()
    expect(result.locator("mark")).to_contain_text("咨询前台")
    expect(result.locator(".ordinary-week")).to_have_count(3)
    expect(day_in_preview(form, "11-24")).to_contain_text("15:00—18:00")

    result.locator("[data-paste-accept]").click()
    expect(day_in_preview(form, "11-24")).to_contain_text("09:00—17:00")
    expect(day_in_preview(form, "11-23")).to_contain_text("闭馆")
    assert len(asked) == 1, "hours that are there are replaced only when that is confirmed"
    expect(form.locator("[name=areas-0-name]")).to_have_value("一楼自习区")
    expect(form.locator("[data-editor=hours] .hours-card")).to_have_count(2)

    desk.press(form, "保存草稿")
    expect(desk.message(form)).to_contain_text(ART_CENTRE)
    expect(form.locator("[name=areas-0-key]")).to_have_value("area-1")
    expect(day_in_preview(form, "11-24")).to_contain_text("08:00—22:00")
    assert complaints == []


def test_the_keyboard_is_enough_and_nothing_is_taken_when_it_is_refused(form: Page) -> None:
    form.on("dialog", lambda dialog: dialog.dismiss())
    before = form.locator("textarea[name=hours]").input_value()
    box = form.locator("[data-paste]")
    box.locator("summary").first.focus()
    form.keyboard.press("Enter")
    form.keyboard.press("Tab")
    expect(box.locator("[data-paste-text]")).to_be_focused()
    form.keyboard.type("周一至周日 10:00-20:00")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    expect(box.locator("[data-paste-result]")).to_be_focused()
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    expect(box.locator("[data-paste-accept]")).to_be_visible()
    expect(form.locator("textarea[name=hours]")).to_have_value(before)
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    expect(box.locator("[data-paste-accept]")).to_have_count(0)
    expect(box.locator("[data-paste-text]")).to_be_focused()


def test_the_text_of_a_notice_fills_its_changes(page: Page, own_site_url: str) -> None:
    desk.sign_in(page, own_site_url, "culture-publisher@demo.example")
    desk.start_notice(page, own_site_url)
    result = paste(page, "2026年12月1日至5日暂停开放")
    result.locator("[data-paste-accept]").click()
    effect = page.locator("[data-editor=effects] .hours-effect")
    expect(effect).to_have_count(1)
    expect(effect.locator("input[type=date]").first).to_have_value("2026-12-01")
    expect(effect.locator("input[type=date]").nth(1)).to_have_value("2026-12-05")
    expect(effect.locator("select").first).to_have_value("close")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_spreadsheet_is_read_mended_and_taken(
    page: Page, own_site_url: str, tmp_path: Path, width: int
) -> None:
    complaints = listen(page)
    page.set_viewport_size({"width": width, "height": 900})
    desk.sign_in(page, own_site_url, "culture-publisher@demo.example")
    page.goto(f"{own_site_url}/admin/venues/hours/imports/")
    sheet = tmp_path / f"{width}.csv"
    sheet.write_bytes(SHEET.encode("gb18030"))
    page.locator("[name=file]").set_input_files(sheet)
    page.locator("form[enctype] button[type=submit]").click()
    rows = page.locator(".import-row")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator("mark")).to_contain_text("咨询前台")
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    rows.nth(1).locator("textarea").fill("每天 9:00-21:00")
    rows.nth(1).locator("button[value=read]").click()
    expect(rows.nth(1).locator("mark")).to_have_count(0)
    rows.nth(0).locator("[name=row]").check()
    page.locator("button[value=ticked]").click()
    expect(page.locator(".import-row--done")).to_have_count(1)
    page.reload()
    expect(page.locator(".import-row--done")).to_contain_text(ART_CENTRE)
    assert complaints == []


def test_hours_are_copied_to_another_venue(form: Page, own_site_url: str) -> None:
    number = desk.number_of(form)
    form.goto(f"{own_site_url}/admin/venues/{number}/copy-hours/")
    target = form.get_by_role("listitem").filter(has_text="泉州市美术馆")
    target.get_by_role("checkbox").check()
    form.get_by_role("main").locator("form[method=post] button[type=submit]").click()
    expect(form.locator(".import-row")).to_have_count(1)
    form.locator("button[value=draft]").click()
    expect(form.get_by_role("status").filter(has_text=re.compile("泉州市美术馆"))).to_be_visible()
