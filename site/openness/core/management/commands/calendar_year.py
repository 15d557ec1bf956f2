"""Propose, confirm or show a year of the city's calendar."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from openness.core.calendars.entries import Entry
from openness.core.calendars.models import CalendarYear
from openness.core.calendars.packages import (
    CHINESECALENDAR,
    HOLIDAYS,
    YearNotAnnounced,
    is_announced,
    release,
)
from openness.core.calendars.proposals import Difference, confirm_year, differences, propose_year


class Command(BaseCommand):
    """``calendar_year propose|confirm|show YEAR``."""

    help = "Propose a calendar year from two packages, confirm it, or show where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name in ("propose", "confirm", "show"):
            action = actions.add_parser(name)
            action.add_argument("year", type=int)
            if name == "confirm":
                action.add_argument("--source-title", required=True, help="title of the notice")
                action.add_argument("--source-url", required=True, help="its address")

    def handle(self, *args: Any, action: str, year: int, **options: Any) -> None:
        try:
            if action == "propose":
                self._show(propose_year(year))
            elif action == "confirm":
                source = {"source_title": options["source_title"], "source_url": options["source_url"]}
                self._show(confirm_year(year, **source))
            else:
                self._show(CalendarYear.objects.get(year=year))
        except YearNotAnnounced as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except CalendarYear.DoesNotExist as error:
            raise CommandError(f"Nobody has entered {year} yet: calendar_year propose {year}") from error

    def _show(self, calendar_year: CalendarYear) -> None:
        self.stdout.write(
            f"{calendar_year.year}v{calendar_year.version} {calendar_year.status}: "
            f"{calendar_year.source_title} {calendar_year.source_url}"
        )
        for day in calendar_year.days.order_by("date"):
            statutory = " statutory" if day.is_statutory else ""
            self.stdout.write(f"  {day.date:%Y-%m-%d %a} {day.kind:14} {day.name}{statutory}")
        if not is_announced(calendar_year.year):
            self.stdout.write(str(YearNotAnnounced(calendar_year.year)))
        for difference in differences(calendar_year):
            self.stdout.write(self.style.WARNING(f"  {_told(difference, calendar_year.year)}"))


def _told(found: Difference, year: int) -> str:
    by_chinesecalendar = _entry(found.chinesecalendar) if is_announced(year) else "unknown"
    return (
        f"{found.date}: here {_entry(found.here)}, {release(CHINESECALENDAR)} {by_chinesecalendar}, "
        f"{release(HOLIDAYS)} {_entry(found.holidays)}"
    )


def _entry(entry: Entry | None) -> str:
    if entry is None:
        return "as every week"
    return f"{entry.kind} {entry.name}{' statutory' if entry.is_statutory else ''}"
