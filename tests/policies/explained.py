"""Interpretations and measures for tests: of the documents in ``tests.policies.documents``."""

from datetime import date
from typing import Any

from policies.models import InterpretationPage, Measure, PolicyPage
from tests.policies.documents import policy
from tests.venues.editors import City

GOALS = "让机关和单位的场馆向群众开放。"


def sections(**texts: str) -> list[tuple[str, Any]]:
    """Return a body of sections: ``goals="…"``."""
    return [("section", {"section": name, "text": f"<p>{text}</p>"}) for name, text in texts.items()]


def draft_document(city: City, title: str = "场馆开放办法", **fields: Any) -> PolicyPage:
    """Return a draft that needs an interpretation, with a revision to publish."""
    page = policy(city, title, live=False, needs_interpretation=True, **fields)
    page.save_revision()
    return page


def interpretation(
    city: City,
    document: PolicyPage,
    *,
    parent: Any = None,
    title: str = "解读一",
    live: bool = False,
    **fields: Any,
) -> InterpretationPage:
    """Return an interpretation of a document: a draft with its sections, unless told otherwise."""
    place = parent or city.culture
    page = InterpretationPage(title=title, policy=document, live=live, locale=place.locale, **fields)
    if "body" not in fields:
        page.body = sections(goals=GOALS)
    type(place).objects.get(pk=place.pk).add_child(instance=page)
    if not live:
        page.save_revision()
    return page


def measured(city: City, *measures: Measure, **fields: Any) -> PolicyPage:
    """Return a public document with these measures, or with three: the first two to be done by 2026."""
    page = policy(city, **{"title": "共享意见", **fields})
    page.measures = list(measures) or [
        Measure(number="一", title="公布开放信息", text="各单位公布开放信息。", target_on=date(2026, 6, 30)),
        Measure(number="二", title="延长开放时间", heading="服务", target_on=date(2026, 12, 31)),
        Measure(number="三", title="培训志愿者", heading="服务"),
    ]
    for position, measure in enumerate(page.measures.all()):
        measure.sort_order = position
        measure.locale = page.locale
    page.save()
    return PolicyPage.objects.get(pk=page.pk)


def state_of(*pages: Any) -> list[bool]:
    """Return whether each page is live, as the database has it."""
    return [type(page).objects.get(pk=page.pk).live for page in pages]
