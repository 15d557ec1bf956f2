"""Reads of the departments room."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import models
from django.http import HttpRequest
from wagtail.models import Locale, Page

from openness.core.gate import visible
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
    """Return the department in whose subtree ``page`` lives, or None. One query."""
    return departments_of([page])[page.path]


def departments_of(pages: Iterable[Page]) -> dict[str, Department | None]:
    """Return the department in whose subtree each page lives, by the page's path. One query.

    The department's page is known by the reverse relation ``pages`` only, since it belongs to a later room.
    """
    lines = {page.path: _line(page) for page in pages}
    above = {path for line in lines.values() for path in line}
    found = {}
    if above:
        owners = Department.objects.filter(pages__path__in=above).select_related("region")
        found = {owner.page_path: owner for owner in owners.annotate(page_path=models.F("pages__path"))}
    return {path: next((found[each] for each in line if each in found), None) for path, line in lines.items()}


@dataclass(frozen=True, slots=True)
class Publisher:
    """The department that publishes a page; ``url`` is that of its own page, empty where that is not public."""

    name: str
    url: str


def publisher_of(page: Page, *, locale: Locale, request: HttpRequest) -> Publisher | None:
    """Return the department in whose subtree ``page`` lives, with its address in a language. Two queries."""
    department = department_of(page)
    if department is None:
        return None
    return Publisher(department.name, department_url(department, locale=locale, request=request))


def department_url(department: Department, *, locale: Locale, request: HttpRequest) -> str:
    """Return the address of a department's public page in a language; empty without one. One query."""
    home = visible(department.pages.all(), locale).first()
    return (home.get_url(request) or "") if home else ""


def _line(page: Page) -> list[str]:
    """Return the paths of a page and of its ancestors, the nearest first; none for a page outside the tree."""
    path = page.path or ""
    return [path[:end] for end in range(len(path), 0, -page.steplen)]


def paths_of(departments: Iterable[Department]) -> list[str]:
    """Return the tree paths below which the departments' pages live. One query."""
    return list(
        Page.objects.filter(departmentpage__department__in=departments).values_list("path", flat=True)
    )
