"""The list of activities, and its month as a calendar: an address in, everything its page shows out."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from news import occasions
from news.enums import ActivityKind
from news.occasion_cards import OccasionCard, by_day, cards_of
from news.occasion_questions import Asked, OccasionForm, month_end, read_occasion_question
from news.presentation import channel_tabs
from openness.core import clock
from openness.core.calendars.days import days_between
from openness.core.dates import day_label, month_title, weekday_label
from openness.core.facets import Facet, Links, active_filters, facets_of, messages_of, page_steps, page_within
from openness.departments.models import AudienceGroup, Region
from openness.departments.selectors import department_names, term_names
from venues.enums import Admission
from venues.finder import TIME_FIELDS, time_form, when_chips
from venues.presentation import Chip
from venues.presentation.exports import export_links
from venues.selectors import public_entries
from venues.wording import window_label

PER_PAGE = 20
# More sessions than this on one day of the calendar are a link to the list of that day.
PER_DAY = 4
# A month of the whole city; what is more is found through the filters, and the page says so.
MOST_IN_MONTH = 600


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One field of the calendar; ``more`` is how many sessions it has besides ``cards``, ``url`` lists them all."""

    date: date
    label: str
    is_today: bool
    is_in_month: bool
    cards: list[OccasionCard]
    more: int
    url: str


def activity_list_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the template context for the question in the request. A fixed number of queries."""
    asked, form = read_occasion_question(request.GET)
    locale: Locale = page.locale
    links = Links(page.exit_url("activities", request), request.GET)
    names = _names(locale)
    is_valid = form.is_valid()
    context = {
        "title": _("Activities"),
        "asked": asked,
        "is_valid": is_valid,
        "errors": messages_of(form, without=TIME_FIELDS),
        "list_url": links.address,
        # Found by itself, not as the list of news.
        "canonical_url": page.full_exit_url("activities", request),
        "tabs": channel_tabs(page, request, chosen="activities"),
        "views": _views(asked, links),
        "sentence": _sentence(asked, names, locale),
        "active_filters": _active(asked, links, names),
        "exports": export_links(page, request, ics="activities.ics", query=_feed_query(request)),
        "feed_url": f"{page.exit_url('activities.atom', request)}?{_feed_query(request)}".rstrip("?"),
        "facets": _facets(asked, links, names, locale=locale) if is_valid else [],
    }
    if not is_valid:
        return {**context, **_time(links, request, form, locale)}
    if asked.is_calendar:
        return {**context, **_calendar(asked, links, locale=locale, request=request)}
    return {
        **context,
        **_time(links, request, form, locale),
        **_listed(asked, links, locale=locale, request=request),
        **_archive(links, locale),
    }


def _sessions(asked: Asked, locale: Locale) -> Any:
    if asked.month and asked.last:
        return occasions.within(asked.month, asked.last, asked.filters, locale=locale)
    return occasions.occasions(asked.window, asked.filters, locale=locale)


def _listed(asked: Asked, links: Links, *, locale: Locale, request: HttpRequest) -> dict[str, Any]:
    sessions = _sessions(asked, locale)
    total = sessions.count()
    number = page_within(request.GET, total, per_page=PER_PAGE)
    first = (number - 1) * PER_PAGE
    cards = cards_of(sessions[first : first + PER_PAGE], locale=locale, request=request)
    return {
        "result_label": ngettext("%(number)s session", "%(number)s sessions", total) % {"number": total},
        "groups": by_day(cards, locale.language_code),
        **page_steps(total, number, links, per_page=PER_PAGE),
    }


def _time(links: Links, request: HttpRequest, form: OccasionForm, locale: Locale) -> dict[str, Any]:
    query = request.GET.copy()
    for name in ("month", "view"):
        query.pop(name, None)
    chosen = time_form(links.address, query, form, language=locale.language_code)
    return {
        "chips": when_chips(links.address, query),
        "time_form": {**chosen, "submit_label": _("Show what takes place")},
    }


def _calendar(asked: Asked, links: Links, *, locale: Locale, request: HttpRequest) -> dict[str, Any]:
    first = asked.month or clock.today().replace(day=1)
    last = month_end(first)
    start = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    found = list(occasions.within(first, last, asked.filters, locale=locale)[: MOST_IN_MONTH + 1])
    cards = cards_of(found[:MOST_IN_MONTH], locale=locale, request=request)
    days = [_day(day, first, cards, links, locale.language_code) for day in days_between(start, end)]
    return {
        "month_label": month_title(first, locale.language_code),
        "weekdays": [weekday_label(day.date, locale.language_code) for day in days[:7]],
        "weeks": [days[index : index + 7] for index in range(0, len(days), 7)],
        "listed": [day for day in days if day.is_in_month and day.cards],
        "going_on": [card for card in cards if _lasts(card)],
        "is_cut": len(found) > MOST_IN_MONTH,
        "has_any": bool(cards),
        "previous_url": links.with_(view="month", month=f"{first - timedelta(days=1):%Y-%m}"),
        "next_url": links.with_(view="month", month=f"{last + timedelta(days=1):%Y-%m}"),
    }


def _lasts(card: OccasionCard) -> bool:
    return card.ends_at - card.starts_at > occasions.LONG


def _day(day: date, first: date, cards: list[OccasionCard], links: Links, language: str) -> CalendarDay:
    is_in_month = (day.year, day.month) == (first.year, first.month)
    of_day = [card for card in cards if is_in_month and card.starts_at.date() == day and not _lasts(card)]
    return CalendarDay(
        date=day,
        label=day_label(day, language),
        is_today=day == clock.today(),
        is_in_month=is_in_month,
        cards=of_day[:PER_DAY],
        more=max(len(of_day) - PER_DAY, 0),
        url=links.with_(view="", month="", when="", date=day.isoformat()),
    )


# ---------------------------------------------------------------------------------------------------
# Ways through the list


def _views(asked: Asked, links: Links) -> list[Chip]:
    """Return the list and the calendar; the calendar keeps the filters, and asks for no other time."""
    free = {"when": "", "date": "", "start": "", "end": ""}
    return [
        Chip(label=_("List"), url=links.with_(view="", **free), is_selected=not asked.is_calendar),
        Chip(label=_("Calendar"), url=links.with_(view="month", **free), is_selected=asked.is_calendar),
    ]


def _archive(links: Links, locale: Locale) -> dict[str, Any]:
    """Return the months that have sessions between them, by year, the latest first."""
    known = occasions.span(locale=locale)
    if known is None:
        return {"archive": []}
    first, month = known[0].replace(day=1), known[1].replace(day=1)
    years: dict[int, list[dict[str, str]]] = {}
    while month >= first:
        address = links.with_(month=f"{month:%Y-%m}", view="", when="", date="", start="", end="")
        years.setdefault(month.year, []).append(
            {"label": month_title(month, locale.language_code), "url": address}
        )
        month = (month - timedelta(days=1)).replace(day=1)
    return {"archive": list(years.items())}


def _names(locale: Locale) -> dict[str, dict[str, str]]:
    language = locale.language_code
    return {
        "kind": {value: str(label) for value, label in ActivityKind.choices},
        "admission": {value: str(label) for value, label in Admission.choices},
        "region": term_names(Region, language=language),
        "department": department_names(),
        "audience": term_names(AudienceGroup, language=language),
    }


def _facets(asked: Asked, links: Links, names: dict[str, dict[str, str]], *, locale: Locale) -> list[Facet]:
    labels = {
        "kind": _("Kind of activity"),
        "admission": _("Admission"),
        "region": _("Region"),
        "department": _("Department"),
        "audience": _("For whom"),
    }
    chosen = asdict(asked.filters)
    counts = occasions.facet_counts(_sessions(asked, locale))
    for name in occasions.FACETS:
        if chosen[name]:
            # What else could be chosen here: the question without this one filter.
            without = replace(asked, filters=replace(asked.filters, **{name: ""}))
            counts[name] = occasions.facet_counts(_sessions(without, locale), names=[name])[name]
    return facets_of(labels, chosen, counts, names, links)


def _sentence(asked: Asked, names: dict[str, dict[str, str]], locale: Locale) -> str:
    """Return the question in words: when, then each filter."""
    when = ""
    if asked.month:
        when = month_title(asked.month, locale.language_code)
    elif asked.window:
        when = window_label(asked.when, asked.window, locale.language_code)
    chosen = asdict(asked.filters)
    parts = [names[name].get(chosen[name], "") for name in occasions.FACETS if chosen[name]]
    return " · ".join(filter(None, [when, *parts, _venue_title(asked, locale)]))


def _active(asked: Asked, links: Links, names: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    chosen = asdict(asked.filters)
    rows = [(name, names[name].get(chosen[name], "")) for name in occasions.FACETS if chosen[name]]
    if chosen["venue"]:
        rows.append(("venue", _("One venue only")))
    if asked.month and not asked.is_calendar:
        rows.append(("month", f"{asked.month:%Y-%m}"))
    return active_filters(rows, links)


def _venue_title(asked: Asked, locale: Locale) -> str:
    """Return the name of the venue that is asked about, if the public may see it. One query, none without one."""
    if not asked.filters.venue:
        return ""
    entry = public_entries(locale=locale).filter(code=asked.filters.venue).first()
    return entry.title if entry else ""


def _feed_query(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("page", "view"):
        query.pop(name, None)
    return query.urlencode()
