"""By when a department's annual report on disclosure has to be public, and whose is missing.

《政府信息公开条例》 (2019) Art. 49: departments of governments from the county level upwards publish their report of
the year before by 31 January, governments by 31 March. What is a government, its name says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wagtail.models import Locale

from openness.core import clock
from openness.departments.models import Department
from openness.departments.selectors import departments_of
from policies.models import AnnualReportPage

DEPARTMENTS_BY = (1, 31)
GOVERNMENTS_BY = (3, 31)
GOVERNMENT_NAMES = ("人民政府", "管委会", "管理委员会", "街道办事处")


@dataclass(frozen=True, slots=True)
class ReportDue:
    """The report of a department on a year: its last day, and the page where there is one (live or a draft)."""

    department: Department
    year: int
    due_on: date
    page: AnnualReportPage | None

    @property
    def is_public(self) -> bool:
        """Whether it is published."""
        return self.page is not None and self.page.live

    @property
    def is_late(self) -> bool:
        """Whether its last day is over and it is not published."""
        return not self.is_public and self.due_on < clock.today()


def is_government(department: Department) -> bool:
    """Whether an office is a government, or acts as one for its area; its name tells, in full or short."""
    return department.name.endswith(GOVERNMENT_NAMES)


def due_on(department: Department, year: int) -> date:
    """Return the last day for the report on ``year``: 31 January of the next, for governments 31 March."""
    return date(year + 1, *(GOVERNMENTS_BY if is_government(department) else DEPARTMENTS_BY))


def reports_due(departments: Iterable[Department], year: int) -> list[ReportDue]:
    """Return the report of each department on a year, those that are missing first. Two queries."""
    pages = AnnualReportPage.objects.filter(year=year, locale=Locale.get_default())
    by_department: dict[int, AnnualReportPage] = {}
    # A published one counts before a draft.
    for path, owner in departments_of(found := list(pages.order_by("live", "pk"))).items():
        if owner is not None:
            by_department[owner.pk] = next(page for page in found if page.path == path)
    rows = [ReportDue(each, year, due_on(each, year), by_department.get(each.pk)) for each in departments]
    return sorted(rows, key=lambda row: (row.is_public, row.due_on, row.department.code))
