"""A calendar document entered into the database."""

from django.db import transaction

from openness.core import clock
from openness.core.calendars.calendar_file import CalendarFile
from openness.core.calendars.models import CalendarYear, SchoolVacation, YearStatus
from openness.core.calendars.proposals import enter_days


@transaction.atomic
def enter_calendar(document: CalendarFile) -> None:
    """Enter the years and school vacations of a document. What is there already is left as it is."""
    # First the vacations: entering them gives the years they touch another version.
    for vacation in document.vacations:
        row, is_new = SchoolVacation.objects.get_or_create(
            kind=vacation.kind,
            level=vacation.level,
            starts_on=vacation.first,
            defaults={"ends_on": vacation.last, "source": vacation.source},
        )
        if is_new:
            row.record_change()
    for each in document.years:
        is_confirmed = each.status == YearStatus.CONFIRMED
        year, is_new = CalendarYear.objects.get_or_create(
            year=each.year,
            defaults={
                "source_title": each.source_title,
                "source_url": each.source_url,
                "status": each.status,
                "confirmed_at": clock.now() if is_confirmed else None,
            },
        )
        if is_new:
            enter_days(year, each.days)
