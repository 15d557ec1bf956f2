"""Mistakes in hours, told to the person who entered them: where, and what to do."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy, ngettext

from venues import hours
from venues.enums import EffectKind, MatcherKind, RuleLayer
from venues.hours import codec

_MESSAGES = {
    "end_before_start": gettext_lazy(
        "%(opens)s to %(closes)s ends before it begins. Write 26:00 for two o'clock on the next morning."
    ),
    "last_entry_outside": gettext_lazy(
        "The last entry, %(last_entry)s, lies outside %(opens)s to %(closes)s."
    ),
    "time_out_of_range": gettext_lazy("A time lies outside the day and the next one (0:00 to 48:00)."),
    "overlapping_sessions": gettext_lazy(
        "%(first)s and %(second)s overlap. Make them one, or move one of them."
    ),
    "dates_missing": gettext_lazy("The date is missing from which it holds."),
    "dates_reversed": gettext_lazy("The last day lies before the first."),
    "season_incomplete": gettext_lazy("The season needs both its first and its last day."),
    "no_such_day": gettext_lazy("There is no day %(month)s-%(day)s in the year."),
    "no_sessions_for_add": gettext_lazy("Say at what times it is open in addition."),
    "no_sessions_for_subtract": gettext_lazy("Say at what times it is closed."),
    "weekdays_missing": gettext_lazy("Choose the days of the week."),
    "day_types_missing": gettext_lazy("Choose the kind of days."),
    "nth_missing": gettext_lazy("Choose which one of the month."),
    "lunar_days_missing": gettext_lazy("Give the days of the lunar month."),
    "value_unknown": gettext_lazy("%(value)s is none of the values to choose from."),
    "unknown_area": gettext_lazy("The venue has no area with the key “%(area)s”."),
    "rules_missing": gettext_lazy("Nothing is entered here yet."),
    "duplicate_area": gettext_lazy("Two areas have the key “%(key)s”."),
    "duplicate_schedule": gettext_lazy("Two parts have the key “%(key)s”."),
    "duplicate_rule": gettext_lazy("Two rules have the key “%(key)s”."),
}
_OTHER = gettext_lazy("This cannot hold as it is entered (%(code)s).")
_PATH = re.compile(r"^(?P<path>rows(?:\[\d+\]|\.\w+)*): (?P<what>.*)$", re.DOTALL)
_TIME_FIELDS = frozenset({"opens", "closes", "last_entry", "window_opens", "window_closes"})


def clock_text(minute: int) -> str:
    """Return minutes of a business date as people write them: 540 is 9:00, 1560 is 26:00."""
    return f"{minute // 60}:{minute % 60:02}"


def days_text(matcher: hours.Matcher) -> str:
    """Return in a few words which days a matcher is about."""
    if matcher.kind == hours.MatcherKind.WEEKDAYS:
        return "、".join(str(WEEKDAYS[day]) for day in matcher.weekdays if day in WEEKDAYS)
    if matcher.kind == hours.MatcherKind.DATES and matcher.first:
        last = "" if matcher.last == matcher.first else f"–{matcher.last or ''}"
        return f"{matcher.first}{last}"
    return str(MatcherKind(matcher.kind).label)


def problem_text(
    problem: hours.Problem, schedules: Sequence[hours.Schedule], area_names: Mapping[str, str]
) -> str:
    """Return place and message of an engine problem: ``周六第 2 段：…``."""
    if problem.code == "conflict":
        return _conflict_text(problem, schedules, area_names)
    params = dict(problem.params)
    for name in ("opens", "closes", "last_entry"):
        if isinstance(params.get(name), int):
            params[name] = clock_text(params[name])
    for name in ("first", "second"):
        if isinstance(params.get(name), list):
            params[name] = "–".join(clock_text(minute) for minute in params[name])
    try:
        message = _MESSAGES.get(problem.code, _OTHER) % {"code": problem.code, **params}
    except KeyError:
        message = _OTHER % {"code": problem.code}
    return placed(place_text(problem.path, schedules, area_names), message)


def placed(place: str, message: str) -> str:
    """Return the message with its place in front, where there is one."""
    return (
        str(format_lazy("{place}{colon}{message}", place=place, colon=gettext(": "), message=message))
        if place
        else str(message)
    )


def rule_name(name: str, schedules: Sequence[hours.Schedule], area_names: Mapping[str, str]) -> str:
    """Return what people call the rule that the engine names ``schedule/rule``."""
    schedule_key, __, rule_key = name.partition("/")
    for schedule in schedules:
        if schedule.key == schedule_key:
            for rule in schedule.rules:
                if rule.key == rule_key:
                    return " · ".join(
                        filter(
                            None,
                            [*_schedule_words(schedule, area_names), rule.label or days_text(rule.matcher)],
                        )
                    )
    return name


def shape_problem(message: str, data: Any) -> str:
    """Return what is wrong with entered JSON, from the decoder's ``path: what`` and the data itself."""
    found = _PATH.match(message)
    steps = (
        [int(step) if step.isdigit() else step for step in re.findall(r"\w+", found["path"])[1:]]
        if found
        else []
    )
    value = data
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
            break
    if steps and steps[-1] in _TIME_FIELDS:
        text = (
            gettext("“%(text)s” cannot be read. Write hours like 9:00-12:00, 14:30-17:30.") % {"text": value}
            if isinstance(value, str) and value.strip()
            else gettext("A time is missing. Write hours like 9:00-12:00, 14:30-17:30.")
        )
    elif steps and isinstance(steps[-1], str) and steps[-1] in {"first", "last", "valid_from", "valid_to"}:
        text = gettext("“%(text)s” is no date. Write it like 2026-11-21.") % {"text": value}
    elif any(step in {"annual_from", "annual_to"} for step in steps):
        text = gettext("“%(text)s” is no day of the year. Write it like 10-01.") % {"text": value}
    elif "first" in message:
        text = gettext("The date is missing from which it holds.")
    elif "opens" in message or "closes" in message:
        text = gettext("A time is missing. Write hours like 9:00-12:00, 14:30-17:30.")
    else:
        text = gettext("This cannot be read: %(message)s") % {"message": message.removeprefix("rows")}
    return placed(_place_in_data(steps, data), text)


# ---------------------------------------------------------------------------------------------------
# Places


def _schedule_words(schedule: hours.Schedule, area_names: Mapping[str, str]) -> Iterable[str]:
    if schedule.area or len(area_names) > 1:
        yield area_names.get(schedule.area) or (schedule.area if schedule.area else gettext("Whole venue"))
    if schedule.label:
        yield schedule.label
    elif schedule.layer.code in RuleLayer.values and schedule.layer != hours.Layer.BASE:
        yield str(RuleLayer(schedule.layer.code).label)


def place_text(
    path: Sequence[str | int], schedules: Sequence[hours.Schedule], area_names: Mapping[str, str]
) -> str:
    """Return in words where a path of the engine leads: area, schedule, rule and period; empty for none."""
    schedule = next(
        (each for each in schedules if len(path) > 1 and path[0] == "schedules" and each.key == path[1]), None
    )
    if schedule is None:
        return ""
    words = list(_schedule_words(schedule, area_names))
    rule = next(
        (each for each in schedule.rules if len(path) > 3 and path[2] == "rules" and each.key == path[3]),
        None,
    )
    if rule is not None:
        last = rule.label or days_text(rule.matcher)
        if len(path) > 5 and path[4] == "sessions" and len(rule.sessions) > 1:
            last = _period(last, int(path[5]))
        words.append(last)
    return " · ".join(filter(None, words))


def _period(days: str, index: int) -> str:
    return gettext("%(days)s, period %(number)d") % {"days": days, "number": index + 1}


def _place_in_data(steps: Sequence[str | int], data: Any) -> str:
    """Return the place of a value in data that has no valid shape: as far as it can be told."""
    if not steps or not isinstance(data, list) or not isinstance(steps[0], int):
        return ""
    row = data[steps[0]] if steps[0] < len(data) else None
    if not isinstance(row, dict):
        return ""
    if "rules" not in row:
        words = [gettext("Change %(number)d") % {"number": steps[0] + 1}]
        if str(row.get("kind")) in EffectKind.values:
            words.append(str(EffectKind(row["kind"]).label))
        return " · ".join(words)
    words = [str(row.get("label") or "")]
    rules = row["rules"]
    if len(steps) > 2 and steps[1] == "rules" and isinstance(rules, list) and isinstance(steps[2], int):
        rule = rules[steps[2]] if steps[2] < len(rules) else None
        if isinstance(rule, dict):
            words.append(str(rule.get("label") or "") or _days_in_data(rule.get("matcher")))
        if len(steps) > 4 and steps[3] == "sessions" and isinstance(steps[4], int):
            words[-1] = _period(words[-1], steps[4])
    return " · ".join(filter(None, words))


def _days_in_data(matcher: Any) -> str:
    try:
        return days_text(codec.decode(hours.Matcher, matcher))
    except (ValueError, TypeError):
        return ""


def _conflict_text(
    problem: hours.Problem, schedules: Sequence[hours.Schedule], area_names: Mapping[str, str]
) -> str:
    params = problem.params
    days = int(params["days"])
    return ngettext(
        "“%(first)s” and “%(second)s” say different things about %(date)s. Change one, or limit it to other days.",
        "“%(first)s” and “%(second)s” say different things about %(days)d days, first on %(date)s. "
        "Change one, or limit it to other days.",
        days,
    ) % {
        "first": rule_name(params["first"], schedules, area_names),
        "second": rule_name(params["second"], schedules, area_names),
        "date": formats.date_format(date.fromisoformat(params["date"]), "DATE_FORMAT"),
        "days": days,
    }
