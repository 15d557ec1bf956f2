"""What a field or a page type forgets to decide fails the system check."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.checks.registry import registry
from django.db import models
from django.test.utils import isolate_apps
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core import checks
from openness.core.checks import (
    fields_declare_their_translation_role,
    pages_declare_what_is_asked_of_them,
)
from openness.core.listing import SEARCHED, not_searched
from openness.core.models import BasePage
from openness.core.page_tags import ColumnType
from tests.factories import check
from tests.factories.check import page_types_have_a_factory


def messages(monkeypatch: pytest.MonkeyPatch, *classes: type[models.Model]) -> list[str]:
    """Return what the check says of these models alone."""
    monkeypatch.setattr(checks, "apps", SimpleNamespace(get_models=lambda: classes))
    errors = fields_declare_their_translation_role()
    assert {error.id for error in errors} <= {"openness.E001"}
    return [error.msg for error in errors]


def test_the_project_declares_every_field() -> None:
    assert fields_declare_their_translation_role() == []
    assert any(issubclass(model, BasePage) for model in apps.get_models())


@isolate_apps("openness.core")
def test_a_field_of_a_page_has_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    class BusPage(BasePage):
        line = models.CharField(max_length=10)
        stop = models.CharField(max_length=10)

        class Meta:
            app_label = "core"

    assert messages(monkeypatch, BusPage) == [
        "core.BusPage.line declares no role in translation.",
        "core.BusPage.stop declares no role in translation.",
    ]
    BusPage.translatable_fields = [*BasePage.translatable_fields, SynchronizedField("line")]
    assert messages(monkeypatch, BusPage) == ["core.BusPage.stop declares no role in translation."]
    BusPage.exclude_fields_in_copy = ["stop"]
    assert messages(monkeypatch, BusPage) == []


@isolate_apps("openness.core")
def test_the_rows_of_a_page_have_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    class TramPage(BasePage):
        class Meta:
            app_label = "core"

    class TramStop(Orderable):
        page = ParentalKey(TramPage, on_delete=models.CASCADE, related_name="stops")

        class Meta:
            app_label = "core"

    assert messages(monkeypatch, TramPage, TramStop) == [
        "core.TramPage.stops declares no role in translation."
    ]
    TramPage.exclude_fields_in_copy = ["stops"]
    assert messages(monkeypatch, TramPage, TramStop) == []


@isolate_apps("openness.core")
def test_a_field_of_a_translatable_row_has_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ship(ClusterableModel):
        class Meta:
            app_label = "core"

    class Cabin(TranslatableMixin, Orderable):
        ship = ParentalKey(Ship, on_delete=models.CASCADE, related_name="cabins")
        name = models.CharField(max_length=10)
        number = models.IntegerField()
        translatable_fields: Any = [TranslatableField("name"), SynchronizedField("ship")]

        class Meta(TranslatableMixin.Meta):
            app_label = "core"

    assert messages(monkeypatch, Ship, Cabin) == ["core.Cabin.number declares no role in translation."]


# ---------------------------------------------------------------------------------------------------
# What every type of public page decides


def of_pages(monkeypatch: pytest.MonkeyPatch, *classes: type[models.Model]) -> dict[str, str]:
    """Return what the check says of these page types alone, by its number."""
    monkeypatch.setattr(checks, "apps", SimpleNamespace(get_models=lambda: classes))
    return {error.id: error.msg for error in pages_declare_what_is_asked_of_them()}


def test_the_project_decides_for_every_page_type() -> None:
    assert pages_declare_what_is_asked_of_them() == []
    assert page_types_have_a_factory() == []


@isolate_apps("openness.core")
def test_a_page_type_names_its_column_its_kind_and_its_place_in_the_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class FerryPage(BasePage):
        class Meta:
            app_label = "core"

    assert list(of_pages(monkeypatch, FerryPage)) == ["openness.E002", "openness.E003", "openness.E004"]
    FerryPage.column_type = "办事服务"  # type: ignore[assignment] the word alone may be any word
    assert "openness.E002" in of_pages(monkeypatch, FerryPage)
    FerryPage.column_type = ColumnType.SERVICES
    FerryPage.listing_kind_label = ""
    assert list(of_pages(monkeypatch, FerryPage)) == ["openness.E003", "openness.E004"]
    FerryPage.listing_kind_label = property(lambda page: page.title)
    FerryPage.search_decision = not_searched("nobody looks for a ferry here")
    assert of_pages(monkeypatch, FerryPage) == {}


@isolate_apps("openness.core")
def test_a_searched_page_type_says_what_is_searched_and_another_says_why_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class BridgePage(BasePage):
        column_type = ColumnType.SERVICES
        listing_kind_label: Any = "Bridge"
        search_decision = SEARCHED
        history = RichTextField()

        class Meta:
            app_label = "core"

    assert of_pages(monkeypatch, BridgePage) == {
        "openness.E003": "core.BridgePage is searched, but declares no searched_fields."
    }
    BridgePage.searched_fields = ("history", "length_in_words")
    assert of_pages(monkeypatch, BridgePage) == {
        "openness.E003": "core.BridgePage has no field length_in_words, which its searched_fields name."
    }
    BridgePage.searched_fields = ("history",)
    assert of_pages(monkeypatch, BridgePage) == {}
    BridgePage.search_fields = [*BasePage.search_fields, index.SearchField("history")]
    assert of_pages(monkeypatch, BridgePage) == {
        "openness.E003": "core.BridgePage has history in searched_fields and in search_fields: it is indexed twice."
    }
    BridgePage.search_fields = BasePage.search_fields
    BridgePage.search_decision = not_searched("")
    assert of_pages(monkeypatch, BridgePage) == {
        "openness.E003": "core.BridgePage is not searched, and does not say why."
    }


@isolate_apps("openness.core")
def test_a_page_type_has_a_factory(monkeypatch: pytest.MonkeyPatch) -> None:
    class CanalPage(BasePage):
        class Meta:
            app_label = "core"

    monkeypatch.setattr(check, "apps", SimpleNamespace(get_models=lambda: [CanalPage]))
    assert [(error.id, error.obj) for error in page_types_have_a_factory()] == [("openness.E005", CanalPage)]
    monkeypatch.setattr(check, "PAGE_FACTORIES", {CanalPage: object()})
    assert page_types_have_a_factory() == []


def test_the_checks_run_with_all_others() -> None:
    assert {fields_declare_their_translation_role, pages_declare_what_is_asked_of_them} < set(
        registry.get_checks()
    )
    assert page_types_have_a_factory in registry.get_checks()
