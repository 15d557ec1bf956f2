"""Words of what was read: what the reader of texts warns of, and what is wrong with a row of a spreadsheet."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from venues.give_hours import Outcome

# The codes of ``venues.hours.parse``.
_WARNINGS = {
    "adds_or_replaces": gettext_lazy(
        "These hours may be meant beside those of every day, or instead of them."
    ),
    "all_day_unclear": gettext_lazy(
        "“All day” may mean 24 hours, or that there is no break; it is not clear here."
    ),
    "area_hours_assumed": gettext_lazy("The hours of this part were taken from the words around it."),
    "area_unclear": gettext_lazy(
        "It is not clear whether this is said of this part of the venue, or of all of it."
    ),
    "area_without_hours": gettext_lazy("A part of the venue is named here without hours."),
    "as_usual_unclear": gettext_lazy("“As usual” is said here, and it is not clear which hours are usual."),
    "class_days_assumed": gettext_lazy("Days of school are taken for the workdays of a term."),
    "closing_in_vacation": gettext_lazy("It is not clear whether the weekly closing holds in this time too."),
    "closing_of_which_season": gettext_lazy("It is not clear whether this closing holds in every season."),
    "closing_time_unclear": gettext_lazy("It is not clear to which hours this closing time belongs."),
    "closing_without_days": gettext_lazy("A closing is named here without its days."),
    "condition_names_part": gettext_lazy("This condition may be about a part of the venue only."),
    "days_contradict": gettext_lazy("The text says different things about these days."),
    "days_unclear": gettext_lazy(
        "It is not clear whether these days are meant together, or one after the other."
    ),
    "days_without_hours": gettext_lazy("Days are named here, and nothing is said of them."),
    "end_before_start": gettext_lazy("These hours end before they begin."),
    "exception_to_nothing": gettext_lazy("An exception is named here, and it is not clear to what."),
    "exception_unclear": gettext_lazy("It is not clear on which days this exception holds."),
    "half_day_of_which": gettext_lazy("It is not clear to which of these days the half day belongs."),
    "half_day_unclear": gettext_lazy("It is not clear from when until when this half of the day is."),
    "holidays_to_be_announced": gettext_lazy(
        "The hours of public holidays are still to be announced: they are not known."
    ),
    "hours_contradict": gettext_lazy("The text gives different hours for the same time."),
    "hours_missing": gettext_lazy("Days are named here without hours."),
    "hours_of_which_season": gettext_lazy(
        "It is not clear whether these hours belong to the season before them."
    ),
    "hours_without_days": gettext_lazy("It is not clear on which days these hours hold."),
    "last_entry_of_nothing": gettext_lazy(
        "A last entry is named here without hours that it could belong to."
    ),
    "last_entry_of_which": gettext_lazy("It is not clear to which hours this last entry belongs."),
    "last_entry_outside": gettext_lazy("This last entry lies outside the hours."),
    "last_entry_unclear": gettext_lazy("This last entry does not fit the hours."),
    "lunar_month_missing": gettext_lazy("No lunar month is named; it is taken for every month."),
    "next_day_assumed": gettext_lazy(
        "These hours are taken to end on the next day, which the text does not say."
    ),
    "noon_break_contradicts": gettext_lazy("This and the break at noon contradict each other."),
    "occasion_unknown": gettext_lazy("These hours are for an occasion whose days are not known."),
    "put_off_day_assumed": gettext_lazy(
        "To which day the closing is put off is not said; the first day after the holiday is assumed."
    ),
    "put_off_unclear": gettext_lazy("It is not clear which closing is put off."),
    "remark_of_which": gettext_lazy("It is not clear to which of the hours this remark belongs."),
    "rules_contradict": gettext_lazy("Two parts of the text say different things about the same days."),
    "season_adds_hours": gettext_lazy(
        "It is not clear whether these hours of a season come beside the others, or instead of them."
    ),
    "season_limits_assumed": gettext_lazy(
        "The text does not say when this season is; 1 May to 30 September is taken for summer, the rest for winter."
    ),
    "season_months_assumed": gettext_lazy(
        "The text does not say when this season is; the months of the meteorological season are taken."
    ),
    "season_without_dates": gettext_lazy("The text does not say when this season is."),
    "season_without_hours": gettext_lazy("A season is named here without hours."),
    "seasons_overlap": gettext_lazy("This season and another one share days."),
    "tickets_taken_for_entry": gettext_lazy("The end of ticket sales is taken for the last entry."),
    "to_be_announced": gettext_lazy("This is still to be announced: it is not known."),
    "twelve_hour_clock": gettext_lazy(
        "It is not clear whether these hours are in the morning or in the afternoon."
    ),
    "usual_hours_differ": gettext_lazy(
        "The usual hours differ by day; it is not clear which are meant here."
    ),
    "usual_hours_missing": gettext_lazy(
        "This changes the usual hours, which the text does not tell for these days."
    ),
    "weekend_not_named": gettext_lazy("Workdays and holidays are named here, and weekends are not."),
    "year_missing": gettext_lazy("No year is named; it is taken for every year."),
    "year_not_covered": gettext_lazy("The seasons leave a part of the year out."),
}
_PROBLEMS = {
    "no_name": gettext_lazy("The name is missing."),
    "no_type": gettext_lazy("The venue is new: give its type."),
    "no_region": gettext_lazy("The venue is new: give its region."),
    "unknown_type": gettext_lazy("There is no venue type “%(value)s”."),
    "unknown_region": gettext_lazy("There is no region “%(value)s”."),
    "unknown_code": gettext_lazy(
        "No venue has the code “%(value)s”. Leave the code empty for a new venue; it gets one."
    ),
    "no_link": gettext_lazy("“%(value)s” is no address of a web page."),
    "not_yours": gettext_lazy("There is such a venue, and it belongs to another department."),
    "ambiguous": gettext_lazy("%(count)s venues have this name. Give the region, or the code."),
    "similar": gettext_lazy(
        "There are venues of a similar name: %(names)s. If it is one of these, give that name."
    ),
    "row_twice": gettext_lazy("Several rows are about the same venue: %(rows)s. Leave one of them."),
    "nowhere_to_add": gettext_lazy(
        "There is no venue of this name. To add it, choose a department when you give the file."
    ),
}
_OUTCOMES = {
    Outcome.DRAFTED: gettext_lazy("saved as a draft"),
    Outcome.PUBLISHED: gettext_lazy("published"),
    Outcome.UNCHANGED: gettext_lazy("had these hours already"),
}


def warning_text(code: str, params: Mapping[str, Any]) -> str:
    """Return what to look at, for a warning of ``venues.hours.parse``."""
    return _filled(_WARNINGS.get(code), code, params)


def row_problem_text(code: str, params: Mapping[str, Any]) -> str:
    """Return what is wrong with a row of an import, and what to do."""
    lists = {name: "、".join(map(str, value)) for name, value in params.items() if isinstance(value, list)}
    return _filled(_PROBLEMS.get(code), code, {**params, **lists})


def outcome_text(outcome: Outcome) -> str:
    """Return what became of a venue that was given hours."""
    return str(_OUTCOMES[outcome])


def _filled(message: Any, code: str, params: Mapping[str, Any]) -> str:
    if message is None:
        return gettext("Look at this place again (%(code)s).") % {"code": code}
    return str(message % params)
