"""The demonstration city's files, and the records that all of its content names."""

import json
from pathlib import Path
from typing import Any, TypeVar

from home.models import DepartmentPage
from openness.departments.models import Term
from openness.departments.selectors import SOURCE_LANGUAGE

CITY = Path(__file__).parent / "quanzhou"
T = TypeVar("T", bound=Term)


def read(name: str) -> dict[str, Any]:
    """Return what the city's file ``<name>.json`` holds."""
    return json.loads((CITY / f"{name}.json").read_text(encoding="utf-8"))


def term(model: type[T], code: str) -> T:
    """Return a word of a vocabulary in the source language; DoesNotExist for a code that there is not."""
    return model._default_manager.get(code=code, locale__language_code=SOURCE_LANGUAGE)


def department_page(code: str) -> DepartmentPage:
    """Return a department's page, read anew each time: one in memory does not know the children it got since."""
    return DepartmentPage.objects.get(department__code=code, locale__language_code=SOURCE_LANGUAGE)
