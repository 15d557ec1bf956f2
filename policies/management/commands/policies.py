"""Policy documents on the command line: the import of many."""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from wagtail.models import Page

from policies.importing.json_lines import Outcome, Result, import_lines, lines_of

TELL_EVERY = 100  # lines, where nobody sees a line change


class Command(BaseCommand):
    """``policies import FILE --department CODE [--dry-run]``."""

    help = "Import documents from JSON Lines (title, text, date, issuer, doc_no). Giving a file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        importing = acts.add_parser("import", help=self.help, description=self.help)
        importing.add_argument("file", type=Path, help="JSON Lines in UTF-8, or the same packed by gzip")
        importing.add_argument(
            "--department", required=True, metavar="CODE", help="whose documents they become"
        )
        importing.add_argument(
            "--dry-run", action="store_true", help="tell what would happen, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parent = _department_page(options["department"])
        path: Path = options["file"]
        try:
            total = sum(1 for line in lines_of(path) if line.strip())
            progress = _Progress(total, sys.stderr)
            counts: Counter[Outcome] = Counter()
            for result in progress.shown(
                import_lines(lines_of(path), parent=parent, is_dry_run=options["dry_run"])
            ):
                counts[result.outcome] += 1
                if result.outcome is Outcome.REFUSED:
                    where = gettext("line %(line)d") % {"line": result.line}
                    self.stderr.write(f"{where}: {result.title or '—'}: {result.reason}")
        except (OSError, EOFError) as error:
            raise CommandError(f"{path}: {error}") from error
        told = {
            "imported": counts[Outcome.IMPORTED],
            "there": counts[Outcome.THERE],
            "refused": counts[Outcome.REFUSED],
            "total": total,
            "seconds": f"{progress.seconds:.1f}",
        }
        if options["dry_run"]:
            text = gettext(
                "%(imported)d would be imported, %(there)d there already, %(refused)d refused; "
                "%(total)d lines in %(seconds)s s"
            )
        else:
            text = gettext(
                "%(imported)d imported, %(there)d there already, %(refused)d refused; "
                "%(total)d lines in %(seconds)s s"
            )
        self.stdout.write(text % told)
        if counts[Outcome.REFUSED]:
            raise CommandError(gettext("Some lines were refused; all others are taken."), returncode=1)


class _Progress:
    """Tells on standard error how far it is: in one line that changes on a terminal, else every hundred lines."""

    def __init__(self, total: int, out: TextIO) -> None:
        self.total, self.out = total, out
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def shown(self, results: Iterable[Result]) -> Iterator[Result]:
        is_terminal = self.out.isatty()
        for count, result in enumerate(results, start=1):
            yield result
            if is_terminal or count % TELL_EVERY == 0 or count == self.total:
                rate = count / max(self.seconds, 0.001)
                text = f"{count}/{self.total} ({rate:.0f}/s)"
                self.out.write(f"\r{text}" if is_terminal else f"{text}\n")
                self.out.flush()
        if is_terminal:
            self.out.write("\n")


def _department_page(code: str) -> Page:
    page = Page.objects.filter(departmentpage__department__code=code, locale__language_code="zh-hans").first()
    if page is None:
        text = gettext("No department has the code %(code)s, or it has no page.")
        raise CommandError(text % {"code": code})
    return page
