"""A library of documents in a small city, for tests of what they do to each other."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from home.models import DepartmentPage
from openness.core.models import Address
from policies import entries
from policies.models import (
    ClearanceDecision,
    ClearancePage,
    PolicyEntry,
    PolicyIssuer,
    PolicyPage,
    PolicyRelation,
)
from tests.venues.editors import City

Act = tuple[str, PolicyPage] | tuple[str, PolicyPage, date]


def document(city: City, title: str, *acts: Act, below: Any = None, **fields: Any) -> PolicyPage:
    """Publish a document of the department of culture (or ``below``), with what it does: kind, target and day."""
    page = PolicyPage(title=title, locale=city.culture.locale, **{"live": True, **fields})
    page.relations = [
        PolicyRelation(kind=kind, target=target, holds_from=day[0] if day else None)
        for kind, target, *day in acts
    ]
    page.issuers = [PolicyIssuer(name="市政府")]
    parent = DepartmentPage.objects.get(pk=(below or city.culture).pk)
    parent.add_child(instance=page)
    return PolicyPage.objects.get(pk=page.pk)


def clearance(
    city: City, *decided: tuple[PolicyPage, str], below: Any = None, **fields: Any
) -> ClearancePage:
    """Make a clearance with what it decides; public unless told otherwise."""
    given = {"title": "清理结果", "holds_from": date(2026, 1, 1), "live": True, **fields}
    page = ClearancePage(locale=city.culture.locale, **given)
    page.decisions = [
        ClearanceDecision(policy=policy, outcome=outcome, sort_order=order)
        for order, (policy, outcome) in enumerate(decided)
    ]
    DepartmentPage.objects.get(pk=(below or city.culture).pk).add_child(instance=page)
    return ClearancePage.objects.get(pk=page.pk)


def states() -> dict[str, str]:
    """Return the state of every public document by its title, as lists have it."""
    return dict(PolicyEntry.objects.values_list("policy__title", "validity"))


def fresh(page: Any) -> Any:
    """Return the page as it is stored."""
    return type(page).objects.get(pk=page.pk)


def many_documents(city: City, number: int, **fields: Any) -> list[PolicyPage]:
    """Write so many public documents straight into their tables, and their entries; the tree would take minutes."""
    parent = DepartmentPage.objects.get(pk=city.culture.pk)
    kind = ContentType.objects.get_for_model(PolicyPage)
    common = {"content_type": kind, "locale": parent.locale, "depth": parent.depth + 1}
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, parent.numchild + step),
            title=f"文件{step:05}",
            draft_title=f"文件{step:05}",
            slug=f"many-{step}",
            url_path=f"{parent.url_path}many-{step}/",
            **common,
        )
        for step in range(1, number + 1)
    )
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)
    Address.objects.bulk_create(
        Address(kind="policies", locale=parent.locale, slug=page.slug, page=page) for page in pages
    )
    for page in pages:
        PolicyPage(page_ptr_id=page.pk, **fields).save_base(raw=True)
    entries.refresh_all()
    return list(PolicyPage.objects.filter(pk__in=[page.pk for page in pages]).order_by("pk"))
