"""Vocabularies: lineages, names in several languages, and the caches of both."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from openness.core import outbox
from openness.departments.models import Department, Region, Term, Topic, VenueType
from openness.departments.selectors import department_names, department_of, paths_of, term_names
from tests.venues.editors import City
from venues.models import VenueEntry

pytestmark = pytest.mark.django_db


def language(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def topic(code: str, parent: str = "", name: str = "", **fields: Any) -> Topic:
    return Topic.objects.create(
        code=code, name=name or code, parent_code=parent, locale=language("zh-hans"), **fields
    )


def english(term: Term, name: str) -> Term:
    """Translate a term into English."""
    copy = term.copy_for_translation(language("en"))
    copy.name = name
    copy.save()
    return copy


def lineages(locale: str = "zh-hans") -> dict[str, str]:
    return dict(Topic.objects.filter(locale__language_code=locale).values_list("code", "lineage"))


def test_lineage_leads_from_the_root() -> None:
    topic("a")
    topic("b", "a")
    topic("c", "b")
    assert lineages() == {"a": "/a/", "b": "/a/b/", "c": "/a/b/c/"}


def test_what_lies_below_moves_along() -> None:
    topic("a")
    topic("z")
    moved = topic("b", "a")
    topic("c", "b")
    topic("d", "c")
    topic("bb", "a")  # begins with the same letters
    moved.parent_code = "z"
    moved.full_clean()
    moved.save()
    assert lineages() == {
        "a": "/a/",
        "bb": "/a/bb/",
        "z": "/z/",
        "b": "/z/b/",
        "c": "/z/b/c/",
        "d": "/z/b/c/d/",
    }
    moved.parent_code = ""
    moved.save()
    assert lineages()["d"] == "/b/c/d/"


def test_translations_have_the_lineage_of_the_source() -> None:
    english(topic("a"), "A")
    english(topic("b", "a"), "B")
    assert lineages("en") == lineages() == {"a": "/a/", "b": "/a/b/"}


@pytest.mark.parametrize("parent", ["a", "b", "c"])
def test_nothing_lies_below_itself(parent: str) -> None:
    root = topic("a")
    topic("b", "a")
    topic("c", "b")
    root.parent_code = parent
    with pytest.raises(ValidationError) as caught:
        root.full_clean()
    assert "parent_code" in caught.value.message_dict


@pytest.mark.parametrize("code", ["new", "nowhere"])
def test_a_parent_exists_before_its_children(code: str) -> None:
    term = Topic(code="new", name="新", parent_code=code, locale=language("zh-hans"))
    with pytest.raises(ValidationError) as caught:
        term.full_clean(exclude=["lineage"])
    assert "parent_code" in caught.value.message_dict


def test_a_code_does_not_change() -> None:
    term = topic("a")
    term.code = "b"
    with pytest.raises(ValidationError) as caught:
        term.full_clean()
    assert "code" in caught.value.message_dict


@pytest.mark.parametrize("code", ["Ä", "A", "a b", "-a", "a/b", ""])
def test_codes_are_plain(code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Topic(code=code, name="x", locale=language("zh-hans")).full_clean(exclude=["lineage"])
    assert "code" in caught.value.message_dict


def test_names_fall_back_to_the_source_language() -> None:
    english(topic("library", name="图书馆"), "Library")
    topic("museum", name="博物馆")
    assert term_names(Topic, language="en") == {"library": "Library", "museum": "博物馆"}
    assert term_names(Topic, language="zh-hant") == {"library": "图书馆", "museum": "博物馆"}
    assert term_names(Topic, language="zh-hans") == {"library": "图书馆", "museum": "博物馆"}


def test_names_are_looked_up_once(django_assert_num_queries: Any) -> None:
    topic("library")
    with django_assert_num_queries(1):
        term_names(Topic, language="en")
        term_names(Topic, language="en")


def test_names_are_forgotten_when_one_changes(django_capture_on_commit_callbacks: Any) -> None:
    term = topic("library", name="图书馆")
    translated = english(term, "Library")
    for code in ("zh-hans", "en"):
        term_names(Topic, language=code)
    term.name = "公共图书馆"
    term.save()
    translated.name = "Public library"
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        translated.save()
        # What a reader of another connection caches before the commit is forgotten with it.
        assert term_names(Topic, language="en") == {"library": "Public library"}
    assert callbacks
    assert term_names(Topic, language="zh-hans") == {"library": "公共图书馆"}
    term.delete()
    translated.delete()
    assert term_names(Topic, language="zh-hans") == term_names(Topic, language="en") == {}


def test_department_names_are_forgotten_when_one_changes(city: City) -> None:
    assert department_names() == {"culture": "市文旅局", "union": "市总工会"}
    department = Department.objects.get(code="union")
    department.short_name = "总工会"
    department.save()
    assert department_names()["union"] == "总工会"


def test_the_department_of_a_page_is_that_of_its_subtree(city: City, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert department_of(city.library).code == "culture"
    assert department_of(city.culture).code == "culture"
    assert department_of(city.palace).code == "union"
    assert department_of(city.culture.get_parent()) is None
    assert department_of(type(city.library)(title="未存")) is None


def test_paths_of_departments(city: City) -> None:
    assert paths_of(Department.objects.filter(code="union")) == [city.union.path]
    assert paths_of([]) == []


def test_supervision_does_not_bite_its_tail(city: City) -> None:
    culture, union = Department.objects.get(code="culture"), Department.objects.get(code="union")
    culture.parent = union
    culture.full_clean()
    culture.save()
    for parent in (culture, union):
        union.parent = parent
        with pytest.raises(ValidationError) as caught:
            union.full_clean()
        assert "parent" in caught.value.message_dict


def test_a_region_that_moves_takes_its_venues_along(city: City) -> None:
    province = Region.objects.create(code="350000", name="福建省", level="city", locale=Locale.get_default())
    region = Region.objects.get(code="350500")
    region.parent_code = province.code
    region.save()
    outbox.drain()
    assert set(VenueEntry.objects.values_list("region_lineage", flat=True)) == {"/350000/350500/"}


def test_a_kind_of_venue_that_gets_a_name_is_found_by_it(city: City) -> None:
    kind = VenueType.objects.get(code="library")
    kind.name = "读书的地方"
    kind.save()
    outbox.drain()
    assert VenueEntry.objects.filter(search_text__contains="读书的地方").count() == 3
