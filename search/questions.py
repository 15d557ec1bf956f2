"""The question a reader asks of the search: words, and what narrows them. Read from a shareable address."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openness.departments.form_fields import ChosenField, TermField
from openness.departments.models import Department, Region, Topic
from policies.enums import Validity
from search.analysis import LONGEST_QUERY
from search.enums import SearchKind
from venues.enums import Admission

FIRST_YEAR, LAST_YEAR = 1949, 2199
FIT, NEWEST = "fit", "newest"
ORDERS = (FIT, NEWEST)
# What narrows an answer, in the order in which it is shown.
FILTERS = ("kind", "department", "region", "topic", "year", "validity", "admission", "open_now")
# What no engine and no database takes: NUL, and halves of characters.
_UNREADABLE = re.compile(r"[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is asked; empty means any. Codes compare; ``year`` is written in four digits."""

    q: str = ""
    kind: str = ""
    department: str = ""
    region: str = ""
    topic: str = ""
    year: str = ""
    validity: str = ""
    admission: str = ""
    open_now: bool = False
    order: str = FIT

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of the filters that are set."""
        return tuple(name for name in FILTERS if getattr(self, name))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: no words, no filter."""
        return not self.q and not self.filters

    def choosing(self, name: str, code: str) -> "SearchQuestion":
        """Return the question with one of its filters set to ``code``; any text switches ``open_now`` on."""
        value: Any = bool(code) if name == "open_now" else code
        return replace(self, **{name: value})

    def without(self, name: str) -> "SearchQuestion":
        """Return the question without one of its filters."""
        return self.choosing(name, "")

    def query_string(self) -> str:
        """Return the question as the query of an address, always in the same order; the usual order is left out."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        values["open_now"] = "1" if self.open_now else ""
        values["order"] = "" if self.order == FIT else self.order
        return urlencode({name: value for name, value in values.items() if value})


def cleaned_words(text: str) -> str:
    """Return what somebody typed with its spaces in order, without what no engine takes, cut to 200 characters."""
    # What is cut away first is not looked through: an address can be long.
    return " ".join(_UNREADABLE.sub(" ", text[: 10 * LONGEST_QUERY]).split())[:LONGEST_QUERY].rstrip()


class WordsField(forms.CharField):
    """The words of a question. Whatever was typed can be asked; too many are cut, not refused."""

    def to_python(self, value: Any) -> str:
        return cleaned_words(super().to_python(value) or "")


class SearchForm(forms.Form):
    """Reads a question out of an address, with a message for what cannot be understood."""

    q = WordsField(required=False)
    kind = ChosenField(SearchKind.choices)
    department = TermField(Department)
    region = TermField(Region)
    topic = TermField(Topic)
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write the year in four digits, like 2022.")
        ),
    )
    validity = ChosenField(Validity.choices)
    admission = ChosenField(Admission.choices)
    open_now = forms.BooleanField(required=False)
    order = ChosenField([(order, order) for order in ORDERS])

    def question(self) -> SearchQuestion:
        """Return the question of a valid form, or what can be understood of an invalid one."""
        data = getattr(self, "cleaned_data", {})
        names = ("q", "kind", "department", "region", "topic", "year", "validity", "admission")
        return SearchQuestion(
            open_now=bool(data.get("open_now")),
            order=data.get("order") or FIT,
            **{name: str(data.get(name) or "") for name in names},
        )


def read_question(query: QueryDict) -> tuple[SearchQuestion, SearchForm]:
    """Return the question in an address, and the form with its messages."""
    form = SearchForm(query)
    form.is_valid()
    return form.question(), form
