"""What a reader asks of the list of news: about what, by whom, where, from when. Read from a shareable address."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.departments.form_fields import TermField
from openness.departments.models import Department, Region, Topic

MONTH = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?", re.ASCII)
FILTERS = ("topic", "department", "region", "month")


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """What is asked. Codes compare; ``month`` is ``2026-11``, or a whole year ``2026``; empty means any."""

    topic: str = ""
    department: str = ""
    region: str = ""
    month: str = ""

    def without(self, name: str) -> "NewsQuestion":
        """Return the question without one of its filters."""
        value: Any = ""
        return replace(self, **{name: value})

    @property
    def period(self) -> tuple[datetime, datetime] | None:
        """The asked month or year of the city's calendar: aware instants, half-open; None for any time."""
        if not self.month:
            return None
        year, month = int(self.month[:4]), self.month[5:]
        first = datetime(year, int(month or 1), 1, tzinfo=clock.CITY_TZ)
        if not month or first.month == 12:
            return first, datetime(year + 1, 1, 1, tzinfo=clock.CITY_TZ)
        return first, first.replace(month=first.month + 1)


class NewsQuestionForm(forms.Form):
    """Reads a question out of an address, with a message at each field that says what to do."""

    topic = TermField(Topic)
    department = TermField(Department)
    region = TermField(Region)
    month = forms.CharField(required=False, max_length=7)

    def clean_month(self) -> str:
        """Refuse what is neither a month nor a year."""
        text: str = self.cleaned_data["month"]
        if text and not MONTH.fullmatch(text):
            raise forms.ValidationError(
                _("Write the month like 2026-11, or the year like 2026."), code="invalid"
            )
        return text

    def question(self) -> NewsQuestion:
        """Return the question of a valid form, or what can be understood of an invalid one."""
        data = getattr(self, "cleaned_data", {})
        return NewsQuestion(**{name: data.get(name) or "" for name in FILTERS})


def read_news_question(query: QueryDict) -> tuple[NewsQuestion, NewsQuestionForm]:
    """Return the question in an address, and the form with its messages."""
    form = NewsQuestionForm(query)
    form.is_valid()
    return form.question(), form
