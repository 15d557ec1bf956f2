"""Who answers for a measure, and so reports on it.

Its lead and its partners, as the document names them; where it names no department of this site, the department
that keeps the document. In each of them its editors, publishers and managers; the office for all.
"""

from collections.abc import Iterable
from typing import Any

from openness.departments.models import Department
from openness.departments.people import departments_in_which, is_of_office
from openness.departments.selectors import departments_of
from policies.measures import partner_tokens
from policies.models import Measure


def answering_codes(measure: Measure, *, known: Iterable[str], keeper: Department | None) -> list[str]:
    """Return the codes of the departments that answer for a measure, the lead first.

    ``known`` are the codes of all departments, ``keeper`` is the one below whose page the document lives.
    """
    codes = [measure.lead.code] if measure.lead else []
    known = set(known)
    codes += [each for each in partner_tokens(measure.partners) if each in known and each not in codes]
    return codes or ([keeper.code] if keeper else [])


class MeasureDesk:
    """What one person may do about measures. Two queries, and one for the keepers of the documents asked about."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.is_office = is_of_office(user)
        self.departments = {each.code: each for each in Department.objects.all()}
        mine = departments_in_which(user).values_list("code", flat=True)
        self.codes = set(self.departments) if self.is_office else set(mine)
        self._keepers: dict[str, Department | None] = {}

    def know(self, policies: Iterable[Any]) -> None:
        """Look up the departments that keep these documents. One query."""
        self._keepers.update(departments_of(policies))

    def answering(self, measure: Measure) -> list[Department]:
        """Return the departments that answer for a measure, the lead first."""
        path = measure.page.path
        if path not in self._keepers:
            self.know([measure.page])
        codes = answering_codes(measure, known=self.departments, keeper=self._keepers[path])
        return [self.departments[code] for code in codes]

    def speaks_for(self, measure: Measure) -> list[Department]:
        """Return the departments in whose name the person may report on a measure; none where they may not."""
        return [each for each in self.answering(measure) if each.code in self.codes]
