"""索引号: the number under which a document stands in the catalogue of government information.

Quanzhou's guide to disclosure (泉州市政府信息公开指南): the code of the body that made it, the category, the year in
which it was made, and a serial number within that year.
"""

import re
from typing import TYPE_CHECKING

from django.apps import apps

from openness.core import clock
from openness.departments.selectors import department_of
from policies.entries import take_turns

if TYPE_CHECKING:
    from policies.models import PolicyPage

SERIAL_DIGITS = 5


def next_index_number(*, disclosure_code: str, category: str, year: int) -> str:
    """Return the number after the highest one given so far: ``QZ00101-02-2026-00001``.

    To be called in the transaction that saves it: until this ends, no other one gets a number. Gaps are
    not filled, since a number that was given once may be cited.
    """
    take_turns()
    start = f"{disclosure_code}-{category}-{year}-"
    taken = apps.get_model("policies", "PolicyPage").objects.filter(index_number__startswith=start)
    serials = [
        int(found[1])
        for number in taken.values_list("index_number", flat=True)
        if (found := re.fullmatch(rf"{re.escape(start)}(\d{{1,9}})", number))
    ]
    return f"{start}{max(serials, default=0) + 1:0{SERIAL_DIGITS}}"


def give_index_number(page: "PolicyPage") -> None:
    """Give a document that becomes public its index number, unless it has one or its department has no code."""
    if page.index_number or not page.is_source:
        return
    department = department_of(page)
    if department is None or not department.disclosure_code:
        return
    made_on = page.written_on or clock.today()
    page.index_number = next_index_number(
        disclosure_code=department.disclosure_code, category=page.catalogue_category, year=made_on.year
    )
