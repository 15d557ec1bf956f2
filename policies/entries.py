"""One flat row per public document: how it stands today, and what lists filter and sort by.

Only what the public may see acts: a draft, an expired or a restricted page changes the state of nothing. The rows
of a document, and of those on which it acts, are written in the transaction of the change.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.gate import visible, visible_below_parents
from openness.departments.selectors import departments_of
from policies.enums import Outcome, Relation
from policies.models import ClearanceDecision, ClearancePage, PolicyEntry, PolicyPage, PolicyRelation
from policies.validity import ACTING, Act, Decision, DocumentDates, Library, Standing

CHUNK = 500
# The entries of these documents were written (or deleted), in the transaction that is still open; ``keys``.
entries_written = Signal()
COLUMNS = [field.name for field in PolicyEntry._meta.concrete_fields if field.name not in {"id", "policy"}]
NEEDED = (
    "path",
    "depth",
    "translation_key",
    "document_kind",
    "effective_on",
    "written_on",
    "valid_until",
)


class Facts(NamedTuple):
    """What the standings of some documents rest on, as :class:`policies.validity.Library` takes it."""

    documents: list[DocumentDates]
    acts: list[Act]
    decisions: list[Decision]


def take_turns() -> None:
    """Let no other transaction change relations or entries until this one ends; to be called inside it.

    Two that publish at once, each a half of a cycle, would otherwise not see each other's half. On SQLite
    writing transactions take turns anyway.
    """
    row = ContentType.objects.filter(app_label="policies", model="policyentry")
    list(row.select_for_update(no_key=True))


@contextmanager
def kept_up(keys: Iterable[int]) -> Iterator[set[int]]:
    """Refresh, after the change in the ``with`` block, the documents ``keys`` and all on which they acted or act.

    Keys may be added to the set that it yields, such as that of a page that is new.
    """
    with transaction.atomic():
        take_turns()
        concerned = _with_targets(keys)
        yield concerned
        refresh(concerned)


_waiting: ContextVar[set[int] | None] = ContextVar("policies.entries.waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Refresh once, at the end of the ``with`` block and in its transaction, what each change in it would refresh."""
    with transaction.atomic():
        keys: set[int] = set()
        token = _waiting.set(keys)
        try:
            yield
        finally:
            _waiting.reset(token)
        refresh(keys)


def refresh(policies: Iterable[int]) -> None:
    """Write the entries of documents, by key, and of those on which they act, in the caller's transaction.

    Keys of drafts and of translations are welcome; what is not public has no entry. The number of queries
    depends on the longest line of documents that act on each other, not on how many there are.
    """
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(policies)
        return
    with transaction.atomic():
        take_turns()
        _write_all(sorted(_with_targets(policies)))


def refresh_below(page: Page) -> None:
    """Refresh what a page that was hidden, shown or moved takes along: documents, and clearances with theirs."""
    below = PolicyPage.objects.filter(path__startswith=page.path)
    decided = ClearanceDecision.objects.filter(page__path__startswith=page.path)
    keys = {*below.values_list("pk", flat=True), *decided.values_list("policy_id", flat=True)}
    if keys:
        refresh(keys)


def refresh_due() -> int:
    """Refresh the entries to which the day does something; return how many."""
    with transaction.atomic():
        take_turns()
        due = PolicyEntry.objects.filter(changes_on__lte=clock.today())
        keys = list(due.order_by("policy_id").values_list("policy_id", flat=True))
        # A document's state rests on days that are known beforehand: no other one changes with it.
        _write_all(keys)
    return len(keys)


def refresh_all() -> int:
    """Write all entries anew, in one transaction; return how many. A chunk costs the same, whatever the number."""
    with transaction.atomic():
        take_turns()
        library = _library(facts_of(None))
        public = visible_below_parents(_source_pages()).order_by()
        PolicyEntry.objects.exclude(policy__in=public.values("pk")).delete()
        keys = list(public.order_by("pk").values_list("pk", flat=True))
        for chunk in _chunks(keys):
            _write(chunk, library)
    return len(keys)


def standing_now(policy: PolicyPage) -> Standing:
    """Return how a document (source-language page) stands today, worked out now, by the dates that it carries."""
    facts = facts_of([policy.pk])
    others = [each for each in facts.documents if each.key != policy.pk]
    return _library(facts._replace(documents=[*others, dates_of(policy)])).standing(
        policy.pk, on=clock.today()
    )


def facts_of(keys: Iterable[int] | None) -> Facts:
    """Return all that bears on the documents ``keys`` (None for every one): public acts on them, on those, and so on.

    Three queries, and for given keys one more for each document in the longest line.
    """
    if keys is None:
        acts = _acts(Q())
        wanted = Q()
    else:
        known = generation = set(keys)
        acts = []
        while generation:
            found = _acts(Q(target__in=generation))
            acts += found
            generation = {act.source for act in found} - known
            known = known | generation
        wanted = Q(pk__in=known)
    documents = _source_pages().filter(wanted).order_by()
    rows = documents.values_list("pk", "effective_on", "written_on", "valid_until")
    dates = [DocumentDates(*row) for row in rows]
    public = visible(ClearancePage.objects.order_by(), Locale.get_default())
    decided = ClearanceDecision.objects.filter(page__in=public.values("pk")).exclude(outcome="")
    if keys is not None:
        decided = decided.filter(policy__in=known)
    decisions = decided.order_by().values_list("page_id", "policy_id", "outcome", "page__holds_from")
    return Facts(
        dates, acts, [Decision(page, key, Outcome(outcome), day) for page, key, outcome, day in decisions]
    )


def dates_of(policy: PolicyPage) -> DocumentDates:
    """Return the dates that a page carries, saved or not."""
    return DocumentDates(policy.pk, policy.effective_on, policy.written_on, policy.valid_until)


def _library(facts: Facts) -> Library:
    return Library(facts.documents, facts.acts, facts.decisions)


def _acts(condition: Q) -> list[Act]:
    """Return what public documents do to others."""
    public = visible_below_parents(_source_pages()).order_by()
    rows = PolicyRelation.objects.filter(condition, kind__in=ACTING, page__in=public.values("pk"))
    rows = rows.exclude(target=None).order_by()
    return [
        Act(Relation(kind), source, target, day)
        for kind, source, target, day in rows.values_list("kind", "page_id", "target_id", "holds_from")
    ]


def _with_targets(keys: Iterable[int]) -> set[int]:
    """Return the keys, and those of all documents on which these act, directly or through others."""
    known = generation = set(keys)
    acting = PolicyRelation.objects.filter(kind__in=ACTING).exclude(target=None)
    while generation:
        targets = acting.filter(page__in=generation).values_list("target_id", flat=True)
        generation = set(targets) - known
        known = known | generation
    return known


def _source_pages() -> QuerySet[PolicyPage]:
    return PolicyPage.objects.filter(locale=Locale.get_default())


def _write_all(keys: Sequence[int]) -> None:
    for chunk in _chunks(keys):
        _write(chunk, _library(facts_of(chunk)))


def _write(keys: Sequence[int], library: Library) -> None:
    """Write the entries of public documents among ``keys``, and delete those of the others. Four queries."""
    pages = list(visible(_source_pages().filter(pk__in=keys)).only(*NEEDED).order_by("pk"))
    departments = departments_of(pages)
    today = clock.today()
    entries = []
    for page in pages:
        standing, owner = library.standing(page.pk, on=today), departments[page.path]
        entries.append(
            PolicyEntry(
                policy_id=page.pk,
                translation_key=page.translation_key,
                validity=standing.state,
                rank=standing.rank,
                since=standing.since,
                because_id=standing.because,
                successor_id=standing.successor,
                changes_on=standing.changes_on,
                year=_year(page),
                document_kind=page.document_kind,
                department_code=owner.code if owner else "",
                region_lineage=owner.region.lineage if owner and owner.region else "",
            )
        )
    hidden = set(keys) - {page.pk for page in pages}
    PolicyEntry.objects.filter(policy__in=hidden).delete()
    PolicyEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["policy"], update_fields=COLUMNS
    )
    entries_written.send(PolicyEntry, keys=keys)


def _year(page: PolicyPage) -> int | None:
    """Return the year under which a document is filed: when it was written or took effect; None where nobody knows."""
    day = page.written_on or page.effective_on
    return day.year if day else None


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
