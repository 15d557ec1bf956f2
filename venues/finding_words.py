"""Findings and sums about hours, told to the people who can do something: what, where, what to do, by which rule."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from openness.core.calendars.models import Holiday, VacationKind
from venues import hours
from venues.hours.findings import Finding
from venues.hours.weekly import Sums
from venues.hours_problems import place_text, problem_text
from venues.models import HoursStandard

SEVERITIES = {
    hours.Severity.ERROR: _("Has to be mended before publishing"),
    hours.Severity.WARNING: _("Not as law or standard ask"),
    hours.Severity.HINT: _("Worth a thought"),
}
# Short names, for lists and filters.
NAMES = {
    "hours_missing": _("no hours published"),
    "closed_at_weekend": _("closed at weekends"),
    "holiday_undecided": _("public holidays undecided"),
    "closed_on_holiday": _("closed on public holidays"),
    "closed_in_vacation": _("closed in school vacations"),
    "below_weekly_hours": _("fewer hours a week than the target"),
    "weekend_not_longer": _("weekends not longer than workdays"),
    "too_few_open_days": _("too few open days"),
    "short_days_off": _("short hours on days off"),
    "only_working_hours": _("open only in working hours"),
    "free_day_missing": _("no free day for pupils"),
}
_TEXTS = {
    "hours_missing": gettext_lazy("No opening hours are published."),
    "closed_at_weekend": gettext_lazy("Closed in an ordinary week on %(weekdays)s."),
    "holiday_undecided": gettext_lazy(
        "Nobody has said what holds on %(holidays)s; the usual hours are only assumed."
    ),
    "closed_on_holiday": gettext_lazy("Closed on all days off of %(holidays)s."),
    "closed_in_vacation": gettext_lazy("Closed in the whole of %(vacations)s."),
    "below_weekly_hours": gettext_lazy(
        "Open %(hours)s hours in an ordinary week; the target is %(target)s hours."
    ),
    "weekend_not_longer": gettext_lazy(
        "A weekend day is %(hours)s hours longer than a workday; the target is %(target)s hours longer."
    ),
    "too_few_open_days": gettext_lazy(
        "Open on %(days)s days in the coming year; the target is %(target)s days."
    ),
    "short_days_off": gettext_lazy("Open %(hours)s hours on a day off; the target is %(target)s hours."),
    "only_working_hours": gettext_lazy("On workdays open only while most people work or study."),
    "free_day_missing": gettext_lazy("Charges, and names no day of each month that is free for pupils."),
}
_REMEDIES = {
    "publish_hours": gettext_lazy("Enter the hours, or say that it opens by appointment."),
    "open_at_weekend": gettext_lazy("Give these days hours, and close on another day if one is needed."),
    "decide_holidays": gettext_lazy("Decide them in the holiday table, or add a rule for public holidays."),
    "open_on_holidays": gettext_lazy("Add hours for public holidays and vacations."),
    "lengthen_hours": gettext_lazy("Lengthen the hours, for example into the evening (延时)."),
    "lengthen_weekend": gettext_lazy("Lengthen the hours of Saturday and Sunday."),
    "open_more_days": gettext_lazy("Open on more days."),
    "add_other_hours": gettext_lazy("Add hours at noon, in the evening or at the weekend (错时)."),
    "add_free_day": gettext_lazy(
        "Add hours that are free for pupils, such as the first Saturday of each month, or an offer without price."
    ),
}
_LAW = {
    "hours_missing": gettext_lazy("《公共文化服务保障法》 Art. 31"),
    "closed_at_weekend": gettext_lazy("《公共图书馆法》 Art. 38"),
    "holiday_undecided": gettext_lazy("《公共图书馆法》 Art. 38"),
    "closed_on_holiday": gettext_lazy("《博物馆条例》 Art. 29"),
    "closed_in_vacation": gettext_lazy("《博物馆条例》 Art. 29"),
    "only_working_hours": gettext_lazy("《公共文化体育设施条例》 Art. 17"),
    "free_day_missing": gettext_lazy("《公共文化服务保障法》 Art. 31"),
}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in words; ``place`` and ``remedy`` may be empty, ``source`` is the rule it rests on."""

    text: str
    place: str = ""
    remedy: str = ""
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class SumLine:
    """One sum before an edit (empty for none) and after it, beside its target (empty for none)."""

    label: str
    before: str
    after: str
    target: str
    is_below: bool
    has_changed: bool


def hours_text(minutes: int) -> str:
    """Return minutes as hours: 3600 is 60, 3390 is 56.5."""
    return f"{round(minutes / 60, 1):g}"


def finding_line(
    finding: Finding,
    standard: HoursStandard | None = None,
    schedules: Sequence[hours.Schedule] = (),
    area_names: Mapping[str, str] | None = None,
) -> FindingLine:
    """Return a finding in words; without ``schedules`` it has no place."""
    params = finding.params
    words: dict[str, Any] = {
        "weekdays": "、".join(str(WEEKDAYS[day]) for day in params.get("weekdays", ())),
        "holidays": "、".join(holiday_text(code, year) for code, year in params.get("holidays", ())),
        "vacations": "、".join(str(VacationKind(kind).label) for kind in params.get("vacations", ())),
        "hours": hours_text(params.get("minutes", 0)),
        "days": params.get("days", ""),
        "target": params.get("target", "") if "days" in params else hours_text(params.get("target", 0)),
    }
    law = _LAW.get(finding.code)
    return FindingLine(
        text=str(_TEXTS[finding.code]) % words,
        place=place_text(finding.path, schedules, area_names or {"": ""}),
        remedy=str(_REMEDIES[finding.remedy]),
        source=str(law) if law else standard.source if standard else "",
        source_url=standard.source_url if standard and not law else "",
    )


def holiday_text(code: str, year: int) -> str:
    """Return a holiday of a year: 2027年春节."""
    name = str(Holiday(code).label) if code in Holiday.values else code
    return gettext("%(holiday)s %(year)s") % {"holiday": name, "year": year}


def finding_groups(
    problems: Iterable[hours.Problem],
    findings: Iterable[Finding],
    standard: HoursStandard | None,
    schedules: Sequence[hours.Schedule],
    area_names: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return mistakes and findings by severity, the gravest first: ``severity``, ``label`` and ``lines``."""
    found: dict[hours.Severity, dict[FindingLine, None]] = {severity: {} for severity in hours.Severity}
    for problem in problems:
        # Rules of the whole venue that contradict each other do so in every area; once is enough.
        found[problem.severity][FindingLine(problem_text(problem, schedules, area_names))] = None
    for finding in findings:
        found[finding.severity][finding_line(finding, standard, schedules, area_names)] = None
    return [
        {"severity": severity.value, "label": SEVERITIES[severity], "lines": list(lines)}
        for severity, lines in found.items()
        if lines
    ]


def sum_lines(before: Sums | None, after: Sums, standard: HoursStandard | None) -> list[SumLine]:
    """Return the sums of an edit: what was public before it, what would be, and what is asked."""

    def line(
        label: str, value: Callable[[Sums], int], target: int | None = None, text: Any = hours_text
    ) -> SumLine:
        old, new = None if before is None else value(before), value(after)
        return SumLine(
            label=label,
            before="" if old is None else text(old),
            after=text(new),
            target="" if target is None else text(target),
            is_below=target is not None and new < target,
            has_changed=old is not None and old != new,
        )

    asks = standard or HoursStandard()
    lines = [
        line(gettext("Hours in an ordinary week"), lambda each: each.week, asks.weekly_minutes),
        line(gettext("of which staggered (错时)"), lambda each: each.staggered),
        line(gettext("of which extended (延时)"), lambda each: each.extended),
        line(
            gettext("Weekend day longer than workday, hours"),
            lambda each: each.weekend_day - each.workday,
            asks.weekend_extra_minutes,
        ),
        line(
            gettext("Day off (the shorter of Saturday and Sunday), hours"),
            lambda each: each.shortest_day_off,
            asks.day_off_minutes,
        ),
        line(
            gettext("Open days in the coming year"), lambda each: each.open_days, asks.open_days_per_year, str
        ),
    ]
    if after.least != after.most:
        text = gettext("%(least)s to %(most)s hours, by week")
        bounds = {"least": hours_text(after.least), "most": hours_text(after.most)}
        lines.insert(1, SumLine(gettext("over the year"), "", text % bounds, "", False, False))
    return lines
