"""A reader follows a notice to the policy it rests on, to its interpretation, its measure, and other venues."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e import desk
from tests.e2e.reader import PHONE, listen

VENUE = "泉州市海峡体育中心田径场"
OTHER = "侨乡体育馆室外场地"
NOTICE = "田径场跑道维护"
POLICY = "泉州市人民政府办公室关于加快推进现代公共文化服务体系共建共享机制建设的实施意见"
MEASURE = "推动机关、单位公共文化设施对外开放"


def publish_notice(page: Page, site_url: str) -> None:
    """Let the sports bureau close its track for a week, resting on the opinion of 2020."""
    desk.sign_in(page, site_url, "sports-publisher@demo.example")
    desk.start_notice(page, site_url)
    page.locator("[name=title]").fill(NOTICE)
    desk.tick_venue(page, VENUE)
    desk.close_area(page, "", "2026-12-07", "2026-12-13")
    page.locator("[name=reason]").fill("跑道维护")
    desk.choose_page(page, "policy", POLICY)
    desk.press(page, "发布")
    expect(desk.message(page)).to_contain_text(NOTICE)


def test_from_a_notice_to_other_venues(browser: Browser, own_site_url: str) -> None:
    publisher = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    publish_notice(publisher.new_page(), own_site_url)
    publisher.close()

    # On a phone, and without any script.
    reader = browser.new_context(locale="zh-CN", java_script_enabled=False, **PHONE)
    page = reader.new_page()
    complaints = listen(page)
    main = page.get_by_role("main")

    page.goto(f"{own_site_url}/v/haixia-track/")
    main.get_by_role("link", name=NOTICE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOTICE)

    main.get_by_role("link", name=POLICY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(POLICY)

    main.get_by_role("link", name=re.compile("解读（演示）")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("解读（演示）")
    expect(main.get_by_role("heading", name="背景依据")).to_be_visible()
    expect(main.get_by_role("link", name=POLICY)).to_be_visible()

    main.locator("a[href$='/measures/']").click()
    measure = main.locator("#m7")
    expect(measure.get_by_role("heading", level=3)).to_contain_text(MEASURE)
    expect(measure).to_contain_text("对外公布其所属文体设施开放信息")
    expect(measure.get_by_role("link", name=VENUE)).to_be_visible()

    measure.get_by_role("link", name=OTHER).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OTHER)
    # And the way back: the venue says which measure it carries out.
    main.get_by_role("link", name=re.compile(MEASURE)).click()
    expect(page).to_have_url(re.compile(r"/measures/#m7$"))
    expect(main.locator("#m7")).to_be_in_viewport()
    assert not complaints
    reader.close()
