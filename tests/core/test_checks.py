"""A field without a role in translation fails the system check."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core import checks
from openness.core.checks import fields_declare_their_translation_role
from openness.core.models import BasePage


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
