"""What a page of each type says to the search, in its row."""

from datetime import date, timedelta
from typing import Any

import pytest
from wagtail.models import Collection, CollectionViewRestriction, Locale

from home.models import HomePage
from news.models import ActivitySession, NewsTopic, NewsVenue
from openness.core import clock
from openness.core.listing import SEARCHED
from openness.core.plain_text import documents_in, text_of
from openness.departments.models import Facility, Region, Topic
from policies.models import AnnualReportPage, PolicyAttachment, PolicyIssuer, PolicyPage, PolicyTopic
from search import entries
from search.facts.rooms import ROOMS
from search.facts.saying import common_lineage
from search.models import SearchEntry
from tests.factories.media import DocumentFactory
from tests.factories.pages import (
    PAGE_FACTORIES,
    ActivityPageFactory,
    InterpretationPageFactory,
    NewsPageFactory,
    OpeningNoticePageFactory,
    PolicyPageFactory,
    VenuePageFactory,
)
from venues.models import NoticeTarget, VenueFacility

CITY, FENGZE = "350500", "350503"


@pytest.fixture(autouse=True)
def city(small_city: HomePage) -> HomePage:
    Region.objects.create(
        code=FENGZE, name="丰泽区", level="county", parent_code=CITY, locale=small_city.locale
    )
    return small_city


def row_of(page: Any) -> SearchEntry:
    return SearchEntry.objects.get(page=page.pk)


def names_of(page: Any) -> list[str]:
    return row_of(page).names.split("\n")


def fengze() -> Region:
    return Region.objects.get(code=FENGZE, locale__language_code="zh-hans")


def test_every_searched_type_has_a_reader() -> None:
    assert {model for model in PAGE_FACTORIES if model.search_decision == SEARCHED} == set(ROOMS)


def test_a_venue_is_found_by_type_place_and_all_it_offers() -> None:
    wifi = Facility.objects.create(code="wifi", name="无线网络", locale=Locale.get_default())
    venue = VenuePageFactory(
        title="丰泽区图书馆",
        address_text="田安北路",
        region=fengze(),
        admission="free",
        booking_rule="凭身份证预约",
    )
    venue.facilities = [VenueFacility(facility=wifi)]
    venue.save()
    row = row_of(venue)
    assert (row.kind, row.language, row.untranslated) == ("venue", "zh-hans", "en zh-hant")
    assert (row.title, row.admission) == ("丰泽区图书馆", "free")
    assert (row.department_code, row.region_lineage) == ("culture", f"/{CITY}/{FENGZE}/")
    assert (row.dated, row.year, row.number, row.validity) == (None, None, "", "")
    assert names_of(venue) == ["市文旅局", "文旅局", "图书馆", "田安北路", venue.code, "丰泽区", "泉州市"]
    assert row.text == "草庵正文\n凭身份证预约\n无线网络"


def test_a_notice_is_found_by_the_venues_it_names_where_they_lie() -> None:
    venues = [VenuePageFactory(title=title, region=fengze()) for title in ("丰泽区图书馆", "丰泽区文化馆")]
    notice = OpeningNoticePageFactory()
    notice.targets = [NoticeTarget(venue=venue) for venue in venues]
    notice.save()
    row = row_of(notice)
    assert (row.kind, row.region_lineage, row.dated) == ("notice", f"/{CITY}/{FENGZE}/", date(2026, 11, 19))
    assert names_of(notice)[2:4] == ["丰泽区图书馆", "丰泽区文化馆"]
    assert row.text == "设备检修\n草庵正文"
    venues[0].unpublish()
    entries.refresh([notice.pk])
    assert "丰泽区图书馆" not in row_of(notice).names


def test_a_document_is_found_by_number_issuers_and_topic_and_says_whether_it_holds() -> None:
    topic = Topic.objects.create(code="culture", name="文化", locale=Locale.get_default())
    policy = PolicyPageFactory(number="泉政办〔2020〕15号", index_number="QZ001-0201-2020-00015")
    policy.issuers = [PolicyIssuer(name="泉州市人民政府办公室")]
    policy.topics = [PolicyTopic(topic=topic)]
    policy.save()
    row = row_of(policy)
    assert (row.kind, row.number, row.validity) == ("policy", "泉政办〔2020〕15号", "in_force")
    assert (row.topic_code, row.dated, row.year) == ("culture", date(2026, 6, 30), 2026)
    assert {"泉州市人民政府办公室", "QZ001-0201-2020-00015"} <= set(names_of(policy))
    explained = InterpretationPageFactory(policy=policy)
    assert policy.title in names_of(explained)


def test_news_lie_where_their_venues_lie() -> None:
    topic = Topic.objects.create(code="reading", name="阅读", locale=Locale.get_default())
    news = NewsPageFactory(author="陈晓明")
    news.venues = [NewsVenue(venue=VenuePageFactory(region=fengze()))]
    news.topics = [NewsTopic(topic=topic)]
    news.save()
    row = row_of(news)
    assert (row.kind, row.region_lineage, row.topic_code) == ("news", f"/{CITY}/{FENGZE}/", "reading")
    assert row.text == "草庵正文\n陈晓明"


def test_an_activity_is_as_recent_as_its_last_session() -> None:
    activity = ActivityPageFactory()
    starts = clock.now() + timedelta(days=40)
    activity.sessions.add(
        ActivitySession(
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            venue=VenuePageFactory(title="市文化馆"),
            locale=activity.locale,
        )
    )
    activity.save()
    row = row_of(activity)
    assert (row.kind, row.admission, row.dated) == ("activity", "free", date(2026, 12, 29))
    assert {"讲座", "府文庙广场", "市文化馆"} <= set(names_of(activity))


def test_an_annual_report_is_of_the_year_it_is_on() -> None:
    report = PAGE_FACTORIES[AnnualReportPage](year=2024)
    assert (row_of(report).kind, row_of(report).year) == ("information", 2024)


def test_files_are_told_with_their_title_on_the_page_if_everybody_may_open_them() -> None:
    open_file = DocumentFactory(title="附件一")
    closed = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    secret = DocumentFactory(title="内部资料", collection=closed)
    scan = DocumentFactory(title="扫描件")
    for each, text in ((open_file, "补助标准表"), (secret, "不公开的内容")):
        type(each).objects.filter(pk=each.pk).update(extracted_text=text)
    policy = PolicyPageFactory(
        body=[("paragraph", f'<p>见<a linktype="document" id="{secret.pk}">附件</a></p>')]
    )
    policy.attachments = [
        PolicyAttachment(document=open_file, title="补助标准"),
        PolicyAttachment(document=scan),
    ]
    policy.save()
    row = row_of(policy)
    assert row.attachments == [{"document": open_file.pk, "title": "补助标准", "text": "补助标准表"}]
    assert set(row.files.values_list("document", flat=True)) == {open_file.pk, secret.pk, scan.pk}
    assert "不公开" not in f"{row.text}{row.names}{row.attachments}"


def test_a_translation_tells_its_own_words_and_the_facts_of_its_source(city: HomePage) -> None:
    Region.objects.create(
        code=FENGZE,
        name="Fengze",
        level="county",
        parent_code=CITY,
        locale=Locale.objects.get(language_code="en"),
    )
    venue = VenuePageFactory(title="丰泽区图书馆", region=fengze(), admission="free")
    english = in_english(venue, title="Fengze Library")
    assert (row_of(venue).untranslated, row_of(english).untranslated) == ("zh-hant", "zh-hant")
    row = row_of(english)
    assert (row.title, row.language, row.admission) == ("Fengze Library", "en", "free")
    assert row.department_code == "culture"
    assert {"Fengze", "图书馆", venue.code} <= set(names_of(english))
    english.unpublish()
    assert row_of(venue).untranslated == "en zh-hant"


def test_a_translation_takes_no_fact_from_a_page_that_is_hidden(city: HomePage) -> None:
    policy = PolicyPageFactory()
    policy.issuers = [PolicyIssuer(name="不公开的单位")]
    policy.save()
    english = in_english(policy, title="A document")
    assert "不公开的单位" in names_of(english)
    policy.unpublish()
    assert "不公开的单位" not in names_of(english)


def in_english(page: Any, **fields: Any) -> Any:
    """Return a live English page of this one; everything above it is live too."""
    locale = Locale.objects.get(language_code="en")
    copy = page.copy_for_translation(locale, copy_parents=True)
    for above in copy.get_ancestors().filter(depth__gt=1, live=False):
        above.specific.save_revision().publish()
    copy = type(page).objects.get(pk=copy.pk)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


def test_the_text_is_the_words_that_readers_see() -> None:
    body = [
        ("section", {"number": "第一章", "title": "总则", "level": "first"}),
        (
            "clause",
            {"number": "第一条", "text": "<p>为了保障&amp;促进</p><ul><li>阅读</li><li>体育</li></ul>"},
        ),
        ("paragraph", '<p>甲<br/>乙 <a linktype="document" id="7">附件</a></p>'),
    ]
    policy = PolicyPage.objects.get(pk=PolicyPageFactory(body=body).pk)
    assert text_of(policy.body) == "第一章 总则\n第一条 为了保障&促进\n阅读\n体育\n甲\n乙 附件"
    assert documents_in(policy.body) == [7]


def test_a_section_without_text_says_nothing() -> None:
    body = [
        ("section", {"section": "background", "text": ""}),
        ("section", {"section": "basis", "text": "<p>依据</p>"}),
    ]
    page = InterpretationPageFactory(body=body)
    page.refresh_from_db()
    assert text_of(type(page).objects.get(pk=page.pk).body).endswith("依据")
    assert len(text_of(type(page).objects.get(pk=page.pk).body).split("\n")) == 1


def test_no_more_queries_for_many_pages(django_assert_max_num_queries: Any) -> None:
    pages = [make().pk for make in PAGE_FACTORIES.values()]
    for __ in range(2):
        pages += [
            VenuePageFactory().pk,
            PolicyPageFactory().pk,
            NewsPageFactory().pk,
            ActivityPageFactory().pk,
        ]
    SearchEntry.objects.all().delete()
    with django_assert_max_num_queries(110) as few:
        entries.refresh(pages[:16])
    SearchEntry.objects.all().delete()
    with django_assert_max_num_queries(len(few)):
        entries.refresh(pages)


@pytest.mark.parametrize(
    ("lineages", "shared"),
    [
        ([], ""),
        (["", "/1/2/"], "/1/2/"),
        (["/1/2/", "/1/3/"], "/1/"),
        (["/1/2/3/", "/1/2/"], "/1/2/"),
        (["/1/", "/2/"], ""),
    ],
)
def test_common_lineage(lineages: list[str], shared: str) -> None:
    assert common_lineage(lineages) == shared
