"""Project rules as system checks: ``manage.py check`` fails on a decision that was forgotten."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Field
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TranslatableMixin

from openness.core.listing import SearchDecision
from openness.core.models import BasePage
from openness.core.page_tags import ColumnType

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


@register()
def pages_declare_what_is_asked_of_them(
    app_configs: Iterable[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every type of public page says which column it is of, how it is listed and whether it is searched."""
    return [
        error
        for model in apps.get_models()
        if issubclass(model, BasePage) and not model._meta.abstract
        for error in (*_column(model), *_search(model), *_listing(model))
    ]


def _column(model: type[BasePage]) -> Iterator[CheckMessage]:
    if not isinstance(getattr(model, "column_type", None), ColumnType):
        yield Error(
            f"{model._meta.label} has no column_type: its pages lack the tags of 国办发〔2017〕47号.",
            hint="Choose a word of openness.core.page_tags.ColumnType.",
            obj=model,
            id="openness.E002",
        )


def _search(model: type[BasePage]) -> Iterator[CheckMessage]:
    decision = getattr(model, "search_decision", None)
    if not isinstance(decision, SearchDecision):
        problem = "does not say whether the public search looks into it"
    elif decision.is_searched and not model.searched_fields:
        problem = "is searched, but declares no searched_fields"
    elif missing := set(model.searched_fields) - {field.name for field in model._meta.get_fields()}:
        problem = f"has no field {', '.join(sorted(missing))}, which its searched_fields name"
    elif twice := _long_texts(model) & {field.field_name for field in model.search_fields}:
        problem = (
            f"has {', '.join(sorted(twice))} in searched_fields and in search_fields: it is indexed twice"
        )
    elif not decision.is_searched and not decision.reason:
        problem = "is not searched, and does not say why"
    else:
        return
    yield Error(
        f"{model._meta.label} {problem}.",
        hint="Set search_decision to SEARCHED or not_searched(reason) (openness.core.listing), and searched_fields.",
        obj=model,
        id="openness.E003",
    )


def _long_texts(model: type[BasePage]) -> set[str]:
    """Return the searched fields that are streams or rich text."""
    fields = {field.name: field for field in model._meta.get_fields()}
    return {name for name in model.searched_fields if isinstance(fields[name], StreamField | RichTextField)}


def _listing(model: type[BasePage]) -> Iterator[CheckMessage]:
    if not getattr(model, "listing_kind_label", ""):
        yield Error(
            f"{model._meta.label} has no listing_kind_label: a list of all kinds cannot name it.",
            hint="Set it to the name of the kind, as readers see it; or make it a property.",
            obj=model,
            id="openness.E004",
        )


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
