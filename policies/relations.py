"""What a document has to do with others, as both sides show it, and what relations cannot be.

Only what the public may see is told: a relation to or from a page that is hidden is left out.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.gate import visible
from policies.entries import dates_of, standing_now
from policies.enums import Outcome, Relation, Validity
from policies.links import public_links
from policies.models import ClearanceDecision, ClearancePage, PolicyEntry, PolicyPage, PolicyRelation
from policies.validity import Act, DocumentDates, Standing, day_of, find_cycle, is_too_early

FORWARD, BACKWARD = "forward", "backward"
# In the order in which they are shown: what happened to the document, what it does, where it comes from.
LABELS = {
    (BACKWARD, Relation.REPLACES): gettext_lazy("Replaced by"),
    (BACKWARD, Relation.REPEALS): gettext_lazy("Repealed by"),
    (BACKWARD, Relation.PARTLY_REPEALS): gettext_lazy("Partly repealed by"),
    (BACKWARD, Relation.AMENDS): gettext_lazy("Amended by"),
    (FORWARD, Relation.REPLACES): gettext_lazy("Replaces"),
    (FORWARD, Relation.REPEALS): gettext_lazy("Repeals"),
    (FORWARD, Relation.PARTLY_REPEALS): gettext_lazy("Repeals parts of"),
    (FORWARD, Relation.AMENDS): gettext_lazy("Amends"),
    (FORWARD, Relation.FORWARDS): gettext_lazy("Forwards"),
    (BACKWARD, Relation.FORWARDS): gettext_lazy("Forwarded by"),
    (FORWARD, Relation.BASED_ON): gettext_lazy("Based on"),
    (FORWARD, Relation.IMPLEMENTS): gettext_lazy("Implements"),
    (BACKWARD, Relation.IMPLEMENTS): gettext_lazy("Implemented by"),
    (BACKWARD, Relation.BASED_ON): gettext_lazy("Basis of"),
}
DECISION_LABELS = {
    Outcome.CONTINUES: gettext_lazy("Clearance: remains valid"),
    Outcome.TO_AMEND: gettext_lazy("Clearance: is to be amended"),
    Outcome.REPEALED: gettext_lazy("Clearance: repealed"),
    Outcome.EXPIRED: gettext_lazy("Clearance: no longer valid"),
}
# Kinds whose day is told: the others do not happen on a day.
DATED = frozenset({Relation.REPLACES, Relation.REPEALS, Relation.PARTLY_REPEALS, Relation.AMENDS})


@dataclass(frozen=True, slots=True)
class RelationItem:
    """One document (or clearance) on the other side; ``url`` is empty for a document that is not on this site."""

    title: str
    url: str = ""
    number: str = ""
    note: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The documents to which a document stands in one relation."""

    label: str
    items: list[RelationItem]


@dataclass(frozen=True, slots=True)
class StandingShown:
    """How a document stands today, with links to the page that brought it about and to what is in its place."""

    state: Validity
    since: date | None
    because: RelationItem | None
    successor: RelationItem | None
    has_ended: bool


def standing_of(page: PolicyPage) -> Standing:
    """Return how a document stands today, in whatever language its page is. One query as a rule.

    The entry is believed until the next day on which something happens; from then on, and for a page that has
    no entry (a draft that is looked at), it is worked out here.
    """
    entry = PolicyEntry.objects.filter(translation_key=page.translation_key).first()
    if entry is None or (entry.changes_on is not None and entry.changes_on <= clock.today()):
        return standing_now(page.source_page)
    return Standing(
        state=Validity(entry.validity),
        since=entry.since,
        because=entry.because_id,
        successor=entry.successor_id,
        changes_on=entry.changes_on,
    )


def standing_shown(page: PolicyPage, *, locale: Locale, request: Any = None) -> StandingShown:
    """Return the same with links for readers of one language. Up to five queries."""
    standing = standing_of(page)
    shown = shown_pages([standing.because, standing.successor], locale, request)
    return StandingShown(
        state=standing.state,
        since=standing.since,
        because=shown.get(standing.because or 0),
        successor=shown.get(standing.successor or 0),
        has_ended=standing.has_ended,
    )


def relations_of(page: PolicyPage, *, locale: Locale, request: Any = None) -> list[RelationGroup]:
    """Return what the document does to others and others do to it, for readers of one language.

    ``page`` is the document in any language. About ten queries, whatever the number of relations.
    """
    source = page.source_page
    stored = PolicyRelation.objects.filter(Q(page=source.pk) | Q(target=source.pk))
    rows = list(stored.order_by("page__written_on", "page_id", "sort_order"))
    decisions = list(_decisions_on(source))
    keys = {key for row in rows for key in (row.page_id, row.target_id)} - {source.pk}
    shown = shown_pages([*keys, *(each.page_id for each in decisions)], locale, request)
    dates = {source.pk: dates_of(source), **_dates(keys)}

    found: dict[Any, list[RelationItem]] = defaultdict(list)
    for row in rows:
        side = FORWARD if row.page_id == source.pk else BACKWARD
        other = row.target_id if side == FORWARD else row.page_id
        item = shown.get(other) if other else RelationItem(row.target_title)
        if item is not None:
            found[side, Relation(row.kind)].append(_told(item, row, dates.get(row.page_id)))
    groups = [RelationGroup(str(label), found[key]) for key, label in LABELS.items() if key in found]
    for each in decisions:
        if each.page_id in shown:
            item = shown[each.page_id]
            decided = RelationItem(item.title, item.url, note=each.note, day=each.page.holds_from)
            groups.append(RelationGroup(str(DECISION_LABELS[Outcome(each.outcome)]), [decided]))
    return groups


def _told(item: RelationItem, row: PolicyRelation, source: DocumentDates | None) -> RelationItem:
    kind, day = Relation(row.kind), row.holds_from
    if source is not None and row.target_id:
        day = day_of(Act(kind, row.page_id, row.target_id, row.holds_from), source)
    return RelationItem(item.title, item.url, item.number, row.note, day if kind in DATED else None)


def _decisions_on(source: PolicyPage) -> Iterable[ClearanceDecision]:
    """Return what public clearances decided on a document, the latest first."""
    public = visible(ClearancePage.objects.order_by(), Locale.get_default()).values("pk")
    decisions = ClearanceDecision.objects.filter(policy=source.pk, page__in=public).exclude(outcome="")
    return decisions.select_related("page").order_by("-page__holds_from", "-page_id")


def _dates(keys: Iterable[int | None]) -> dict[int, DocumentDates]:
    rows = PolicyPage.objects.filter(pk__in=[key for key in keys if key])
    dates = rows.values_list("pk", "effective_on", "written_on", "valid_until")
    return {row[0]: DocumentDates(*row) for row in dates}


def shown_pages(keys: Iterable[int | None], locale: Locale, request: Any) -> dict[int, RelationItem]:
    """Return titles and addresses of pages (keys of the source language), in ``locale`` where they are translated.

    A page that is hidden in the source language is hidden in all: its relations are facts of that page.
    """
    wanted = [key for key in keys if key]
    if not wanted:
        return {}
    sources = dict(visible(Page.objects.filter(pk__in=wanted)).values_list("pk", "translation_key"))
    links = public_links(sources.values(), locale=locale, request=request)
    numbers = dict(PolicyPage.objects.filter(pk__in=wanted).values_list("pk", "number"))
    return {
        key: RelationItem(links[shared].title, links[shared].url, numbers.get(key, ""))
        for key, shared in sources.items()
        if shared in links
    }


# ---------------------------------------------------------------------------------------------------
# What cannot be


def relation_problems(page: PolicyPage, relations: Iterable[PolicyRelation]) -> list[str]:
    """Return in words what is wrong with the relations that ``page`` is to have, and with its dates towards others.

    A document acts on, and rests on, earlier ones only, so that they never come round to it. Relations of other
    documents count when these are public. Call it under ``entries.take_turns`` before publishing.
    """
    if not page.is_source:
        return []
    given = [row for row in relations if row.kind]
    rows = [row for row in given if row.target_id]
    problems = [_chosen(row) for row in given]
    if any(row.target_id == page.pk for row in rows):
        return [*filter(None, problems), gettext("A document has no relation to itself.")]
    own = dates_of(page)
    dates = _dates(row.target_id for row in rows)
    titles = _titles([*dates, page.pk], page)
    for row in rows:
        target = dates.get(row.target_id)
        if target is not None and is_too_early(own, target):
            problems.append(_too_early(page.title, titles[target.key], own, target))
        if row.holds_from and own.begins and row.holds_from < own.begins:
            text = gettext(
                "“%(title)s”: the relation cannot hold before this document is in force (%(day)s)."
            )
            problems.append(text % {"title": titles.get(row.target_id, ""), "day": own.begins})
    if page.pk:
        problems += _towards_later(page, own)
        problems += _cycle(page, {row.target_id for row in rows})
    return list(dict.fromkeys(filter(None, problems)))


def _chosen(row: PolicyRelation) -> str:
    if bool(row.target_id) != bool(row.target_title):
        return ""
    return gettext("A relation names a document of this site or the title of another one, one of the two.")


def _towards_later(page: PolicyPage, own: DocumentDates) -> list[str]:
    """Look from the other side: public documents that act on this one and would now be older than it."""
    public = visible(PolicyPage.objects.order_by(), Locale.get_default()).values("pk")
    keys = PolicyRelation.objects.filter(target=page.pk, page__in=public).values_list("page_id", flat=True)
    sources = _dates(keys)
    titles = _titles(sources, page)
    return [
        _too_early(titles[key], page.title, source, own)
        for key, source in sorted(sources.items())
        if is_too_early(source, own)
    ]


def _too_early(title: str, target_title: str, source: DocumentDates, target: DocumentDates) -> str:
    text = gettext(
        "“%(title)s” (%(day)s) is older than “%(target)s” (%(target_day)s), so it can neither act on it nor rest on it."
    )
    return text % {
        "title": title,
        "day": source.written_on or source.effective_on,
        "target": target_title,
        "target_day": target.written_on,
    }


def _cycle(page: PolicyPage, targets: set[int]) -> list[str]:
    """Follow public relations from the targets on; say so where they come back to the page."""
    public = visible(PolicyPage.objects.order_by(), Locale.get_default()).values("pk")
    stored = PolicyRelation.objects.filter(page__in=public).exclude(target=None)
    edges = [(page.pk, target) for target in targets]
    known, generation = {page.pk}, targets
    while generation := generation - known:
        known = known | generation
        rows = stored.filter(page__in=generation).values_list("page_id", "target_id")
        found = list(rows)
        edges += found
        generation = {target for __, target in found}
    line = find_cycle(edges)
    if line is None:
        return []
    start = line.index(page.pk) if page.pk in line else 0
    ordered = [*line[start:], *line[: start + 1]]
    titles = _titles(line, page)
    text = gettext(
        "The relations run in a circle: %(line)s. A document can only act on, or rest on, earlier ones."
    )
    return [text % {"line": " → ".join(f"“{titles[key]}”" for key in ordered)}]


def _titles(keys: Iterable[int], page: PolicyPage) -> dict[int, str]:
    found = dict(Page.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "title"))
    return {**found, page.pk: page.title} if page.pk else found
