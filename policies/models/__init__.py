"""Documents, what they do to each other, how they are explained, and what became of their promises."""

from policies.models.clearance import ClearanceDecision, ClearancePage, PolicyEntry
from policies.models.disclosure import AnnualReportPage, DisclosureGuidePage, ReportAttachment
from policies.models.imports import ImportedLine, WaitingImport
from policies.models.interpretation import InterpretationPage
from policies.models.measures import Measure, MeasureEvidence, MeasureReport
from policies.models.policy import (
    PolicyAttachment,
    PolicyBenefit,
    PolicyIndexPage,
    PolicyIssuer,
    PolicyPage,
    PolicyRelation,
    PolicyTopic,
)

__all__ = [
    "AnnualReportPage",
    "ClearanceDecision",
    "ClearancePage",
    "DisclosureGuidePage",
    "ImportedLine",
    "InterpretationPage",
    "Measure",
    "MeasureEvidence",
    "MeasureReport",
    "PolicyAttachment",
    "PolicyBenefit",
    "PolicyEntry",
    "PolicyIndexPage",
    "PolicyIssuer",
    "PolicyPage",
    "PolicyRelation",
    "PolicyTopic",
    "ReportAttachment",
    "WaitingImport",
]
