"""The question a reader asks of the finder: when, where, what, for how much. Read from a shareable address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.departments.form_fields import ChosenField, TermField
from openness.departments.models import AudienceGroup, Department, Facility, Region, VenueType
from venues.compile import horizon
from venues.enums import Admission, SessionKind

EVENING = time(18)
DEFAULT_MINUTES = 60
WHEN = ("now", "today", "tonight", "weekend", "window")


@dataclass(frozen=True, slots=True)
class Window:
    """From ``start`` to ``end`` (aware instants, half-open); ``end`` None asks for the instant ``start`` alone."""

    start: datetime
    end: datetime | None
    minutes: int = DEFAULT_MINUTES

    @property
    def stay(self) -> timedelta:
        """How long one wants to stay at least; never longer than the window itself, nothing for an instant."""
        if self.end is None:
            return timedelta(0)
        return min(timedelta(minutes=self.minutes), self.end - self.start)

    @property
    def known_end(self) -> datetime:
        """The end, or a day that is long enough for what is asked of an instant."""
        return self.end or self.start + timedelta(days=7)

    @property
    def last_start(self) -> datetime:
        """The last instant at which one can begin to stay."""
        return self.start if self.end is None else self.end - self.stay

    @property
    def dates(self) -> tuple[date, date]:
        """The first and last business date (Asia/Shanghai) that the window touches."""
        end = self.end - timedelta(microseconds=1) if self.end else self.start
        return clock.local(self.start).date(), clock.local(end).date()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Codes compare; empty means any."""

    when: str = ""
    window: Window | None = None
    region: str = ""
    type: str = ""
    admission: str = ""
    kind: str = ""
    department: str = ""
    facility: str = ""
    audience: str = ""
    q: str = ""
    order: str = "fit"

    def choosing(self, name: str, code: str) -> "Question":
        """Return the question with one of its filters set to ``code``."""
        value: Any = code
        return replace(self, **{name: value})

    def without(self, name: str) -> "Question":
        """Return the question without one of its filters."""
        return self.choosing(name, "")


def window_for(when: str, *, now: datetime, minutes: int = DEFAULT_MINUTES) -> Window:
    """Return the window that ``now``, ``today``, ``tonight`` (from 18:00) or ``weekend`` names."""
    here = clock.local(now)
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), clock.CITY_TZ)
    if when == "now":
        return Window(now, None, minutes)
    if when == "today":
        return Window(now, midnight, minutes)
    if when == "tonight":
        return Window(max(now, datetime.combine(here.date(), EVENING, clock.CITY_TZ)), midnight, minutes)
    saturday = here.date() + timedelta(days=5 - here.weekday())
    start = datetime.combine(saturday, time(), clock.CITY_TZ)
    return Window(max(now, start), start + timedelta(days=2), minutes)


class QuestionForm(forms.Form):
    """Reads a question out of an address, with a message at each field that says what to do."""

    when = ChosenField([(word, word) for word in WHEN])
    date = forms.DateField(required=False, error_messages={"invalid": _("Write the day like 2026-11-21.")})
    start = forms.TimeField(required=False, error_messages={"invalid": _("Write the time like 19:00.")})
    end = forms.TimeField(required=False, error_messages={"invalid": _("Write the time like 21:00.")})
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1440,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write the minutes as a number from 1 to 1440.")
        ),
    )
    region = TermField(Region)
    type = TermField(VenueType)
    admission = ChosenField(Admission.choices)
    kind = ChosenField(SessionKind.choices)
    department = TermField(Department)
    facility = TermField(Facility)
    audience = TermField(AudienceGroup)
    q = forms.CharField(required=False, max_length=100)
    order = ChosenField([("fit", ""), ("name", ""), ("fresh", "")])

    def clean(self) -> dict[str, Any]:
        """Refuse a window that runs backwards, is over, or lies beyond what is known."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, start, end = cleaned.get("date"), cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end lies before the start. Choose a later time."))
        first, last = horizon()
        if day and not first <= day <= last:
            self.add_error(
                "date",
                forms.ValidationError(
                    _("Opening hours are known from %(first)s to %(last)s. Choose a day in between."),
                    params={"first": first.isoformat(), "last": last.isoformat()},
                    code="outside",
                ),
            )
        return cleaned

    def question(self) -> Question:
        """Return the question of a valid form, or what can be understood of an invalid one."""
        data = getattr(self, "cleaned_data", {})
        names = ("region", "type", "admission", "kind", "department", "facility", "audience", "q")
        return Question(
            when=self._when(data),
            window=self._window(data),
            order=data.get("order") or "fit",
            **{name: (data.get(name) or "").strip() for name in names},
        )

    @staticmethod
    def _when(data: dict[str, Any]) -> str:
        if data.get("date") or data.get("start") or data.get("end"):
            return "window"
        when = data.get("when") or ""
        return "" if when == "window" else when

    def _window(self, data: dict[str, Any]) -> Window | None:
        when = self._when(data)
        minutes = data.get("minutes") or DEFAULT_MINUTES
        if when == "window":
            if self.errors.keys() & {"date", "start", "end"}:
                return None
            day = data.get("date") or clock.today()
            start = datetime.combine(day, data.get("start") or time(), clock.CITY_TZ)
            if data.get("end"):
                end = datetime.combine(day, data["end"], clock.CITY_TZ)
            else:
                end = datetime.combine(day + timedelta(days=1), time(), clock.CITY_TZ)
            return Window(start, end, minutes)
        return window_for(when, now=clock.now(), minutes=minutes) if when else None


def read_question(query: QueryDict) -> tuple[Question, QuestionForm]:
    """Return the question in an address, and the form with its messages."""
    form = QuestionForm(query)
    form.is_valid()
    return form.question(), form
