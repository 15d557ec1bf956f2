"""The gate for many pages with few parents lets through exactly what the gate lets through."""

import pytest
from wagtail.models import Page, PageViewRestriction

from openness.core.gate import visible, visible_below_parents
from tests.venues.editors import City, found_city
from venues.models import VenuePage


@pytest.fixture
def city(db: None) -> City:
    return found_city()


def shown() -> set[int]:
    """Return the visible venues, after making sure that both gates agree on all pages."""
    below = set(visible_below_parents(Page.objects.filter(depth__gt=1)).values_list("pk", flat=True))
    assert below == set(visible(Page.objects.filter(depth__gt=1)).values_list("pk", flat=True))
    return below & set(VenuePage.objects.values_list("pk", flat=True))


def test_both_gates_agree(city: City) -> None:
    library, museum, palace = city.library.pk, city.museum.pk, city.palace.pk
    assert shown() == {library, museum, palace}
    Page.objects.filter(pk=museum).update(live=False)
    assert shown() == {library, palace}
    Page.objects.filter(pk=museum).update(live=True, expire_at="2020-01-01T00:00:00Z")
    assert shown() == {library, palace}
    Page.objects.filter(pk=city.union.pk).update(live=False)
    assert shown() == {library}
    restriction = PageViewRestriction.objects.create(page=city.library.page_ptr, restriction_type="login")
    assert shown() == set()
    restriction.page = city.culture.page_ptr
    restriction.save()
    assert shown() == set()
    restriction.delete()
    assert shown() == {library}
    Page.objects.filter(depth=2).update(live=False)
    assert shown() == set()
