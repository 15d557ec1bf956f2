"""The question a reader asks of the activities, read from a shareable address; when is asked as of venues."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from news.enums import ActivityKind
from news.occasions import Filters
from openness.core import clock
from openness.departments.form_fields import CODE, ChosenField
from venues.models import VenuePage
from venues.questions import QuestionForm, Window

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a window, or a month (its first day), or neither for all that is to come."""

    filters: Filters
    when: str = ""
    window: Window | None = None
    month: date | None = None
    is_calendar: bool = False

    @property
    def last(self) -> date | None:
        """The last day of the month."""
        return month_end(self.month) if self.month else None


def month_end(first: date) -> date:
    """Return the last day of the month that begins on ``first``."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class OccasionForm(QuestionForm):
    """Reads it, with a message at each field that says what to do."""

    # Django takes a field out of a form by this.
    type = None  # type: ignore[assignment]
    facility = None  # type: ignore[assignment]
    q = None  # type: ignore[assignment]
    order = None  # type: ignore[assignment]
    kind = ChosenField(ActivityKind.choices)
    venue = forms.CharField(required=False, max_length=40)
    month = forms.CharField(required=False, max_length=7)
    view = ChosenField([("month", "")])

    def clean_venue(self) -> str:
        """Refuse the code of no venue; whether it is public changes nothing, since only activities are shown."""
        code: str = self.cleaned_data["venue"]
        if code and not (CODE.fullmatch(code) and VenuePage.objects.filter(code=code).exists()):
            raise forms.ValidationError(
                _("There is no “%(code)s”. Choose one from the list."), params={"code": code}, code="unknown"
            )
        return code

    def clean_month(self) -> date | None:
        """Return the first day of the month."""
        text = self.cleaned_data["month"]
        if not text:
            return None
        if not MONTH.fullmatch(text):
            raise forms.ValidationError(_("Write the month like 2026-11."), code="invalid")
        return date.fromisoformat(f"{text}-01")

    def asked(self) -> Asked:
        """Return the question of a valid form, or what can be understood of an invalid one."""
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        question = self.question()
        month, is_calendar = data.get("month"), data.get("view") == "month"
        if is_calendar and not month:
            month = clock.today().replace(day=1)
        filters = Filters.of(question, kind=data.get("kind") or "", venue=data.get("venue") or "")
        return Asked(filters, question.when, question.window, month, is_calendar)


def read_occasion_question(query: QueryDict) -> tuple[Asked, OccasionForm]:
    """Return the question in an address, and the form with its messages."""
    form = OccasionForm(query)
    form.is_valid()
    return form.asked(), form
