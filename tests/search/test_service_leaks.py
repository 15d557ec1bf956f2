"""What the public may not see is in no result, count, facet or recommendation; nor is another language's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import DepartmentPage
from openness.core import clock
from search import engines
from search.models import PromotedResult, SearchEntry
from tests.factories.pages import SOURCE
from tests.search.town import Indexed, ask, news, policy, titles
from tests.venues.test_translations import translated

pytestmark = pytest.mark.usefixtures("small_city")
NUMBER = "泉文旅规〔2020〕15号"


def draft(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)


def private(page: Page) -> None:
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")


def expired(page: Page) -> None:
    """Its time is over, and nobody has taken it down yet."""
    over = clock.now() - timedelta(seconds=1)
    Page.objects.filter(pk=page.pk).update(expire_at=over)
    SearchEntry.objects.filter(pk=page.pk).update(expires_at=over)


def below_a_draft(page: Page) -> None:
    draft(DepartmentPage.objects.get(slug="culture"))


def below_a_private_page(page: Page) -> None:
    private(DepartmentPage.objects.get(slug="culture"))


def below_an_expired_page(page: Page) -> None:
    over = clock.now() - timedelta(seconds=1)
    Page.objects.filter(pk=DepartmentPage.objects.get(slug="culture").pk).update(expire_at=over)


HIDINGS = [draft, private, expired, below_a_draft, below_a_private_page, below_an_expired_page]


def assert_nothing_is_told(*, counts: bool = True) -> None:
    questions: list[dict[str, Any]] = [
        {"q": "秘密书库"},
        {"q": "秘密书库 不存在"},
        {"q": NUMBER},
        {"q": "秘密书库", "order": "newest"},
        {"kind": "policy"},
        {"q": "秘密书库", "kind": "policy", "department": "culture"},
    ]
    for asked in questions:
        answer = ask(**asked)
        # What holds most of the words of the last ones may be the department's page; there is no other document.
        assert "秘密书库管理办法" not in titles(answer)
        assert answer.promoted == ()
        if counts:
            assert answer.kinds["policy"] == sum(answer.facets["validity"].values()) == 0
            assert answer.total == len(answer.hits)


@pytest.fixture
def secret(small_city: Any, indexed: Indexed) -> Page:
    """A public document that the office recommends; all of it is in the index."""
    page = policy("秘密书库管理办法", "秘密书库的正文", number=NUMBER)
    PromotedResult.objects.create(questions="秘密书库", page=page)
    indexed()
    assert len(ask("秘密书库").promoted) == 1
    assert titles(ask(NUMBER)) == ["秘密书库管理办法"]
    return page


@pytest.mark.parametrize("hide", HIDINGS, ids=lambda hide: hide.__name__)
def test_what_is_hidden_is_gone_before_the_index_hears_of_it(
    secret: Page, hide: Callable[[Page], None]
) -> None:
    hide(secret)
    # Elasticsearch counts what it holds, until it hears of the change; it shows nothing of it.
    assert_nothing_is_told(counts=engines.ELASTICSEARCH not in engines.names())


@pytest.mark.parametrize("hide", HIDINGS, ids=lambda hide: hide.__name__)
def test_what_is_hidden_is_gone_from_the_index(
    secret: Page, indexed: Indexed, hide: Callable[[Page], None]
) -> None:
    hide(secret)
    indexed()
    assert_nothing_is_told()


def test_other_languages_stay_among_themselves(indexed: Indexed) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    both = news("市图书馆新闻", "Library 图书馆")
    news("图书馆通知", "Library 图书馆")
    page = translated(both, english)
    page.title = "Library news"
    page.save()
    PromotedResult.objects.create(questions="library", page=both)
    indexed()
    answer = ask("图书馆")
    assert sorted(titles(answer)) == ["图书馆通知", "市图书馆新闻"]
    assert answer.total == answer.kinds["news"] == 2
    answer = ask("图书馆", language="en")
    # What has no English page is shown in the language it has, what has one only in English.
    assert sorted(titles(answer)) == ["Library news", "图书馆通知"]
    assert answer.total == answer.kinds["news"] == 2
    assert [each.entry.title for each in ask("Library", language="en").promoted] == ["Library news"]
    assert [each.entry.title for each in ask("Library").promoted] == ["市图书馆新闻"]
    assert [each.entry.language for each in ask("Library", language="zh-hant").promoted] == [SOURCE]
    assert sorted(titles(ask(kind="news", language="en"))) == ["Library news", "图书馆通知"]


def test_what_only_another_language_has_is_not_shown(indexed: Indexed) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    source = news("只此一处")
    page = translated(source, english)
    PromotedResult.objects.create(questions="只此", page=page)
    Page.objects.filter(pk=source.pk).update(live=False)
    indexed()
    answer = ask("只此一处")
    assert (answer.total, answer.hits) == (0, ())
    assert ask("只此").promoted == ()
    assert ask("只此一处", language="en").total == 1
