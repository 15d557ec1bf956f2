"""The page that answers what was published for a day: hours, reasons, version and notices of that time."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.core.dates import weekday_label
from openness.departments.models import AudienceGroup
from openness.departments.selectors import term_names
from venues import hours
from venues.history import PublishedDay, Standing, published_on, versions_of
from venues.models import PublishedHours, VenuePage
from venues.presentation.reader import Reader, notice_refs
from venues.presentation.values import DayRow
from venues.presentation.week import VenueDays
from venues.published import HORIZON_DAYS
from venues.wording import Season, speak
from venues.wordings import Words

CAUSES = {
    "page": _("The venue’s page was edited"),
    "notice": _("A notice was published or ended"),
    "calendar": _("The holiday calendar changed"),
    "daily": _("Another calendar year came into view"),
}
NO_ANSWER = {
    Standing.NOT_YET_PUBLIC: _("No hours of this venue were public at that time."),
    Standing.WITHDRAWN: _("The venue did not publish hours at that time."),
    Standing.BEYOND: _("Hours are published %(days)s days ahead; that day was still further away."),
}


class DayForm(forms.Form):
    """The day that is asked about."""

    date = forms.DateField(
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day like 2026-11-21."),
        },
    )


def history_context(page: VenuePage, request: HttpRequest) -> dict[str, Any]:
    """Return what was published for ``?date=2026-12-03``, or for today, and the list of versions. Nine queries at most.

    ``form`` says what is wrong with a day that cannot be read; there is no answer then.
    """
    form = DayForm(request.GET if "date" in request.GET else {"date": clock.today().isoformat()})
    versions = versions_of(page.source_page)
    answer = None
    if form.is_valid() and versions:
        published = published_on(page.source_page, form.cleaned_data["date"])
        answer = _answer(published, page, request)
    return {
        "form": form,
        "asked_for": form.cleaned_data["date"].isoformat() if form.is_valid() else "",
        "answer": answer,
        "versions": [
            _version(version, len(versions) - index, answer) for index, version in enumerate(versions)
        ],
    }


def _answer(published: PublishedDay, page: VenuePage, request: HttpRequest) -> dict[str, Any]:
    language, day = page.locale.language_code, published.day
    refs = notice_refs(published.notices, locale=page.locale, request=request)
    reader = _reader(published, page, refs)
    told = VenueDays.of(published.days, published.openings, reader=reader, today=clock.today(), holidays={})
    rows: list[DayRow] = [told.row(area, day) for area in told.areas]
    return {
        "day_label": speak(language).period(day, day),
        "weekday_label": weekday_label(day, language),
        "rows": rows,
        "has_areas": len(rows) > 1,
        "why_none": NO_ANSWER.get(published.standing, "") % {"days": HORIZON_DAYS}
        if published.standing in NO_ANSWER
        else "",
        "asked_on": published.asked_on,
        "number": published.number,
        "version": published.version,
        "calendar_is_kept": published.calendar_is_kept,
        "notices": list(refs.values()),
        "hidden_notices": len(published.notices) - len(refs),
    }


def _reader(published: PublishedDay, page: VenuePage, notices: dict[str, Any]) -> Reader:
    """Return a reader with the seasons of the version, and the words that the page has today."""
    rules = published.version.rules if published.version and published.days else {}
    areas = list(page.areas.all())
    return Reader(
        language=page.locale.language_code,
        words=Words(page),
        areas={area.key: area.name for area in areas},
        restricted_areas=frozenset(area.key for area in areas if not area.is_general_public),
        notices=notices,
        audiences=term_names(AudienceGroup, language=page.locale.language_code),
        seasons={
            schedule.key: Season(schedule.annual_from, schedule.annual_to)
            for schedule in (hours.from_dict(rules).schedules if rules else ())
            if schedule.annual_from and schedule.annual_to
        },
    )


def _version(version: PublishedHours, number: int, answer: dict[str, Any] | None) -> dict[str, Any]:
    """Return a line of the list of versions; ``day`` asks for its first one."""
    day: date = clock.local(version.published_at).date()
    return {
        "number": number,
        "published_at": version.published_at,
        "day": day.isoformat(),
        "cause": CAUSES.get(version.cause, "") if version.is_public else _("Hours were no longer published"),
        "is_answer": bool(answer and answer["number"] == number),
    }
