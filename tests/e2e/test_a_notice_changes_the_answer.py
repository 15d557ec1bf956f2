"""A bureau closes a part of a venue by a notice, readers see it at once, and the notice is withdrawn again."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import desk
from tests.e2e.reader import SATURDAY_EVENING, card, codes
from tests.facts import FREE_SATURDAY_EVENING

PUBLISHER = "culture-publisher@demo.example"
EDITOR = "culture-editor@demo.example"
STRANGER = "union-editor@demo.example"
CITY_LIBRARY = "泉州市图书馆（东海中心馆）"
READING_ROOM = "百姓书房·梨园阅读点"


@pytest.fixture
def person(
    browser: Browser, browser_context_args: dict[str, Any], own_site_url: str
) -> Iterator[Callable[[str], Page]]:
    """Return a function that signs somebody in, in a browser of their own."""
    contexts = []

    def sign_in(email: str) -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        page = contexts[-1].new_page()
        desk.sign_in(page, own_site_url, email)
        return page

    yield sign_in
    for context in contexts:
        context.close()


def free_on_saturday_evening(page: Page, site_url: str) -> set[str]:
    """Ask the finder, as a reader."""
    page.goto(f"{site_url}{SATURDAY_EVENING}")
    return set(codes(page))


def open_venue(page: Page, site_url: str, code: str) -> None:
    """Open a venue's public page by the address on its door."""
    page.goto(f"{site_url}/v/{code}/")


def test_a_closed_area_leaves_the_answer_and_returns(
    page: Page, own_site_url: str, person: Callable[[str], Page]
) -> None:
    assert free_on_saturday_evening(page, own_site_url) == set(FREE_SATURDAY_EVENING)

    publisher = person(PUBLISHER)
    desk.start_notice(publisher, own_site_url)
    publisher.locator("[name=title]").fill("一楼自习区设备检修")
    desk.tick_venue(publisher, CITY_LIBRARY)
    desk.close_area(publisher, "ground-floor", "2026-11-20", "2026-11-22")
    publisher.locator("[name=reason]").fill("设备检修")
    preview = publisher.locator("[data-notice-preview]")
    expect(preview).to_contain_text("一楼自习和自助借阅区2026年11月20日至11月22日暂停开放")
    expect(preview).to_contain_text("11-21")

    # A closure that begins within seven days has to say why; what was entered stays.
    desk.press(publisher, "发布")
    expect(desk.errors(publisher, "urgent_kind")).to_contain_text("公共文化体育设施条例")
    expect(publisher.locator("[name=title]")).to_have_value("一楼自习区设备检修")
    expect(publisher.locator("[data-editor=effects] select").nth(1)).to_have_value("ground-floor")
    assert free_on_saturday_evening(page, own_site_url) == set(FREE_SATURDAY_EVENING)
    publisher.locator("[name=urgent_kind]").select_option("force_majeure")
    publisher.locator("[name=urgent_reason]").fill("水管破裂")
    desk.press(publisher, "发布")
    expect(desk.message(publisher)).to_contain_text("一楼自习区设备检修")

    others = set(FREE_SATURDAY_EVENING) - {"qz-library-donghai"}
    assert free_on_saturday_evening(page, own_site_url) == others

    open_venue(page, own_site_url, "qz-library-donghai")
    differing = page.get_by_role("row").filter(has_text="11月20日").filter(has_text="闭馆").last
    expect(differing).to_contain_text("一楼自习区设备检修")
    differing.get_by_role("link", name="一楼自习区设备检修").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("一楼自习区设备检修")
    expect(page.get_by_role("main")).to_contain_text(
        f"因设备检修，{CITY_LIBRARY}一楼自习和自助借阅区2026年11月20日至11月22日暂停开放。"
    )
    expect(page.get_by_role("main")).to_contain_text("水管破裂")
    notice_url = page.url

    desk.open_form(publisher, own_site_url, "一楼自习区设备检修")
    desk.withdraw(publisher)
    expect(desk.message(publisher)).to_contain_text("一楼自习区设备检修")
    assert free_on_saturday_evening(page, own_site_url) == set(FREE_SATURDAY_EVENING)
    open_venue(page, own_site_url, "qz-library-donghai")
    expect(page.get_by_role("main")).not_to_contain_text("水管破裂")
    expect(page.get_by_role("row").filter(has_text="11月21日").filter(has_text="闭馆")).to_have_count(0)
    # What was public stays readable, and says what became of it.
    page.goto(notice_url)
    expect(page.get_by_role("main")).to_contain_text("撤")


def test_an_editors_notice_waits_for_the_publisher(
    page: Page, own_site_url: str, person: Callable[[str], Page]
) -> None:
    editor = person(EDITOR)
    desk.start_notice(editor, own_site_url)
    editor.locator("[name=title]").fill("梨园阅读点盘点")
    desk.tick_venue(editor, READING_ROOM)
    desk.close_area(editor, "", "2026-11-21", "2026-11-21")
    editor.locator("[name=reason]").fill("年度盘点")
    editor.locator("[name=urgent_kind]").select_option("urgent")
    editor.locator("[name=urgent_reason]").fill("系统升级提前")
    expect(editor.locator("footer button[name=action-publish]")).to_have_count(0)
    desk.press(editor, "提交给")
    expect(desk.message(editor)).to_contain_text("梨园阅读点盘点")
    assert "baixing-liyuan" in free_on_saturday_evening(page, own_site_url)

    publisher = person(PUBLISHER)
    publisher.get_by_role("main").get_by_role("link", name="梨园阅读点盘点").first.click()
    expect(publisher.locator("[name=reason]")).to_have_value("年度盘点")
    desk.press(publisher, "批准")
    expect(desk.message(publisher)).to_contain_text("梨园阅读点盘点")
    assert "baixing-liyuan" not in free_on_saturday_evening(page, own_site_url)


def test_another_departments_editor_cannot_touch_it(
    page: Page, own_site_url: str, person: Callable[[str], Page]
) -> None:
    publisher, stranger = person(PUBLISHER), person(STRANGER)
    desk.open_form(publisher, own_site_url, CITY_LIBRARY)
    number = desk.number_of(publisher)
    department = publisher.goto(f"{own_site_url}/admin/pages/").url

    # Nothing of the other department is to be seen.
    desk.open_explorer(stranger, own_site_url)
    expect(stranger.get_by_role("main")).to_contain_text("泉州东海工人文化宫")
    expect(stranger.locator("body")).not_to_contain_text("泉州市文化广电和旅游局")
    stranger.goto(department)
    expect(stranger.locator("body")).not_to_contain_text(CITY_LIBRARY)
    children = stranger.request.get(
        f"{own_site_url}/admin/api/main/pages/?child_of={department.rstrip('/').split('/')[-1]}&for_explorer=1"
    )
    assert CITY_LIBRARY not in children.text()
    stranger.goto(f"{own_site_url}/admin/pages/search/?q=泉州")
    expect(stranger.get_by_role("main")).to_contain_text("工人文化宫")
    expect(stranger.get_by_role("main")).not_to_contain_text(CITY_LIBRARY)

    # Neither the form nor what the form posts to.
    for path in ("edit/", "delete/", "unpublish/", "history/", "copy/", "add_subpage/"):
        stranger.goto(f"{own_site_url}/admin/pages/{number}/{path}")
        expect(stranger.locator("[name=title], [name=effects]")).to_have_count(0)
        assert not stranger.url.endswith(path)
    desk.open_form(stranger, own_site_url, "泉州东海工人文化宫")
    cookies = {cookie["name"]: cookie["value"] for cookie in stranger.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": own_site_url}
    posts = {
        f"pages/{number}/edit/": {"title": "改名", "slug": "gai-ming", "action-publish": "action-publish"},
        f"pages/{number}/unpublish/": {},
        f"pages/{number}/delete/": {},
        "venues/hours/preview/": {"page": str(number), "hours": "[]"},
        "venues/notices/preview/": {"page": str(number), "effects": "[]"},
    }
    for path, form in posts.items():
        answer = stranger.request.post(
            f"{own_site_url}/admin/{path}", form=form, headers=headers, max_redirects=0
        )
        assert answer.status == 403 or answer.headers["location"] == "/admin/", path
    # It is the rights that are missing, and not a token: on a page of one's own the same request is answered.
    own = {"page": str(desk.number_of(stranger)), "hours": "[]"}
    answer = stranger.request.post(f"{own_site_url}/admin/venues/hours/preview/", form=own, headers=headers)
    assert answer.ok
    open_venue(page, own_site_url, "qz-library-donghai")
    expect(page.get_by_role("heading", level=1)).to_have_text(CITY_LIBRARY)

    # Nor may a notice of one's own name a venue of others.
    desk.start_notice(stranger, own_site_url)
    expect(stranger.locator("[data-venue-picker]")).not_to_contain_text(CITY_LIBRARY)
    stranger.locator("[name=title]").fill("工人文化宫公告")
    desk.tick_venue(stranger, "泉州东海工人文化宫")
    stranger.locator("[name=venues]:checked").evaluate("(box, number) => (box.value = number)", number)
    desk.close_area(stranger, "", "2026-12-01", "2026-12-31")
    stranger.locator("[name=reason]").fill("维修")
    desk.press(stranger, "提交给")
    expect(desk.errors(stranger, "venues")).to_contain_text(str(number))
    expect(stranger.locator("[name=reason]")).to_have_value("维修")
    page.goto(f"{own_site_url}/venues/?date=2026-12-05&start=19:00&end=21:00&admission=free")
    expect(card(page, "qz-library-donghai")).to_be_visible()
