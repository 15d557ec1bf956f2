"""Makes the page of a document that was read."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from openness.departments.models import Department
from policies.importing.documents import RawBlock
from policies.models import PolicyIssuer, PolicyPage

FACTS = (
    "title",
    "number",
    "index_number",
    "document_kind",
    "disclosure",
    "addressees",
    "written_on",
    "effective_on",
    "valid_until",
    "interpreted_by",
    "remark",
)


def new_page(
    facts: dict[str, Any],
    *,
    issuers: Iterable[str],
    body: list[RawBlock],
    departments: dict[str, Department],
    first_public_at: datetime | None = None,
) -> PolicyPage:
    """Return an unsaved draft. ``facts`` holds any of `FACTS`; ``departments`` are those of the site, by name."""
    names = list(issuers)
    page = PolicyPage(
        live=False,
        source="、".join(names)[:120],
        first_public_at=first_public_at,
        **{name: facts[name] for name in FACTS if name in facts},
    )
    page.body = PolicyPage._meta.get_field("body").stream_block.to_python(body)
    page.issuers = [
        PolicyIssuer(
            department=departments.get(name),
            name="" if name in departments else name[:80],
            sort_order=position,
        )
        for position, name in enumerate(names)
    ]
    return page


def departments_by_name() -> dict[str, Department]:
    """Return the departments of the site by each of their names."""
    found = {}
    for department in Department.objects.all():
        found[department.short_name] = department
        found[department.name] = department
    return found


def iso_day(text: str) -> date | None:
    """Return the day of YYYY-MM-DD, None for nothing. Raises ValueError for something else."""
    return date.fromisoformat(text.strip()) if text and text.strip() else None
