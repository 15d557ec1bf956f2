"""Policy documents of the demonstration city, with their measures, what shows them, and one interpretation of our own.

Facts are what the sources say; what they leave out stays empty, such as the lead departments of the measures.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from demo.city import department_page, read, term
from openness.departments.models import AudienceGroup, Department, Topic
from openness.departments.selectors import SOURCE_LANGUAGE
from policies.interpretation_blocks import eight_sections
from policies.models import (
    InterpretationPage,
    Measure,
    MeasureEvidence,
    MeasureReport,
    PolicyBenefit,
    PolicyIssuer,
    PolicyPage,
    PolicyTopic,
)
from venues.models import OpeningNoticePage, VenuePage


def load(tell: Callable[[str], Any]) -> None:
    """Publish the documents that are not there yet; departments, venues and notices come before them."""
    rows = read("policies")["policies"]
    tell(f"{len(rows)} policies …")
    for row in rows:
        if not PolicyPage.objects.filter(slug=row["code"]).exists():
            _publish(row)


@transaction.atomic
def _publish(row: dict[str, Any]) -> None:
    policy = PolicyPage(
        live=False,  # until it is published below
        title=row["title"],
        slug=row["code"],
        summary=row["summary"],
        source=(row.get("source_title") or "")[:120],
        number=row["number"] or "",
        document_kind=row["kind"],
        written_on=_day(row["written_on"]),
        effective_on=_day(row["effective_on"]),
        valid_until=_day(row["valid_until"]),
        interpreted_by=row["interpreted_by"] or "",
        addressees=row["addressees"] or "",
        disclosure=row["disclosure"],
        needs_interpretation=row["needs_interpretation"],
        first_public_at=datetime.fromisoformat(row["published_at"]) if row["published_at"] else None,
        body=[(block["type"], block["value"]) for block in row["body"]],
    )
    policy.issuers = [
        PolicyIssuer(
            department=_department(issuer["department"]) if issuer["department"] else None,
            name="" if issuer["department"] else issuer["name"],
            sort_order=position,
        )
        for position, issuer in enumerate(row["issuers"])
    ]
    policy.topics = [
        PolicyTopic(topic=topic, sort_order=position)
        for position, topic in enumerate(
            Topic.objects.filter(code__in=row["topics"], locale__language_code=SOURCE_LANGUAGE)
        )
    ]
    policy.measures = [
        Measure(
            key=f"m{measure['number']}",
            number=str(measure["number"]),
            heading=measure["topic_name"],
            title=measure["title"],
            text=measure["text"],
            sort_order=position,
        )
        for position, measure in enumerate(row["measures"])
    ]
    policy.benefits = [
        PolicyBenefit(
            audience=term(AudienceGroup, benefit["audience"]),
            grants=benefit["grants"],
            proof_required=benefit["proof"],
            anchor=benefit["anchor"],
            sort_order=position,
        )
        for position, benefit in enumerate(row["benefits"])
    ]
    department_page(row["owner_department"]).add_child(instance=policy)
    policy.save_revision()
    if row["interpretation"]:
        _draft_interpretation(policy, row["interpretation"], row["owner_department"])
    # The interpretation goes with it.
    policy.get_latest_revision().publish()
    for shown in row["evidence"]:
        MeasureEvidence.objects.create(
            policy=policy, measure_key=f"m{shown['measure']}", page=_shown(shown), note=shown["note"]
        )
    for report in row["reports"]:
        MeasureReport.objects.create(
            policy=policy,
            measure_key=f"m{report['measure']}",
            department=_department(report["department"]),
            state=report["state"],
            note=report["note"],
        )


def _draft_interpretation(policy: PolicyPage, row: dict[str, Any], owner: str) -> None:
    page = InterpretationPage(
        live=False,
        title=row["title"],
        slug=row["code"],
        policy=policy,
        form=row["form"],
        source=row["source"],
        summary=row["summary"],
        contact=row["contact"],
    )
    texts = {section["section"]: section["text"] for section in row["sections"]}
    page.body = [(kind, {**value, "text": texts[value["section"]]}) for kind, value in eight_sections()]
    department_page(owner).add_child(instance=page)
    page.save_revision()


def _shown(row: dict[str, Any]) -> Page:
    if "venue" in row:
        return VenuePage.objects.get(code=row["venue"], locale__language_code=SOURCE_LANGUAGE)
    return OpeningNoticePage.objects.get(slug=row["notice"], locale__language_code=SOURCE_LANGUAGE)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _department(code: str) -> Department:
    return Department.objects.get(code=code)
