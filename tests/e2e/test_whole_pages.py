"""Every public page arrives whole: nothing refused, nothing broken, nothing from elsewhere."""

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("path", ["/", "/venues/", "/policies/", "/news/", "/departments/"])
def test_page_is_whole_and_comes_from_here(page: Page, site_url: str, path: str) -> None:
    complaints: list[str] = []
    # The console also tells what the content security policy refused.
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    page.on(
        "request",
        lambda request: (
            complaints.append(request.url) if not request.url.startswith((site_url, "data:")) else None
        ),
    )
    page.goto(f"{site_url}{path}", wait_until="networkidle")
    expect(page.locator("h1")).to_have_count(1)
    assert complaints == []
