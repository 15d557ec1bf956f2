from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Locale, Page, PageViewRestriction

from openness.core import clock
from openness.core.gate import is_visible, visible

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=_locale("zh-hans"))
    return root.add_child(title="Home", slug="the-home")


@pytest.fixture
def department(home: Page) -> Page:
    return home.add_child(title="Department", slug="department")


@pytest.fixture
def venue(department: Page) -> Page:
    return department.add_child(title="Venue", slug="venue")


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def _restrict(page: Page, kind: str = PageViewRestriction.LOGIN) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind)


def _update(page: Page, **values: object) -> None:
    Page.objects.filter(pk=page.pk).update(**values)


def _visible_titles() -> set[str]:
    return set(visible(Page.objects.filter(depth__gt=1)).values_list("title", flat=True))


def test_live_page_below_live_ancestors_is_visible(venue: Page):
    assert {"Home", "Department", "Venue"} <= _visible_titles()
    assert is_visible(venue)


def test_draft_is_hidden(venue: Page):
    _update(venue, live=False)
    assert not is_visible(venue)


@pytest.mark.parametrize("ancestor", ["home", "department"])
def test_page_below_a_draft_is_hidden(request: pytest.FixtureRequest, venue: Page, ancestor: str):
    _update(request.getfixturevalue(ancestor), live=False)
    assert not is_visible(venue)


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, "groups"])
@pytest.mark.parametrize("restricted", ["home", "department", "venue"])
def test_restricted_page_and_what_is_below_it_is_hidden(
    request: pytest.FixtureRequest, venue: Page, restricted: str, kind: str
):
    _restrict(request.getfixturevalue(restricted), kind)
    assert not is_visible(venue)


def test_restriction_of_nobody_hides_nothing(department: Page, venue: Page):
    _restrict(department, PageViewRestriction.NONE)
    assert is_visible(venue)


def test_hidden_page_does_not_hide_its_siblings(home: Page, department: Page, venue: Page):
    other = home.add_child(title="Other", slug="other")
    cousin = other.add_child(title="Cousin", slug="cousin")
    _restrict(department)
    _update(venue, live=False)
    assert is_visible(other)
    assert is_visible(cousin)


def test_descendants_of_a_hidden_page_do_not_hide_it(department: Page, venue: Page):
    _update(venue, live=False)
    assert is_visible(department)


@pytest.mark.parametrize("expired", ["department", "venue"])
def test_page_is_hidden_from_the_instant_it_expires(
    request: pytest.FixtureRequest, settings: Settings, venue: Page, expired: str
):
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T10:00:00+08:00"
    page = request.getfixturevalue(expired)
    _update(page, expire_at=clock.now() + timedelta(seconds=1))
    assert is_visible(venue)
    _update(page, expire_at=datetime(2026, 11, 19, 2, 0, tzinfo=UTC))
    assert not is_visible(venue)


def test_locale_keeps_the_pages_of_one_language(department: Page, venue: Page):
    english = _locale("en")
    _update(venue, locale=english)
    expected = {venue.pk}
    assert set(visible(Page.objects.all(), english).values_list("pk", flat=True)) == expected
    assert set(visible(Page.objects.all(), "en").values_list("pk", flat=True)) == expected
    assert department.pk in visible(Page.objects.all(), _locale(department.locale.language_code)).values_list(
        "pk", flat=True
    )


def test_pages_deeper_than_the_gate_looks_stay_hidden(venue: Page):
    page = venue
    while page.depth < 17:
        assert is_visible(page)
        page = page.add_child(title="Deeper", slug=f"deeper-{page.depth}")
    assert not is_visible(page)


def test_gate_works_inside_another_query(department: Page, venue: Page):
    _update(venue, live=False)
    parents = Page.objects.filter(pk__in=visible(Page.objects.filter(title__in=["Department", "Venue"])))
    assert [page.title for page in parents] == ["Department"]


def test_gate_keeps_a_slice_order_and_related_rows_usable(home: Page, department: Page):
    for number in range(5):
        department.add_child(title=f"Venue {number}", slug=f"venue-{number}")
    pages = visible(Page.objects.filter(title__startswith="Venue")).select_related("locale")
    assert [page.title for page in pages.order_by("-title")[:2]] == ["Venue 4", "Venue 3"]


@pytest.mark.parametrize("number", [1, 30])
def test_one_query_however_much_is_hidden_or_found(
    home: Page, number: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for index in range(number):
        hidden = home.add_child(title="Hidden", slug=f"hidden-{index}", live=False)
        hidden.add_child(title="Below", slug="below")
        secret = home.add_child(title="Secret", slug=f"secret-{index}")
        _restrict(secret)
        home.add_child(title="Shown", slug=f"shown-{index}")
    with django_assert_num_queries(1):
        pages = list(visible(Page.objects.descendant_of(home)))
    assert [page.title for page in pages] == ["Shown"] * number
