"""The page tags of 《政府网站发展指引》 (国办发〔2017〕47号, annex 网页标签规范), made from the page itself.

Three groups: those of the site on every page, those of the column on column pages and what stands in them,
those of the article on content pages. A tag without a value is not printed.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from django.http import HttpRequest

from openness.core.dates import minute_label

if TYPE_CHECKING:
    from openness.core.models import BasePage, SiteIdentity


class ColumnType(StrEnum):
    """What a column tells: the annex's vocabulary, in Chinese whatever the page's language."""

    HOME = "首页"
    OVERVIEW = "概况信息"
    DUTIES = "机构职能"
    LEADERS = "负责人信息"
    ACTIVITY = "工作动态"
    POLICIES = "政策文件"
    DISCLOSURE_GUIDE = "信息公开指南"
    DISCLOSURE_CATALOGUE = "信息公开目录"
    ANNUAL_REPORT = "信息公开年报"
    DISCLOSURE_ON_REQUEST = "依申请公开"
    DATA_RELEASE = "数据发布"
    OPEN_DATA = "数据开放"
    INTERPRETATION = "政策解读"
    RESPONSES = "回应关切"
    SERVICES = "办事服务"
    COMPLAINTS = "咨询投诉"
    CONSULTATION = "征集调查"
    INTERVIEWS = "在线访谈"


def page_tags(
    page: "BasePage | None",
    request: HttpRequest,
    identity: "SiteIdentity",
    *,
    url: str = "",
    image_url: str = "",
) -> Iterator[tuple[str, str]]:
    """Yield name and content of each tag that has a value.

    ``page`` is None for what is no page (search results, a page that was not found): only the site's tags
    hold for it. ``url`` is the full address of what is shown: the page's, or that of a part of it which is
    found by itself. One query for the column of a content page, none that a page's own list had made before.
    """
    tags = list(_of_site(request, identity))
    if page is not None:
        tags += _of_column(page, request, identity)
        tags += [
            ("Keywords", ",".join(page.feed_categories())),
            ("Description", page.search_description or page.summary),
            ("Image", image_url),
            ("Url", url),
        ]
        if not page.is_column:
            tags += _of_article(page, identity)
    yield from ((name, content) for name, content in tags if content)


def _of_site(request: HttpRequest, identity: "SiteIdentity") -> Iterator[tuple[str, str]]:
    yield "SiteName", identity.site_name
    yield "SiteDomain", request.get_host()
    yield "SiteIDCode", identity.site_id_code


def _of_column(page: "BasePage", request: HttpRequest, identity: "SiteIdentity") -> Iterator[tuple[str, str]]:
    """Yield the column's own name and words; a content page repeats those of its column."""
    column = page.column_page(request)
    yield "ColumnName", column.column_name
    yield (
        "ColumnDescription",
        column.search_description or column.summary or identity.tagline or column.column_name,
    )
    yield "ColumnKeywords", ",".join(filter(None, [column.column_name, identity.city_name]))
    yield "ColumnType", page.column_type


def _of_article(page: "BasePage", identity: "SiteIdentity") -> Iterator[tuple[str, str]]:
    yield "ArticleTitle", page.title
    if page.first_public_at:
        yield "PubDate", minute_label(page.first_public_at)
    yield "ContentSource", page.source or identity.organiser or identity.site_name
    yield "Author", getattr(page, "author", "")
