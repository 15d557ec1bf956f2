"""What reminds the office that a year waits for it."""

from datetime import date
from typing import Any

from wagtail.admin.ui.components import Component

from openness.core import clock
from openness.core.calendars.models import CalendarYear, YearStatus

# The notice for a year comes out in the autumn before: those for 2022 to 2026 between 25 October and 8 December.
REMINDS_FROM = (11, 1)


def years_to_confirm(today: date) -> list[int]:
    """Return this year if nobody has confirmed it, and from 1 November the next one likewise."""
    years = [today.year]
    if (today.month, today.day) >= REMINDS_FROM:
        years.append(today.year + 1)
    confirmed = CalendarYear.objects.filter(status=YearStatus.CONFIRMED, year__in=years)
    return sorted(set(years) - set(confirmed.values_list("year", flat=True)))


class CalendarReminder(Component):
    """A panel of the admin's first page; it is empty when no year waits."""

    template_name = "core/admin/calendar_reminder.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the years that wait."""
        return {"years": years_to_confirm(clock.today())}
