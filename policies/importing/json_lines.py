"""Many documents at once, as JSON Lines: ``title, text, date, issuer, doc_no`` on each line; gzip is read too.

A line is taken wholly or not at all. A document that is here already is left as it is, however it came here, so that
the same file can be given again.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from wagtail.models import Page

from openness.core import clock
from openness.departments.models import Department
from policies.entries import together
from policies.importing.dates import effective_from, valid_until
from policies.importing.documents import Unreadable
from policies.importing.facts import issuers_in, kind_of
from policies.importing.html import clean, line_of
from policies.importing.identity import key_of
from policies.importing.pages import departments_by_name, iso_day, new_page
from policies.importing.refusals import refuse_secret
from policies.importing.structure import body_of
from policies.models import ImportedLine, PolicyPage
from policies.numbers import normalise

BATCH = 25  # documents in one transaction, each a savepoint: others who write wait no longer than for these
MAX_LINE = 8 * 1024 * 1024  # bytes; the longest laws have about one
MAX_TITLE, MAX_NUMBER = 255, 80
GZIP = b"\x1f\x8b"
FIELDS = ("title", "text", "date", "issuer", "doc_no")


class Outcome(StrEnum):
    """What became of a line."""

    IMPORTED = "imported"
    THERE = "there"
    REFUSED = "refused"


class Result(NamedTuple):
    """A line (counted from 1), what became of it, its title as far as known, and why it was refused."""

    line: int
    outcome: Outcome
    title: str = ""
    reason: str = ""


class Record(NamedTuple):
    """A line that was understood."""

    title: str
    number: str
    issuers: list[str]
    written_on: date | None
    text: str

    @property
    def key(self) -> str:
        """What tells this document from others."""
        return key_of(title=self.title, number=self.number, issuers=self.issuers, written_on=self.written_on)


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file; one that is too long is cut to a little more than what is accepted."""
    with path.open("rb") as file:
        is_packed = file.read(2) == GZIP
    with gzip.open(path, "rb") if is_packed else path.open("rb") as source:
        while line := source.readline(MAX_LINE + 1):
            yield line
            while line and not line.endswith(b"\n"):
                line = source.readline(MAX_LINE)


def import_lines(lines: Iterable[bytes], *, parent: Page, is_dry_run: bool = False) -> Iterator[Result]:
    """Make a public document of each line below ``parent`` (a department's page), and yield what became of it."""
    run = _Import(parent)
    numbered = ((position, line) for position, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(numbered, BATCH)):
        # What lists say of the new documents is written once for all of them, in their transaction.
        with transaction.atomic():
            with together():
                results = [run.take(position, line) for position, line in batch]
            if is_dry_run:
                transaction.set_rollback(True)
        yield from results


class _Import:
    """One run over a file."""

    def __init__(self, parent: Page) -> None:
        self.parent = parent
        self.known = _known_keys()
        self.departments = departments_by_name()

    def take(self, position: int, line: bytes) -> Result:
        """Import one line, wholly or not at all, and return what became of it."""
        title = ""
        try:
            record = read_line(line)
            title = record.title
            if record.key in self.known:
                return Result(position, Outcome.THERE, title)
            with transaction.atomic():
                _store(record, parent=self.parent, departments=self.departments)
        except Unreadable as refusal:
            return Result(position, Outcome.REFUSED, title, str(refusal))
        except ValidationError as error:
            return Result(position, Outcome.REFUSED, title, " ".join(error.messages))
        except IntegrityError:
            # Another import of the same file was faster.
            return Result(position, Outcome.THERE, title)
        self.known.add(record.key)
        return Result(position, Outcome.IMPORTED, title)


def read_line(line: bytes) -> Record:
    """Return what a line says. Raises Unreadable, with the reason."""
    if len(line) > MAX_LINE:
        raise Unreadable(gettext("The line is longer than %(limit)d MB.") % {"limit": MAX_LINE // 1024**2})
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(gettext("The line is not JSON in UTF-8.")) from error
    if not isinstance(given, dict):
        raise Unreadable(gettext("The line is not an object with the fields of a document."))
    values = {name: given.get(name) or "" for name in FIELDS}
    wrong = [name for name, value in values.items() if not isinstance(value, str)]
    if wrong:
        raise Unreadable(gettext("This field is no text: %(name)s.") % {"name": wrong[0]})
    title, number = _one_line(values["title"]), normalise(clean(values["doc_no"]))
    text = clean(values["text"].replace("\r\n", "\n").replace("\r", "\n"))
    for name, value in (("title", title), ("text", text.strip())):
        if not value:
            raise Unreadable(gettext("This field is empty: %(name)s.") % {"name": name})
    if len(title) > MAX_TITLE or len(number) > MAX_NUMBER:
        raise Unreadable(gettext("Title or number is longer than the site keeps."))
    return Record(title, number, _issuers(_one_line(values["issuer"]), title), _day(values["date"]), text)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _day(text: str) -> date | None:
    try:
        day = iso_day(text)
    except ValueError as error:
        raise Unreadable(gettext("The date is not YYYY-MM-DD: %(date)s.") % {"date": text[:20]}) from error
    if day and day > clock.today():
        raise Unreadable(gettext("The date lies ahead: %(date)s.") % {"date": day.isoformat()})
    return day


def _issuers(text: str, title: str) -> list[str]:
    """Return the issuers as given, else those that the title begins with; both may name several."""
    if text:
        return [each[:80] for each in re.split(r"[、，,；;]\s*|\s+", text) if each]
    return issuers_in(title.split("关于")[0]) if "关于" in title else []


def _known_keys() -> set[str]:
    """Return the keys of all documents of the site, and of those that an import made."""
    keys = set(ImportedLine.objects.values_list("key", flat=True))
    pages = PolicyPage.objects.filter(locale__language_code="zh-hans").prefetch_related("issuers__department")
    for page in pages.defer("body").iterator(chunk_size=500):
        keys.add(
            key_of(
                title=page.title,
                number=page.number,
                issuers=[issuer.display_name for issuer in page.issuers.all()],
                written_on=page.written_on,
            )
        )
    return keys


def _store(record: Record, *, parent: Page, departments: dict[str, Department]) -> None:
    lines = record.text.split("\n")
    refuse_secret([record.title])
    refuse_secret(lines[:40])
    body, __ = body_of(line_of(line.strip()) for line in lines)
    # 自公布之日起 names no day: the date of a line may be that of a later amendment.
    effective_on = effective_from(record.text, None)
    page = new_page(
        {
            "title": record.title,
            "number": record.number,
            "document_kind": kind_of(record.title),
            "written_on": record.written_on,
            "effective_on": effective_on,
            "valid_until": valid_until(record.text, effective_on),
        },
        issuers=record.issuers,
        body=body,
        departments=departments,
        first_public_at=_noon(record.written_on) if record.written_on else None,
    )
    ImportedLine.objects.create(key=record.key, page=parent.add_child(instance=page))
    page.save_revision(clean=False).publish()


def _noon(day: date) -> datetime:
    """The hour of publication is not known where only the day is; noon stands for it."""
    return datetime.combine(day, time(12), clock.CITY_TZ)
