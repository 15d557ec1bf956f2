"""What the public page of a clearance prints."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from openness.core import clock
from openness.departments.selectors import publisher_of
from policies.enums import Outcome
from policies.models import ClearancePage
from policies.relations import RelationItem, shown_pages


@dataclass(frozen=True, slots=True)
class DecidedDocument:
    """A row of the table: its number in its group, the document with its address, and what is noted."""

    position: int
    document: RelationItem
    note: str


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """All documents with one outcome."""

    outcome: Outcome
    documents: list[DecidedDocument]


def clearance_context(page: ClearancePage, request: HttpRequest) -> dict[str, Any]:
    """Return the groups in the order of the outcomes, without documents that are hidden. A dozen queries at most."""
    source = page.source_page
    rows = list(source.decisions.all())
    shown = shown_pages([row.policy_id for row in rows], page.locale, request)
    by_outcome: dict[str, list[DecidedDocument]] = defaultdict(list)
    for row in rows:
        if row.policy_id in shown:
            group = by_outcome[row.outcome]
            group.append(DecidedDocument(len(group) + 1, shown[row.policy_id], row.note))
    groups = [OutcomeGroup(outcome, by_outcome[outcome]) for outcome in Outcome if by_outcome[outcome]]
    return {
        "groups": groups,
        "total": sum(len(group.documents) for group in groups),
        "publisher": publisher_of(source, locale=page.locale, request=request),
        "holds_already": page.holds_from is not None and page.holds_from <= clock.today(),
    }
