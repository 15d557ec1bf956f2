"""Clearance (清理): which documents a department has to decide on, its decisions as one page, what they cannot be.

Cities and counties clear all their normative documents every one or two years (《泉州市行政规范性文件管理规定》
泉政规〔2022〕3号), and publish the result (福建省人民政府令第219号, Art. 29).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext, ngettext
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from openness.core import clock
from openness.core.gate import visible
from openness.core.refusals import Refused
from openness.departments.models import Department
from policies.entries import facts_of
from policies.enums import Outcome, Validity
from policies.models import ClearanceDecision, ClearancePage, PolicyPage, PolicyTopic
from policies.validity import ENDED, KEEPS, REMINDED_MONTHS, Library, months_before

NAMED_AT_MOST = 5
AWAITING, ANY_DUE = "awaiting", "any"
# What is due, the most urgent first: the term is over, or ends within so many months.
DUE = (AWAITING, *(str(months) for months in sorted(REMINDED_MONTHS)))


# ---------------------------------------------------------------------------------------------------
# Which documents


def decidable(user: Any) -> QuerySet[PolicyPage]:
    """Return the documents (source-language pages) on which a person may decide: those that the person may publish."""
    allowed = PagePermissionPolicy(PolicyPage).instances_user_has_permission_for(user, "publish")
    return allowed.filter(locale=Locale.get_default())


def departments_decided_for(user: Any) -> QuerySet[Department]:
    """Return the departments for whose documents a person may decide."""
    pages = PagePermissionPolicy(Page).instances_user_has_permission_for(user, "publish")
    return Department.objects.filter(pages__in=pages.values("pk")).distinct().order_by("code")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a clearance or its report is narrowed to; empty for all.

    ``due`` is ``awaiting`` for terms that are over, the months within which a term ends, or ``any`` of these. Years
    are those under which documents are filed, both included.
    """

    department: str = ""
    topic: str = ""
    due: str = ""
    year_from: int | None = None
    year_to: int | None = None
    is_normative: bool = False

    def narrow(self, documents: QuerySet[PolicyPage]) -> QuerySet[PolicyPage]:
        """Return the public documents among ``documents`` that have not ended, as far as they are in the scope."""
        documents = documents.filter(entry__isnull=False).exclude(entry__validity__in=ENDED)
        if self.department:
            documents = documents.filter(entry__department_code=self.department)
        if self.topic:
            inside = f"/{self.topic}/"
            filed = PolicyTopic.objects.filter(page=OuterRef("pk"), topic__lineage__contains=inside)
            documents = documents.filter(Exists(filed))
        if self.due:
            documents = documents.filter(is_due(self.due))
        if self.year_from is not None:
            documents = documents.filter(entry__year__gte=self.year_from)
        if self.year_to is not None:
            documents = documents.filter(entry__year__lte=self.year_to)
        if self.is_normative:
            documents = documents.filter(is_normative=True)
        return documents


def is_due(due: str) -> Q:
    """Return the condition that a document is due: ``awaiting``, ending within so many months, or ``any`` of these."""
    awaiting = Q(entry__validity=Validity.AWAITING_CLEARANCE)
    if due == AWAITING:
        return awaiting
    if due == ANY_DUE:
        return awaiting | is_due(DUE[-1])
    today = clock.today()
    return Q(valid_until__gte=today, valid_until__lte=months_before(today, -int(due)))


def due_by_department(documents: QuerySet[PolicyPage]) -> list[dict[str, Any]]:
    """Return code and numbers (by ``awaiting``, ``3``, ``6``) of each department that has any. One query."""
    counts = {f"due_{due}": Count("pk", filter=is_due(due), distinct=True) for due in DUE}
    rows = documents.filter(is_due(ANY_DUE)).order_by("entry__department_code")
    return [
        {"code": row["entry__department_code"], "numbers": [(due, row[f"due_{due}"]) for due in DUE]}
        for row in rows.values("entry__department_code").annotate(**counts)
    ]


# ---------------------------------------------------------------------------------------------------
# The page


@transaction.atomic
def start(
    *, title: str, holds_from: date, basis: str, documents: Iterable[int], parent: Page, user: Any
) -> ClearancePage:
    """Make a draft below ``parent`` in which all documents (by key) are undecided; return it.

    Raises PermissionDenied where the person may not publish one of them, or add pages there.
    """
    keys = list(dict.fromkeys(documents))
    if not parent.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    page = ClearancePage(
        title=title, holds_from=holds_from, basis=basis, live=False, locale=Locale.get_default(), owner=user
    )
    page.decisions = [ClearanceDecision(policy_id=key, sort_order=order) for order, key in enumerate(keys)]
    if foreign(page, user):
        raise PermissionDenied
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    return page


@transaction.atomic
def decide(
    page: ClearancePage,
    decided: Mapping[int, tuple[str, str]],
    *,
    user: Any,
    dropped: Iterable[int] = (),
) -> int:
    """Write decisions into a new draft of the page, and leave documents out of it; return how many rows changed.

    ``decided`` holds outcome (or empty for undecided) and note by the key of the document. Raises PermissionDenied
    for documents that the person may not publish.
    """
    # Two who decide at once take turns, and neither writes over what the other did.
    locked = ClearancePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    draft = locked.get_latest_revision_as_object()
    gone = set(dropped)
    rows, changed = [], 0
    for row in draft.decisions.all():
        if row.policy_id in gone:
            changed += 1
            continue
        outcome, note = decided.get(row.policy_id, (row.outcome, row.note))
        if (outcome, note) != (row.outcome, row.note):
            row.outcome, row.note, changed = outcome, note, changed + 1
        rows.append(row)
    if changed:
        draft.decisions = rows
        if foreign(draft, user):
            raise PermissionDenied
        draft.save_revision(user=user, log_action=True)
    return changed


def foreign(page: ClearancePage, user: Any) -> list[str]:
    """Return the titles of documents in a clearance on which the person may not decide. Two or three queries."""
    keys = {row.policy_id for row in page.decisions.all()}
    allowed = set(decidable(user).filter(pk__in=keys).values_list("pk", flat=True))
    return _titles(keys - allowed)


def foreign_problems(page: ClearancePage, user: Any) -> list[str]:
    """Return the same in words."""
    text = gettext("You may not decide on “%(title)s”.")
    return [text % {"title": title} for title in foreign(page, user)]


def outcome_numbers(page: ClearancePage) -> dict[str, int]:
    """Return how many documents of the page have each outcome; the empty one stands for undecided."""
    counted = Counter(row.outcome for row in page.decisions.all())
    return {outcome: counted[outcome] for outcome in (*Outcome.values, "")}


# ---------------------------------------------------------------------------------------------------
# What cannot be


def clearance_problems(page: ClearancePage, *, holds_from: date | None = None) -> list[str]:
    """Return in words what keeps a clearance from being public. ``holds_from`` replaces the page's own.

    Every document is decided, once; each is public (unless this page decided on it in public before), and has not
    ended already.
    """
    rows = list(page.decisions.all())
    problems = []
    if undecided := sum(not row.outcome for row in rows):
        text = ngettext(
            "%(number)d document is undecided. A clearance is published when all are decided.",
            "%(number)d documents are undecided. A clearance is published when all are decided.",
            undecided,
        )
        problems.append(text % {"number": undecided})
    counted = Counter(row.policy_id for row in rows)
    if twice := [key for key, number in counted.items() if number > 1]:
        problems.append(gettext("Decided twice: %(titles)s.") % {"titles": _named(_titles(twice))})
    stored = ClearanceDecision.objects.filter(page=page.pk, page__live=True) if page.pk else None
    known = set(stored.values_list("policy_id", flat=True)) if stored is not None else set()
    public = visible(PolicyPage.objects.filter(pk__in=counted), Locale.get_default())
    hidden = set(counted) - known - set(public.values_list("pk", flat=True))
    if hidden:
        problems.append(gettext("Not public: %(titles)s.") % {"titles": _named(_titles(hidden))})
    day = holds_from or page.holds_from
    shown = {row.policy_id: row.outcome for row in rows if row.policy_id not in hidden}
    if day is not None and (ended := _ended(page, shown, day)):
        text = gettext("No longer in force on %(day)s: %(titles)s. Leave these out.")
        problems.append(text % {"day": day, "titles": _named(_titles(ended))})
    return problems


def _ended(page: ClearancePage, outcomes: Mapping[int, str], day: date) -> list[int]:
    """Return the documents that others have ended by that day; to end them on the same day is no contradiction."""
    facts = facts_of(outcomes)
    others = [each for each in facts.decisions if each.page != page.pk]
    library = Library(facts.documents, facts.acts, others)
    ended = []
    for key in sorted(set(outcomes) & {each.key for each in facts.documents}):
        standing = library.standing(key, on=day)
        agrees = standing.since == day and outcomes[key] not in KEEPS
        if standing.has_ended and not agrees:
            ended.append(key)
    return ended


def refuse(problems: list[str]) -> None:
    """Raise Refused with the problems, if there are any."""
    if problems:
        raise Refused(problems)


def _titles(keys: Iterable[int]) -> list[str]:
    return list(Page.objects.filter(pk__in=list(keys)).order_by("title").values_list("title", flat=True))


def _named(titles: list[str]) -> str:
    """Return some titles in one line, and how many more there are."""
    line = "".join(f"《{title.strip('《》')}》" for title in titles[:NAMED_AT_MOST])
    more = len(titles) - NAMED_AT_MOST
    return line if more <= 0 else f"{line} … +{more}"
