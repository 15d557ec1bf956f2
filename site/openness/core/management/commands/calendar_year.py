"""Propose, confirm or show a year of the city's calendar."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from openness.core.calendars.models import CalendarYear
from openness.core.calendars.proposals import YearNotAnnounced, confirm_year, differences, propose_year


class Command(BaseCommand):
    """``calendar_year propose|confirm|show YEAR``."""

    help = "Propose a calendar year from the chinesecalendar package, confirm it, or show where it differs."

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
        try:
            found = differences(calendar_year)
        except YearNotAnnounced as error:
            self.stdout.write(str(error))
            return
        for date, stored, announced in found:
            here = f"{stored.kind} {stored.name}" if stored else "nothing"
            there = f"{announced.kind} {announced.name}" if announced else "nothing"
            self.stdout.write(self.style.WARNING(f"  {date}: here {here}, in chinesecalendar {there}"))
