"""The finder: an address in, everything its page shows out."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from openness.core import clock
from openness.core.calendars.days import days_between
from openness.core.facets import (
    Facet,
    Links,
    active_filters,
    facets_of,
    messages_of,
    order_links,
    page_number,
    page_steps,
    page_within,
)
from openness.departments.models import AudienceGroup, Facility, Region, VenueType
from openness.departments.selectors import department_names, term_names
from venues import selectors
from venues.compile import horizon
from venues.enums import Admission, SessionKind
from venues.presentation import Chip, ResultGroup, cards_of
from venues.questions import Question, QuestionForm, read_question
from venues.wording import day_label, opening_label, window_label

PER_PAGE = 20
# What the form for a day and hours of one's own asks; it shows their messages itself.
TIME_FIELDS = ("date", "start", "end")
# Half hours from the early morning; a reader's own time stays in the list when it is another.
CLOCK_CHOICES = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(6 * 60, 24 * 60, 30)]


def finder_context(request: HttpRequest, *, locale: Locale, address: str) -> dict[str, Any]:
    """Return the template context of the finder at ``address`` for the question in the request.

    A fixed number of queries: four for the answer, at most one per facet, and the cached names.
    """
    question, form = read_question(request.GET)
    links = Links(address, request.GET)
    number = page_number(request.GET)
    found = selectors.find(question, locale=locale, first=(number - 1) * PER_PAGE, count=PER_PAGE)
    if found.total and not found.entries:
        # An old address beyond the last page, as after venues have closed.
        number = page_within(request.GET, found.total, per_page=PER_PAGE)
        found = selectors.find(question, locale=locale, first=(number - 1) * PER_PAGE, count=PER_PAGE)
    is_valid = form.is_valid()
    names = _names(locale)
    groups = _groups(found, question, locale=locale, request=request) if is_valid else []
    return {
        "question": question,
        "form": form,
        "is_valid": is_valid,
        "errors": messages_of(form, without=TIME_FIELDS),
        "finder_url": address,
        "sentence": _sentence(question, names, language=locale.language_code),
        "result_label": _result_label(found, question) if is_valid else "",
        "chips": when_chips(address, request.GET),
        "time_form": time_form(address, request.GET, form, language=locale.language_code),
        "facets": _facets(question, links, names, locale=locale) if is_valid else [],
        "active_filters": active_filters(_chosen_words(question, names), links),
        "clear_url": address,
        "orders": order_links(_order_labels(), question.order, links),
        "groups": groups,
        "nearest": _nearest(question, links, locale=locale)
        if is_valid and not found.totals["open"]
        else None,
        **page_steps(found.total, number, links, per_page=PER_PAGE),
    }


def when_chips(address: str, query: QueryDict) -> list[Chip]:
    """Return the quick choices of time; they keep all other filters."""
    links = Links(address, query)
    chosen = "" if query.get("date") or query.get("start") or query.get("end") else query.get("when", "")
    labels = {"now": _("Now"), "today": _("Today"), "tonight": _("Tonight"), "weekend": _("This weekend")}
    return [
        Chip(
            label=label,
            url=links.with_(when="" if word == chosen else word, date="", start="", end=""),
            is_selected=word == chosen,
        )
        for word, label in labels.items()
    ]


def time_form(address: str, query: QueryDict, form: QuestionForm | None, *, language: str) -> dict[str, Any]:
    """Return the choices of the form for a day and hours of one's own; what was typed is kept."""
    first, last = horizon()
    chosen_day = query.get("date", "")
    days = [(day.isoformat(), day_label(day, language)) for day in days_between(first, last)]
    return {
        "action": address,
        "days": _choices(days, chosen_day),
        "starts": _choices(
            [("", _("any time")), *((text, text) for text in CLOCK_CHOICES)], query.get("start", "")
        ),
        "ends": _choices(
            [("", _("any time")), *((text, text) for text in [*CLOCK_CHOICES[1:], "23:59"])],
            query.get("end", ""),
        ),
        "keep": [
            {"name": name, "value": value}
            for name, value in query.items()
            if value and name not in {"when", "page", *TIME_FIELDS}
        ],
        "errors": [
            message for name in TIME_FIELDS for message in (form.errors.get(name, []) if form else [])
        ],
        "is_open": bool(chosen_day or query.get("start") or query.get("end")),
    }


def _choices(options: Iterable[tuple[str, str]], chosen: str) -> list[dict[str, object]]:
    options = list(options)
    if chosen and chosen not in {value for value, __ in options}:
        options.append((chosen, chosen))
    return [{"value": value, "label": label, "is_selected": value == chosen} for value, label in options]


def _names(locale: Locale) -> dict[str, dict[str, str]]:
    language = locale.language_code
    return {
        "region": term_names(Region, language=language),
        "type": term_names(VenueType, language=language),
        "admission": {value: str(label) for value, label in Admission.choices},
        "kind": {value: str(label) for value, label in SessionKind.choices if value != SessionKind.REGULAR},
        "department": department_names(),
        "facility": term_names(Facility, language=language),
        "audience": term_names(AudienceGroup, language=language),
    }


def _sentence(question: Question, names: dict[str, dict[str, str]], *, language: str) -> str:
    """Return the question in words: when, then each filter."""
    when = window_label(question.when, question.window, language) if question.window else ""
    chosen = (words for __, words in _chosen_words(question, names))
    return " · ".join(filter(None, [when, *chosen]))


def _result_label(found: selectors.Found, question: Question) -> str:
    """Return how many venues are open then; without a time, how many there are."""
    if question.window is None:
        return ngettext("%(number)s venue", "%(number)s venues", found.total) % {"number": found.total}
    number = found.totals["open"]
    return ngettext("%(number)s venue is open", "%(number)s venues are open", number) % {"number": number}


def _groups(
    found: selectors.Found, question: Question, *, locale: Locale, request: HttpRequest
) -> list[ResultGroup]:
    labels = {
        "open": _("Open to everyone"),
        "restricted": _("By booking or for members"),
        "unknown": _("Hours not known"),
        "closed": _("Closed"),
    }
    cards = cards_of(found, question, locale=locale, request=request)
    return [
        ResultGroup(code=name, label=labels[name], cards=of_rank, total=found.totals[name])
        for rank, name in enumerate(selectors.RANKS)
        if (of_rank := [card for entry, card in zip(found.entries, cards, strict=True) if entry.rank == rank])
    ]


def _facets(
    question: Question, links: Links, names: dict[str, dict[str, str]], *, locale: Locale
) -> list[Facet]:
    labels = {
        "region": _("Region"),
        "type": _("Kind of venue"),
        "admission": _("Admission"),
        "kind": _("Staggered and extended hours"),
        "department": _("Department"),
        "facility": _("Facilities"),
        "audience": _("For whom"),
    }
    counts = selectors.facet_counts(question, locale=locale)
    chosen = {name: getattr(question, name) for name in labels}
    return facets_of(labels, chosen, counts, names, links)


def _chosen_words(question: Question, names: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """Return what was chosen, each filter with the words of its value; what was typed stands last, in quotes."""
    chosen = [(name, value) for name in selectors.FACETS if (value := getattr(question, name))]
    typed = [("q", f"“{question.q}”")] if question.q else []
    return [*((name, names[name].get(value, "")) for name, value in chosen), *typed]


def _order_labels() -> dict[str, str]:
    return {"fit": _("Longest stay"), "name": _("Name"), "fresh": _("Last checked")}


def _nearest(question: Question, links: Links, *, locale: Locale) -> dict[str, str] | None:
    """Return the next opening that the other filters allow, as a question of its own."""
    if not question.window:
        return None
    opening = selectors.nearest_opening(question, locale=locale)
    if opening is None:
        return None
    opens = clock.local(opening.opens_at)
    return {
        "text": _("The next time that something is open: %(when)s")
        % {"when": opening_label(opening, locale.language_code)},
        "url": links.with_(when="", date=opens.date().isoformat(), start=f"{opens:%H:%M}", end=""),
    }
