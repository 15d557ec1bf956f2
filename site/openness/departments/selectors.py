"""Reads of the departments room."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import models
from wagtail.models import Page

from openness.departments.models import Department, Term

SOURCE_LANGUAGE = "zh-hans"
# Names are forgotten when one changes; a cache in the memory of another process learns it within this time.
NAMES_ARE_KEPT = 60


def term_names(model: type[Term], *, language: str) -> dict[str, str]:
    """Return the names of a vocabulary by code, in ``language`` where translated, else in the source language.

    One query per vocabulary and language, then none for a minute or until one of its terms changes.
    """
    key = f"names:{model._meta.label_lower}:{language}"
    names = cache.get(key)
    if names is None:
        rows = model.objects.filter(locale__language_code__in=[SOURCE_LANGUAGE, language]).values_list(
            "code", "name", "locale__language_code"
        )
        # The source language first, so that a translation replaces it.
        names = {code: name for code, name, __ in sorted(rows, key=lambda row: row[2] != SOURCE_LANGUAGE)}
        cache.set(key, names, timeout=NAMES_ARE_KEPT)
    return names


def department_names() -> dict[str, str]:
    """Return the short names of all departments by code; cached until one changes."""
    key = f"names:{Department._meta.label_lower}"
    names = cache.get(key)
    if names is None:
        names = dict(Department.objects.values_list("code", "short_name"))
        cache.set(key, names, timeout=NAMES_ARE_KEPT)
    return names


def forget_names(model: type[models.Model]) -> None:
    """Drop the cached names of a vocabulary or of the departments."""
    cache.delete_many(
        [
            f"names:{model._meta.label_lower}",
            *(f"names:{model._meta.label_lower}:{code}" for code in ("zh-hans", "en", "zh-hant")),
        ]
    )


def department_of(page: Page) -> Department | None:
    """Return the department in whose subtree ``page`` lives, or None. One query.

    The department's page is known by the reverse relation ``pages`` only, since it belongs to a later room.
    """
    if not page.path:
        return None
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return Department.objects.filter(pages__path__in=paths).select_related("region").first()


def paths_of(departments: Iterable[Department]) -> list[str]:
    """Return the tree paths below which the departments' pages live. One query."""
    return list(
        Page.objects.filter(departmentpage__department__in=departments).values_list("path", flat=True)
    )
