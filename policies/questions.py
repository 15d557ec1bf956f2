"""The question a reader asks of the library: by whom, when, about what. Read from a shareable address."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openness.departments.form_fields import ChosenField, TermField
from openness.departments.models import Department, Region, Topic
from policies.enums import CatalogueCategory, DocumentKind, Validity
from policies.models import PolicyIssuer

FIRST_YEAR, LAST_YEAR = 1949, 2199
FACETS = ("issuer", "year", "topic", "kind", "validity", "region", "category")
PUBLISHED, WRITTEN, NUMBER = "published", "written", "number"
ORDERS = (PUBLISHED, WRITTEN, NUMBER)
# No title has a longer word in it.
MOST_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """What is asked; empty means any. ``issuer`` is the code of a department or the name of another body."""

    issuer: str = ""
    year: str = ""
    topic: str = ""
    kind: str = ""
    validity: str = ""
    region: str = ""
    category: str = ""
    q: str = ""
    order: str = PUBLISHED

    def without(self, name: str) -> "LibraryQuestion":
        """Return the question without one of its filters."""
        changes: dict[str, Any] = {name: ""}
        return replace(self, **changes)


class IssuerField(forms.CharField):
    """An issuer of some document: the code of a department, or a name as documents print it."""

    def validate(self, value: str) -> None:
        super().validate(value)
        # What ends up in no query: PostgreSQL refuses some characters.
        if value and not (value.isprintable() and _issues(value)):
            raise forms.ValidationError(
                _("There is no “%(code)s”. Choose one from the list."), params={"code": value}, code="unknown"
            )


def _issues(value: str) -> bool:
    return Department.objects.filter(code=value).exists() or PolicyIssuer.objects.filter(name=value).exists()


class LibraryForm(forms.Form):
    """Reads a question out of an address, with a message for what cannot be understood."""

    issuer = IssuerField(required=False, max_length=80)
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write the year in four digits, like 2022.")
        ),
    )
    topic = TermField(Topic)
    kind = ChosenField(DocumentKind.choices)
    validity = ChosenField(Validity.choices)
    region = TermField(Region)
    category = ChosenField(CatalogueCategory.choices)
    q = forms.CharField(
        required=False,
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": _("Search for at most %(limit_value)s characters.")},
    )
    order = ChosenField([(order, order) for order in ORDERS])

    def question(self) -> LibraryQuestion:
        """Return the question of a valid form, or what can be understood of an invalid one."""
        data = getattr(self, "cleaned_data", {})
        return LibraryQuestion(
            order=data.get("order") or PUBLISHED,
            **{name: str(data.get(name) or "").strip() for name in (*FACETS, "q")},
        )


def read_question(query: QueryDict) -> tuple[LibraryQuestion, LibraryForm]:
    """Return the question in an address, and the form with its messages."""
    form = LibraryForm(query)
    form.is_valid()
    return form.question(), form
