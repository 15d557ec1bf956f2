"""Pages to be searched, in the small city."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Locale

from openness.departments.models import Topic
from policies.models import PolicyTopic
from search.answers import Answer
from search.questions import SearchQuestion
from search.service import search
from tests.factories.pages import SOURCE, NewsPageFactory, PolicyPageFactory

Indexed = Callable[[], None]


def ask(q: str = "", *, language: str = SOURCE, first: int = 0, count: int = 10, **filters: Any) -> Answer:
    """Ask the service in a language; the engine that should answer does."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    answer = search(SearchQuestion(q=q, **filters), locale=locale, first=first, count=count)
    assert not answer.is_simplified
    return answer


def titles(answer: Answer) -> list[str]:
    """Return the titles of the hits, in their order."""
    return [hit.entry.title for hit in answer.hits]


def paragraph(text: str) -> list[tuple[str, str]]:
    """Return the body of a page that says ``text``."""
    return [("paragraph", f"<p>{text}</p>")]


def news(title: str, text: str = "正文", **fields: Any) -> Any:
    """Publish a piece of news."""
    return NewsPageFactory(title=title, body=paragraph(text), **fields)


def policy(title: str, text: str = "正文", *, topics: tuple[str, ...] = (), **fields: Any) -> Any:
    """Publish a document, about topics by code."""
    page: Any = PolicyPageFactory(title=title, body=paragraph(text), **fields)
    page.topics = [PolicyTopic(topic=Topic.objects.get(code=code, locale=page.locale)) for code in topics]
    page.save()
    return page


def topic(code: str, *, parent: str = "") -> Topic:
    """Add a topic to the vocabulary."""
    locale = Locale.objects.get(language_code=SOURCE)
    return Topic.objects.create(code=code, name=f"主题{code}", parent_code=parent, locale=locale)
