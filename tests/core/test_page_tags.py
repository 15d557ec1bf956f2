"""Which tags of 国办发〔2017〕47号 stand on a page, and what each says."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale, Page

from home.models import HomePage
from news.models import NewsIndexPage
from openness.core.models import SiteIdentity
from openness.core.page_tags import ColumnType
from policies.models import PolicyIndexPage
from tests.factories.media import ImageFactory
from tests.factories.pages import NewsPageFactory, PolicyPageFactory, VenuePageFactory
from venues.models import VenueIndexPage, VenuePhoto

# The vocabulary of the annex, as it was read.
VOCABULARY = (
    *("首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录"),
    *("信息公开年报", "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务"),
    *("咨询投诉", "征集调查", "在线访谈"),
)


@pytest.fixture
def city(small_city: HomePage, settings: Any, tmp_path: Any) -> HomePage:
    settings.MEDIA_ROOT = tmp_path
    return small_city


def tags(client: Client, url: str, status: int = 200) -> dict[str, str]:
    response = client.get(url)
    assert response.status_code == status
    head = BeautifulSoup(response.content, "html.parser").head
    found = [
        (tag.get("name") or tag["property"], tag["content"])
        for tag in head.select("meta[name], meta[property]")
    ]
    assert len(dict(found)) == len(found)
    return dict(found)


def test_the_vocabulary_is_that_of_the_annex() -> None:
    assert [each.value for each in ColumnType] == list(VOCABULARY)


def test_a_content_page_repeats_its_column(city: HomePage, client: Client) -> None:
    page = PolicyPageFactory()
    said = tags(client, page.get_url())
    assert (said["ColumnName"], said["ColumnType"]) == ("政策文件", "政策文件")
    assert said["ColumnKeywords"] == "政策文件,泉州市"
    assert said["ColumnDescription"] == "什么时候、哪里、对谁开放，一处说清"
    assert said["Url"] == page.get_full_url()


@pytest.mark.parametrize("path", ["/search/?q=草庵", "/regions/350500/", "/sitemap/"])
def test_what_is_no_page_carries_the_tags_of_the_site_only(city: HomePage, client: Client, path: str) -> None:
    said = tags(client, path)
    assert (said["SiteName"], said["SiteDomain"]) == ("泉州市公共文化开放", "testserver")
    assert not {"ColumnType", "ArticleTitle", "Url", "og:title"} & set(said)


def test_a_wrong_address_carries_the_tags_of_the_site_only(city: HomePage, client: Client) -> None:
    assert {"SiteName", "SiteDomain"} <= set(tags(client, "/nowhere-at-all/", 404))


def test_what_is_handed_out_below_a_page_points_to_the_page(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory()
    response = client.get(venue.exit_url("month"))
    said = tags(client, venue.exit_url("month"))
    assert said["Url"] == venue.get_full_url()
    assert b"ld+json" not in response.content


@pytest.mark.parametrize(
    ("column", "name"),
    [
        (PolicyIndexPage, "catalogue"),
        (PolicyIndexPage, "reports"),
        (NewsIndexPage, "activities"),
        (VenueIndexPage, "benefits"),
    ],
    ids=["catalogue", "reports", "activities", "benefits"],
)
def test_what_is_found_by_itself_names_its_own_address(
    city: HomePage, client: Client, settings: Any, column: Any, name: str
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = column.objects.get(locale=city.locale)
    address = f"{page.get_full_url()}{name}/"
    # Whichever host answers, and whatever is asked.
    response = client.get(f"{page.exit_url(name)}?page=1", headers={"host": "mirror.example"})
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("link[rel=canonical]")["href"] == address
    said = tags(client, page.exit_url(name))
    assert (said["Url"], said["og:url"]) == (address, address)
    assert said["og:title"] == soup.h1.get_text() != page.title
    assert soup.title.get_text().startswith(soup.h1.get_text())


def test_the_languages_of_what_is_handed_out_below_a_page_are_its_own(city: HomePage, client: Client) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    library = PolicyIndexPage.objects.get(locale=city.locale)
    if not library.get_translation_or_none(english):
        library.copy_for_translation(english, copy_parents=True)
    for page in Page.objects.filter(locale=english, live=False).specific():
        page.save_revision().publish()
    soup = BeautifulSoup(client.get("/policies/catalogue/").content, "html.parser")
    links = {each["hreflang"]: each["href"] for each in soup.select("link[rel=alternate][hreflang]")}
    assert links["en"] == "http://testserver/en/policies/catalogue/"
    assert client.get(links["en"]).status_code == 200
    assert links["zh-hans"] == links["x-default"] == "http://testserver/policies/catalogue/"


def test_the_code_of_the_site_is_printed_once_it_is_known(city: HomePage, client: Client) -> None:
    assert "SiteIDCode" not in tags(client, "/")
    SiteIdentity.objects.update(site_id_code="3505000001", organiser="泉州市文旅局")
    assert tags(client, "/")["SiteIDCode"] == "3505000001"
    assert tags(client, PolicyPageFactory(source="").get_url())["ContentSource"] == "泉州市文旅局"


def test_the_minute_of_publication_is_the_citys(city: HomePage, client: Client, settings: Any) -> None:
    settings.OPENNESS_FROZEN_NOW = "2026-11-18T23:59:40+00:00"
    assert tags(client, NewsPageFactory().get_url())["PubDate"] == "2026-11-19 07:59"


def test_words_of_editors_cannot_break_out_of_a_tag(city: HomePage, client: Client) -> None:
    page = NewsPageFactory(title='"><script>alert(1)</script>', summary="a & b")
    said = tags(client, page.get_url())
    assert said["ArticleTitle"] == said["og:title"] == page.title
    assert said["Description"] == "a & b"
    assert b"<script>alert" not in client.get(page.get_url()).content


def test_a_picture_is_named_where_a_page_has_one(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory()
    assert "Image" not in tags(client, venue.get_url())
    venue.photos.add(VenuePhoto(image=ImageFactory(), locale=venue.locale))
    venue.save()
    said = tags(client, venue.get_url())
    assert said["Image"] == said["og:image"]
    assert said["Image"].startswith("http://testserver/media/images/")
    assert (said["og:image:width"], said["og:image:alt"]) == ("640", "图书馆正门，门前有台阶和坡道")


def test_a_picture_whose_file_is_gone_is_left_out(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory()
    image = ImageFactory()
    venue.photos.add(VenuePhoto(image=image, locale=venue.locale))
    venue.save()
    image.file.storage.delete(image.file.name)
    assert "og:image" not in tags(client, venue.get_url())
