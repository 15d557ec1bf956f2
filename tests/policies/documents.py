"""A city with a library, documents in it, and the form that edits them."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from policies.models import PolicyIndexPage, PolicyPage
from tests.venues.editors import City, form_of, found_city


def found_library() -> City:
    """Found the city of the venues' tests, with a library of documents."""
    city = found_city()
    home = Page.objects.get(depth=2).specific
    home.add_child(instance=PolicyIndexPage(title="政策", slug="policies", locale=home.locale))
    return city


def policy(city: City, title: str = "场馆开放办法", *, parent: Any = None, **fields: Any) -> PolicyPage:
    """Add a document, of the culture department unless ``parent`` says otherwise; live unless ``live=False``."""
    parent = parent or city.culture
    page = PolicyPage(title=title, locale=parent.locale, **fields)
    return type(parent).objects.get(pk=parent.pk).add_child(instance=page)


def is_live(page: PolicyPage) -> bool:
    """Whether the document is live, as the database has it."""
    return PolicyPage.objects.get(pk=page.pk).live


def address_of_form(place: Any) -> str:
    """Return where a document is edited, or where one is made below a department's page."""
    if isinstance(place, PolicyPage):
        return reverse("wagtailadmin_pages:edit", args=[place.pk])
    return reverse("wagtailadmin_pages:add", args=["policies", "policypage", place.pk])


def fill_in(client: Client, place: Any, **fields: Any) -> dict[str, Any]:
    """Return what the form would post with these fields changed: a complete document by one issuer."""
    data = form_of(client, address_of_form(place)).dict()
    complete = {
        "title": "场馆开放办法",
        "source": "市文旅局",
        "written_on": "2026-11-02",
        "issuers-TOTAL_FORMS": "1",
        "issuers-0-name": "市政府",
        "issuers-0-ORDER": "1",
        "body-count": "0",
    }
    return {**data, **complete, **fields}


def post(client: Client, place: Any, data: dict[str, Any], *, follow: bool = False) -> HttpResponse:
    """Send the form."""
    return client.post(address_of_form(place), data, follow=follow)
