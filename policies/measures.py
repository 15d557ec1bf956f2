"""Measures as readers see them: what a document promises, what was said about it since, and what shows it.

The facts of a measure (its key, lead and date), the reports and the evidence belong to the document in the
source language; its words are those of the reader's language where they are translated.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from openness.core import clock
from openness.departments.selectors import department_names
from policies.enums import MeasureState
from policies.links import PublicLink, public_links

if TYPE_CHECKING:
    from policies.models import Measure, MeasureEvidence, MeasureReport, PolicyPage

UNREPORTED = "unreported"
# Nothing is late that has ended, well or not.
ENDED = frozenset({MeasureState.DONE, MeasureState.LASTING, MeasureState.GIVEN_UP})
STATE_LABELS: dict[str, Any] = {**dict(MeasureState.choices), UNREPORTED: _("nothing reported yet")}
# What is done first, what nobody has said anything of last.
STATE_ORDER = (
    MeasureState.DONE,
    MeasureState.LASTING,
    MeasureState.UNDER_WAY,
    MeasureState.PLANNED,
    MeasureState.GIVEN_UP,
    UNREPORTED,
)
# Not the ones within brackets: 各县（市、区）人民政府 is one.
_SEPARATORS = re.compile(r"[,，、;；](?![^（(]*[)）])")


@dataclass(frozen=True, slots=True)
class ReportView:
    """What a department said on a day; ``reported_at`` is aware."""

    state: str
    state_label: str
    note: str
    department: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A public page that shows a measure carried out, and what it shows."""

    link: PublicLink
    note: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure of a document, with its reports (the last one first) and its public evidence."""

    key: str
    number: str
    heading: str
    title: str
    text: str
    lead: str
    partners: tuple[str, ...]
    target_on: date | None
    state: str
    state_label: str
    is_late: bool
    reports: tuple[ReportView, ...]
    evidence: tuple[EvidenceView, ...]

    @property
    def last_report(self) -> ReportView | None:
        """The report that counts, if there is any."""
        return self.reports[0] if self.reports else None


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A measure that a page carries out: which one, of which document, and where it is told."""

    number: str
    title: str
    policy_title: str
    policy_url: str
    url: str
    note: str


def measures_of(
    policy: "PolicyPage", *, locale: Locale, request: HttpRequest | None = None
) -> list[MeasureView]:
    """Return the measures of a document, in its order, in the reader's language.

    Eight queries at most and two for each kind of page among the evidence, whatever the number of measures,
    reports and pages. Whether the document itself may be seen is for the caller to ask.
    """
    source = policy.source_page
    measures = list(source.measures.all())
    if not measures:
        return []
    words = _words(policy, source, locale)
    reports = _reports(source)
    evidence = _evidence(source, locale, request)
    leads = department_names_by_id(measures)
    return [
        measure_view(
            measure,
            words.get(measure.key, measure),
            lead=leads.get(measure.lead_id, ""),
            reports=reports.get(measure.key, ()),
            evidence=evidence.get(measure.key, ()),
        )
        for measure in measures
    ]


def measure_view(
    measure: "Measure",
    words: "Measure",
    *,
    lead: str,
    reports: Sequence[ReportView] = (),
    evidence: Sequence[EvidenceView] = (),
) -> MeasureView:
    """Return one measure to be shown: facts from ``measure``, words from its row in the reader's language."""
    state = reports[0].state if reports else UNREPORTED
    return MeasureView(
        key=measure.key,
        number=measure.number,
        heading=words.heading,
        title=words.title,
        text=words.text,
        lead=lead,
        partners=partner_names(words.partners),
        target_on=measure.target_on,
        state=state,
        state_label=str(STATE_LABELS[state]),
        is_late=is_late(measure.target_on, state),
        reports=tuple(reports),
        evidence=tuple(evidence),
    )


def is_late(target_on: date | None, state: str) -> bool:
    """Whether the day is over by which a measure was to be done, and nobody has reported its end."""
    return target_on is not None and target_on < clock.today() and state not in ENDED


def partner_tokens(text: str) -> list[str]:
    """Return what the field of partners names, one by one: codes of departments, or names."""
    return [token for each in _SEPARATORS.split(text) if (token := each.strip())]


def partner_names(text: str) -> tuple[str, ...]:
    """Return the partners as readers see them: names of departments where codes stand, else what is written."""
    names = department_names() if text else {}
    return tuple(names.get(token, token) for token in partner_tokens(text))


def department_names_by_id(measures: Iterable["Measure"]) -> dict[int | None, str]:
    """Return the names of the measures' lead departments. One query, none where no measure has a lead."""
    from openness.departments.models import Department

    ids = {measure.lead_id for measure in measures if measure.lead_id}
    return dict(Department.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def summary_of(measures: Iterable[MeasureView]) -> list[dict[str, Any]]:
    """Return how many measures are in which state, in a fixed order: ``state``, ``label`` and ``count``."""
    counts: dict[str, int] = defaultdict(int)
    for measure in measures:
        counts[measure.state] += 1
    return [
        {"state": str(state), "label": STATE_LABELS[state], "count": counts[state]}
        for state in STATE_ORDER
        if counts[state]
    ]


def carried_out_by(page: Page, *, locale: Locale, request: HttpRequest | None = None) -> list[CarriedOut]:
    """Return the measures that a page is evidence for, of public documents only. One query where there are none.

    Five at most otherwise, whatever the number of measures.
    """
    from policies.models import Measure, MeasureEvidence

    rows = list(
        MeasureEvidence.objects.filter(page__translation_key=page.translation_key)
        .order_by("policy_id", "measure_key")
        .values_list("policy__translation_key", "measure_key", "note")
    )
    links = public_links({row[0] for row in rows}, locale=locale, request=request)
    asked = Q(pk__in=[])
    for document, key, __ in rows:
        if document in links:
            asked |= Q(page=links[document].page_id, key=key)
    measures = {(row.page_id, row.key): row for row in Measure.objects.filter(asked)} if links else {}
    found = []
    for document, key, note in rows:
        link = links.get(document)
        measure = measures.get((link.page_id, key)) if link else None
        if link and measure:
            found.append(
                CarriedOut(
                    number=measure.number,
                    title=measure.title,
                    policy_title=link.title,
                    policy_url=link.url,
                    url=f"{link.url}measures/#{key}" if link.url else "",
                    note=note,
                )
            )
    return found


def _words(policy: "PolicyPage", source: "PolicyPage", locale: Locale) -> dict[str, "Measure"]:
    """Return the rows in the reader's language by key; none where the page is the source itself."""
    if locale.pk == source.locale_id:
        return {}
    page = policy if policy.locale_id == locale.pk else policy.get_translation_or_none(locale)
    return {row.key: row for row in page.measures.all()} if page else {}


def _reports(source: "PolicyPage") -> dict[str, list[ReportView]]:
    """Return the reports by the key of their measure, the last one first. One query."""
    found: dict[str, list[ReportView]] = defaultdict(list)
    for report in source.measure_reports.select_related("department"):
        found[report.measure_key].append(report_view(report))
    return found


def report_view(report: "MeasureReport") -> ReportView:
    """Return one report to be shown; its department has been loaded with it."""
    return ReportView(
        state=report.state,
        state_label=str(STATE_LABELS[report.state]),
        note=report.note,
        department=report.department.name,
        reported_at=report.reported_at,
    )


def _evidence(
    source: "PolicyPage", locale: Locale, request: HttpRequest | None
) -> dict[str, list[EvidenceView]]:
    """Return the public evidence by the key of its measure, the oldest first."""
    rows: list[MeasureEvidence] = list(
        source.measure_evidence.select_related("page").order_by("added_at", "pk")
    )
    links = public_links({row.page.translation_key for row in rows}, locale=locale, request=request)
    found: dict[str, list[EvidenceView]] = defaultdict(list)
    for row in rows:
        if link := links.get(row.page.translation_key):
            found[row.measure_key].append(EvidenceView(link, row.note))
    return found
