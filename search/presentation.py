"""The page of results: an address in, everything it shows out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.facets import (
    Facet,
    FacetOption,
    Links,
    active_filters,
    facets_of,
    messages_of,
    order_links,
    page_number,
    page_steps,
    page_within,
)
from openness.core.gate import visible
from openness.core.listing import listing_date_label
from openness.departments.models import Region, Topic
from openness.departments.selectors import department_names, term_names
from policies.enums import Validity
from policies.validity import ENDED
from search.answers import Answer, Step
from search.enums import SearchKind
from search.models import SearchEntry
from search.questions import FIT, NEWEST, SearchQuestion, read_question
from search.service import MOST_REACHED, search
from venues import selectors
from venues.enums import Admission
from venues.models import OpeningNoticePage, VenueEntry
from venues.presentation import Chip, NoticeCard, VenueCard, cards_of, notice_cards
from venues.questions import Question

PER_PAGE = 20
# What a venue's status may speak of: "opens again on Monday".
DAYS_AHEAD = timedelta(days=8)
Names = dict[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result. A venue has a ``card``, a notice a ``notice``; they are shown in place of the row.

    ``attachment`` is the title of the file that the snippet is from, ``note`` what the office says of a recommended
    page, ``state`` a Validity. ``language`` is empty where it is the reader's own.
    """

    url: str
    title_html: SafeString
    kind_label: str
    snippet_html: SafeString = SafeString("")
    attachment: str = ""
    note: str = ""
    number: str = ""
    department: str = ""
    date_label: str = ""
    state: str = ""
    state_label: str = ""
    has_ended: bool = False
    language: str = ""
    card: VenueCard | None = None
    notice: NoticeCard | None = None


def results_context(request: HttpRequest, *, locale: Locale) -> dict[str, Any]:
    """Return the template context of the results for the question in the request.

    A fixed number of queries: those of the answer, one for addresses, eight for the venues on the page and about a
    dozen for the notices, and the cached names.
    """
    question, form = read_question(request.GET)
    address = reverse("search:results")
    # The question as it was understood: what could not be is in its message, and in no link.
    links = Links(address, QueryDict(question.query_string()))
    answer, number = _answered(question, request, locale)
    names = _names(locale.language_code)
    loaded = _Loaded(answer, locale, request)
    unfiltered = Links(address, QueryDict())
    return {
        "question": question,
        "errors": messages_of(form),
        "search_url": address,
        "total": answer.total,
        "result_label": _result_label(answer.total),
        "keep": [{"name": name, "value": value} for name, value in links.query.items() if name != "q"],
        "tabs": _tabs(question, answer, links),
        "facets": _facets(question, answer, names, links),
        "active_filters": active_filters(_chosen_words(question, names), links),
        "clear_url": unfiltered.with_(q=question.q, kind=question.kind),
        "without_filters_url": unfiltered.with_(q=question.q) if question.filters else "",
        "orders": order_links(_order_labels(), question.order, links) if question.q and answer.total else [],
        "promoted": [
            row
            for each in answer.promoted
            if (row := loaded.row(each.entry, names, title_html=each.title_html, note=each.note))
        ],
        "results": [
            row
            for hit in answer.hits
            if (
                row := loaded.row(
                    hit.entry,
                    names,
                    title_html=hit.title_html,
                    snippet_html=hit.snippet_html,
                    attachment=hit.attachment,
                    is_card=True,
                )
            )
        ],
        "did_you_mean": answer.did_you_mean,
        "did_you_mean_url": links.with_(q=answer.did_you_mean),
        "is_simplified": answer.is_simplified,
        "holds_most_words": answer.step == Step.MOST and answer.total > 0,
        "reachable_label": _reachable_label(answer) if answer.total > answer.reachable else "",
        **page_steps(answer.reachable, number, links, per_page=PER_PAGE),
    }


def _answered(question: SearchQuestion, request: HttpRequest, locale: Locale) -> tuple[Answer, int]:
    """Return the page of the answer that the request asks for, the last one for what lies beyond, and its number."""
    number = min(page_number(request.GET), MOST_REACHED // PER_PAGE)
    answer = search(question, locale=locale, first=(number - 1) * PER_PAGE, count=PER_PAGE)
    last = page_within(request.GET, answer.reachable, per_page=PER_PAGE)
    if answer.total and last < number:
        answer = search(question, locale=locale, first=(last - 1) * PER_PAGE, count=PER_PAGE)
    return answer, min(number, last)


class _Loaded:
    """What the rows of one page show beside their entries, loaded for all of them at once."""

    def __init__(self, answer: Answer, locale: Locale, request: HttpRequest) -> None:
        self._language = locale.language_code
        shown = [hit.entry for hit in answer.hits]
        self._urls = _urls([*(each.entry for each in answer.promoted), *shown], request)
        self._cards = _venue_cards(_pages_of(SearchKind.VENUE, shown), locale, request)
        self._notices = _notice_cards(_pages_of(SearchKind.NOTICE, shown), locale, request)

    def row(
        self, entry: SearchEntry, names: Names, *, is_card: bool = False, **shown: Any
    ) -> ResultRow | None:
        """Return an entry as the page shows it; None where its page has just ceased to be public."""
        if not (url := self._urls.get(entry.pk)):
            return None
        state = Validity(entry.validity) if entry.validity else None
        return ResultRow(
            url=url,
            kind_label=str(SearchKind(entry.kind).label),
            number=entry.number,
            department=names["department"].get(entry.department_code, ""),
            date_label=listing_date_label(entry.dated),
            state=state or "",
            state_label=str(state.label) if state else "",
            has_ended=state in ENDED,
            language=entry.language if entry.language != self._language else "",
            card=self._cards.get(entry.pk) if is_card else None,
            notice=self._notices.get(entry.pk) if is_card else None,
            **shown,
        )


def _pages_of(kind: SearchKind, entries: Sequence[SearchEntry]) -> list[int]:
    return [entry.pk for entry in entries if entry.kind == kind]


def _urls(entries: Sequence[SearchEntry], request: HttpRequest) -> dict[int, str]:
    """Return the addresses of entries by the key of their page. One query, and one for each index page."""
    if not entries:
        return {}
    found: Any = visible(Page.objects.filter(pk__in=[entry.pk for entry in entries]))
    # An address is made of what every page has; only the way it is made belongs to the type.
    return {page.pk: page.get_url(request) or "" for page in found.specific(defer=True)}


def _venue_cards(pages: Sequence[int], locale: Locale, request: HttpRequest) -> dict[int, VenueCard]:
    """Return the cards of venues by the key of their page, with their status of now. Eight queries at most."""
    if not pages:
        return {}
    entries = list(VenueEntry.objects.filter(page__in=pages))
    now = clock.now()
    hours = selectors.hours_between([entry.venue_id for entry in entries], now, now + DAYS_AHEAD)
    found = selectors.Found(entries, {}, *hours)
    cards = cards_of(found, Question(), locale=locale, request=request)
    return {entry.page_id: card for entry, card in zip(entries, cards, strict=True)}


def _notice_cards(pages: Sequence[int], locale: Locale, request: HttpRequest) -> dict[int, NoticeCard]:
    """Return the cards of notices by the key of their page. About a dozen queries."""
    if not pages:
        return {}
    notices = list(visible(OpeningNoticePage.objects.filter(pk__in=pages)))
    cards = notice_cards(notices, locale=locale, request=request)
    return {notice.pk: card for notice, card in zip(notices, cards, strict=True)}


def _names(language: str) -> Names:
    """Return the words of each filter by value, in the order in which its values are shown."""
    return {
        "admission": {value: str(label) for value, label in Admission.choices},
        "validity": {value: str(label) for value, label in Validity.choices},
        "region": term_names(Region, language=language),
        "department": department_names(),
        "topic": term_names(Topic, language=language),
        "year": {},
    }


def _filter_labels() -> dict[str, str]:
    return {
        "admission": _("Admission"),
        "validity": _("Validity"),
        "region": _("Region"),
        "department": _("Department"),
        "topic": _("Topic"),
        "year": _("Year"),
    }


def _order_labels() -> dict[str, str]:
    return {FIT: _("Best match"), NEWEST: _("Newest first")}


def _result_label(total: int) -> str:
    return ngettext("%(number)s result", "%(number)s results", total) % {"number": total}


def _reachable_label(answer: Answer) -> str:
    return _("Here are the first %(number)s. Choose filters or add a word to see others.") % {
        "number": answer.reachable
    }


def _tabs(question: SearchQuestion, answer: Answer, links: Links) -> list[Chip]:
    """Return the kinds that hold something, and the chosen one, after all of them together."""
    kinds = answer.kinds
    if not kinds and not question.kind:
        return []
    shown = [kind for kind in SearchKind if kinds[kind] or kind == question.kind]
    return [
        Chip(_("All"), links.with_(kind=""), not question.kind, kinds.total()),
        *(
            Chip(str(kind.label), links.with_(kind=kind), kind == question.kind, kinds[kind])
            for kind in shown
        ),
    ]


def _facets(question: SearchQuestion, answer: Answer, names: Names, links: Links) -> list[Facet]:
    """Return the filters that have something to choose, those of venues and documents first."""
    labels = _filter_labels()
    chosen = {name: getattr(question, name) for name in labels}
    counts = {name: answer.facets.get(name, Counter()) for name in labels}
    values = {name: _values(name, counts[name], names[name], chosen[name]) for name in labels}
    facets = [_open_now(question, answer, links), *facets_of(labels, chosen, counts, values, links)]
    return [facet for facet in facets if facet.options]


def _open_now(question: SearchQuestion, answer: Answer, links: Links) -> Facet:
    """Return the one filter that is either chosen or not."""
    number, is_chosen = answer.facets.get("open_now", Counter())["1"], question.open_now
    url = links.with_(open_now="" if is_chosen else "1")
    option = FacetOption("1", _("Open now"), number, url, is_chosen)
    return Facet("open_now", _("Opening hours"), [option] if number or is_chosen else [])


def _values(name: str, counts: Counter[str], names: Mapping[str, str], chosen: str) -> Mapping[str, str]:
    """Return the words of a filter's values in order: years from the latest, departments from the most frequent."""
    found = {*counts, *([chosen] if chosen else [])}
    if name == "year":
        return {year: year for year in sorted(found, reverse=True)}
    if name == "department":
        codes = sorted(found, key=lambda code: (-counts[code], names.get(code, code)))
        return {code: names.get(code, code) for code in codes}
    return names


def _chosen_words(question: SearchQuestion, names: Names) -> list[tuple[str, str]]:
    """Return what was chosen beside the tab, each filter with the words of its value."""
    open_now = [("open_now", _("Open now"))] if question.open_now else []
    chosen = [(name, value) for name in names if (value := getattr(question, name))]
    return [*open_now, *((name, names[name].get(value, value)) for name, value in chosen)]
