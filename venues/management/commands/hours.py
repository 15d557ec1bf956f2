"""Opening hours on the command line: JSON Lines without a database, and questions about the site's venues."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils.translation import get_language, gettext, ngettext

from openness.core.calendars.shipped import read_calendar, shipped_calendar
from venues import hours_lines
from venues.compile import compile_all, compile_venue
from venues.explanation import explanation, venue_named
from venues.hours.schema import json_schema
from venues.models import VenuePage

CAUSE = "command"


class Command(BaseCommand):
    """``hours parse|intervals|status|describe`` on lines, ``hours schema``; ``explain|compile`` on the site."""

    help = "Read, resolve and describe opening hours (JSON Lines), or explain and compile those of the site."
    # Nothing that lines ask for needs the site to be in order, or to be there at all.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for name, asks in {
            "parse": '{"text"} → rules, what was not read, and how sure that is',
            "intervals": '{"schedule", "from", "to"} → the intervals of these business dates, both included',
            "status": '{"schedule", "at"} → open or not at that instant, and until when',
            "describe": '{"schedule", "language"} → {"text"}',
        }.items():
            act = acts.add_parser(name, help=asks, description=asks)
            act.add_argument("--file", type=Path, help="JSON Lines; without it, standard input.")
            if name in {"intervals", "status"}:
                act.add_argument("--calendar", type=Path, help="JSON; without it, the shipped calendar.")
        acts.add_parser("schema", help="Print the JSON Schema of a schedule.")
        explain = acts.add_parser("explain", help="Tell why a venue is open or closed on a day.")
        explain.add_argument("venue", help="its code, key or slug")
        explain.add_argument("date", type=date.fromisoformat, help="such as 2026-10-05")
        compiling = acts.add_parser("compile", help="Compile the public hours of venues anew.")
        which = compiling.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="every venue")
        which.add_argument("venues", nargs="*", default=[], metavar="VENUE", help="code, key or slug")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        match act:
            case "schema":
                self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2))
            case "explain" | "compile":
                try:
                    self._ask_site(act, options)
                except (OperationalError, ProgrammingError) as error:
                    raise CommandError(gettext("The database does not answer: %s") % error) from error
            case _:
                self._answer(_answers(act, options.get("calendar")), options["file"])

    def _ask_site(self, act: str, options: dict[str, Any]) -> None:
        if act == "explain":
            self._explain(options["venue"], options["date"])
        else:
            self._compile(options["venues"], is_all=options["all"])

    def _answer(self, answer: Callable[[hours_lines.Record], hours_lines.Record], path: Path | None) -> None:
        try:
            source = path.open("rb") if path else nullcontext(sys.stdin.buffer)
        except OSError as error:
            raise CommandError(str(error)) from error
        with source as lines:
            for line in hours_lines.answered(lines, answer):
                self.stdout.write(line)
                self.stdout.flush()

    def _explain(self, name: str, day: date) -> None:
        for line in explanation(_venue(name), day, get_language() or settings.LANGUAGE_CODE):
            self.stdout.write(line)

    def _compile(self, names: Iterable[str], *, is_all: bool) -> None:
        if is_all:
            try:
                count = compile_all(cause=CAUSE)
            except ExceptionGroup as errors:
                raise CommandError("\n".join(map(str, errors.exceptions))) from errors
        else:
            venues = [_venue(name) for name in names]
            for venue in venues:
                compile_venue(venue, cause=CAUSE)
            count = len(venues)
        self.stdout.write(
            ngettext("%(count)s venue compiled", "%(count)s venues compiled", count) % {"count": count}
        )


def _answers(act: str, path: Path | None) -> Callable[[hours_lines.Record], hours_lines.Record]:
    """Return the function that answers a line of this kind."""
    if act == "parse":
        return hours_lines.parse_line
    period = hours_lines.FIRST_DAY, hours_lines.LAST_DAY
    try:
        calendar = read_calendar(path, *period) if path else shipped_calendar(*period)
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from error
    with_calendar = {
        "intervals": hours_lines.intervals_line,
        "status": hours_lines.status_line,
        "describe": hours_lines.describe_line,
    }
    return partial(with_calendar[act], calendar=calendar)


def _venue(name: str) -> VenuePage:
    try:
        return venue_named(name)
    except LookupError as error:
        raise CommandError(str(error)) from error
