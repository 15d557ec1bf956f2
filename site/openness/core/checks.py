"""Project rules as system checks: ``manage.py check`` fails on a decision that was forgotten."""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Field
from modelcluster.fields import ParentalKey
from wagtail.models import Page, TranslatableMixin

from openness.core.models import BasePage

# What Wagtail itself carries into a translation, or sets there.
HANDLED_BY_WAGTAIL = frozenset({field.name for field in Page._meta.get_fields()}) - {
    "title",
    "slug",
    "seo_title",
    "search_description",
}


@register()
def fields_declare_their_translation_role(
    app_configs: Iterable[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every field of a page or translatable row is translated, synchronised, or kept on the source page.

    A field without a role would be copied once and then silently differ between the languages.
    """
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        if issubclass(model, BasePage):
            errors += _undeclared(model, {*_own_fields(model), *_row_relations(model)})
        elif issubclass(model, TranslatableMixin) and not issubclass(model, Page) and _is_ours(model):
            errors += _undeclared(
                model,
                _own_fields(model) - {"translation_key", "locale", "page", "sort_order", "lineage", "id"},
            )
    return errors


def _is_ours(model: type) -> bool:
    return not model.__module__.startswith(("wagtail", "django"))


def _own_fields(model: Any) -> set[str]:
    return {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.concrete
        and not field.auto_created
        and field.name not in HANDLED_BY_WAGTAIL
        and not field.name.endswith("_ptr")
    }


def _row_relations(model: Any) -> set[str]:
    """The names of the row relations (ParentalKey) that point to the page."""
    return {
        relation.get_accessor_name()
        for relation in model._meta.related_objects
        if isinstance(relation.field, ParentalKey)
        and relation.related_model.__module__.partition(".")[0] != "wagtail"
    }


def _undeclared(model: Any, names: set[str]) -> list[CheckMessage]:
    declared = {field.field_name for field in getattr(model, "translatable_fields", [])}
    kept = set(getattr(model, "exclude_fields_in_copy", []))
    return [
        Error(
            f"{model._meta.label}.{name} declares no role in translation.",
            hint="Add it to translatable_fields (TranslatableField or SynchronizedField) or to exclude_fields_in_copy.",
            obj=model,
            id="openness.E001",
        )
        for name in sorted(names - declared - kept)
    ]
