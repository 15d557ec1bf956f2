"""A spreadsheet of hours: what each row is about, what was understood of it, and the taking of it.

Reading a file stores every row as it stands. Nothing reaches a venue before somebody has looked at the
row and chosen it; then each row is a transaction of its own, and taking it twice is taking it once.
"""

import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from wagtail.models import Locale, Page

from openness.accounts.models import User
from openness.core.calendars.days import CityCalendar
from openness.departments.models import Region, Term, VenueType
from venues import hours
from venues.enums import HoursMode
from venues.give_hours import Given, Outcome, Refused, add_venue, editable_venues, give_hours
from venues.hours_checks import checked_calendar
from venues.models import TAKEABLE, HoursImport, HoursImportRow, RowState, VenuePage
from venues.reading_words import outcome_text, row_problem_text
from venues.schedules import schedules_of
from venues.spreadsheets import Table
from venues.understanding import Understanding, area_keys, understand

# How long one request takes rows; the others wait for the next one.
SECONDS_PER_REQUEST = 20
# Which column of the page a cell is written to, for venues that exist and for new ones.
WRITTEN = {"address": "address_text", "phone": "phone", "source": "hours_source", "source_url": "source_url"}
WRITE_SIZE = 500
# What somebody should look at before a row is taken, and what does not keep it from being taken.
NOTES = frozenset({"similar"})
NAMED_AT_MOST = 5
_ROWS = ("schedules__rules__sessions", "areas")
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_is_address = URLValidator(schemes=["http", "https"])


@transaction.atomic
def store(table: Table, *, file_name: str, parent: Page | None, user: User) -> HoursImport:
    """Keep a file's rows, with what is understood of each. Its queries do not grow with the rows."""
    stored = HoursImport.objects.create(
        user=user, parent=parent, file_name=file_name[:200], unknown_columns=list(table.unknown)
    )
    rows = [HoursImportRow(hours_import=stored, number=number, cells=cells) for number, cells in table.rows]
    _understand(stored, rows)
    HoursImportRow.objects.bulk_create(rows, batch_size=WRITE_SIZE)
    return stored


@transaction.atomic
def read_again(stored: HoursImport, changed: Mapping[int, Mapping[str, str]]) -> int:
    """Write new cells into rows (by their keys), and understand these anew; return how many changed.

    What is taken already stays as it is.
    """
    rows = list(stored.rows.select_for_update().filter(pk__in=changed).exclude(state=RowState.DONE))
    touched = []
    for row in rows:
        cells = {**row.cells, **changed[row.pk]}
        cells = {key: text for key, text in cells.items() if text}
        if cells != row.cells:
            row.cells, row.message = cells, ""
            touched.append(row)
    if touched:
        # Rows about the same venue are told of each other, so all that are open are matched again.
        rows = list(stored.rows.exclude(state=RowState.DONE))
        changed_cells = {row.pk: row for row in touched}
        rows = [changed_cells.get(row.pk, row) for row in rows]
        _understand(stored, rows, read=set(changed_cells))
        HoursImportRow.objects.bulk_update(
            rows, ["cells", "understood", "problems", "state", "venue", "message"], batch_size=WRITE_SIZE
        )
    return len(touched)


# ---------------------------------------------------------------------------------------------------
# Understanding rows


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are matched against: venues of these names and codes, the editable ones with their hours."""

    editable: Mapping[int, VenuePage]
    by_code: Mapping[str, int]
    by_name: Mapping[str, Sequence[tuple[int, str]]]
    by_stem: Mapping[str, Sequence[str]]
    types: Mapping[str, Term]
    regions: Mapping[str, Term]


def plain(text: str) -> str:
    """Return a name without what does not tell venues apart: spaces, width, case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def stem(name: str) -> str:
    """Return a name without what stands in brackets: 泉州市图书馆（东海中心馆） is a 泉州市图书馆."""
    return _BRACKETS.sub("", plain(name))


def _known(rows: Iterable[HoursImportRow], user: User) -> Known:
    """Look up all that the rows name. Seven queries, whatever the number of rows."""
    cells = [row.cells for row in rows]
    names = {plain(each["name"]) for each in cells if each.get("name")}
    codes = {each["code"] for each in cells if each.get("code")}
    stems = {stem(each["name"]) for each in cells if each.get("name")}
    by_code, by_name, by_stem = {}, defaultdict(list), defaultdict(list)
    venues = VenuePage.objects.filter(locale=Locale.get_default())
    for pk, code, title, lineage in venues.values_list("pk", "code", "title", "region__lineage"):
        if code in codes:
            by_code[code] = pk
        if plain(title) in names:
            by_name[plain(title)].append((pk, lineage or ""))
        if stem(title) in stems:
            by_stem[stem(title)].append(title)
    wanted = {*by_code.values(), *(pk for found in by_name.values() for pk, __ in found)}
    editable = editable_venues(user).filter(pk__in=wanted).prefetch_related(*_ROWS)
    return Known(
        editable={venue.pk: venue for venue in editable},
        by_code=by_code,
        by_name=by_name,
        by_stem=by_stem,
        types=_terms(VenueType),
        regions=_terms(Region),
    )


def _terms(model: type[Term]) -> dict[str, Term]:
    """Return a vocabulary by code and by name; a name that two of them have names neither."""
    terms = list(model.objects.filter(locale=Locale.get_default()))
    counts = Counter(plain(term.name) for term in terms)
    found = {plain(term.name): term for term in terms if counts[plain(term.name)] == 1}
    return found | {term.code: term for term in terms}


def _understand(stored: HoursImport, rows: Sequence[HoursImportRow], *, read: set[int] | None = None) -> None:
    """Fill in what each row is about and says. ``read`` limits the reading of texts to rows of these keys."""
    known = _known(rows, stored.user)
    for row in rows:
        row.venue, row.problems = None, []
        _match(row, known, stored.parent)
        if read is None or row.pk in read:
            areas = {area.key: area.name for area in row.venue.areas.all()} if row.venue else {}
            row.understood = understand(row.cells.get("hours", ""), names=areas).to_dict()
    same = defaultdict(list)
    for row in rows:
        name, region = plain(row.cells.get("name", "")), plain(row.cells.get("region", ""))
        same[row.venue.pk if row.venue else (name, region)].append(row)
    for several in same.values():
        if len(several) > 1:
            numbers = [row.number for row in several]
            for row in several:
                row.problems.append(["row_twice", {"rows": numbers}])
    for row in rows:
        row.state = _state(row)


def _match(row: HoursImportRow, known: Known, parent: Page | None) -> None:
    """Find the row's venue, or what is missing for a new one; whatever is wrong becomes a problem."""
    cells = row.cells
    region, kind = (
        _term(row, "region", known.regions, "unknown_region"),
        _term(row, "type", known.types, "unknown_type"),
    )
    if link := cells.get("source_url"):
        try:
            _is_address(link)
        except ValidationError:
            row.problems.append(["no_link", {"value": link[:80]}])
    if code := cells.get("code"):
        pk = known.by_code.get(code)
        if pk is None:
            row.problems.append(["unknown_code", {"value": code[:80]}])
        elif pk not in known.editable:
            row.problems.append(["not_yours", {}])
        else:
            row.venue = known.editable[pk]
        return
    if not cells.get("name"):
        row.problems.append(["no_name", {}])
        return
    found = [
        pk
        for pk, lineage in known.by_name.get(plain(cells["name"]), ())
        if region is None or lineage.startswith(region.lineage) or region.lineage.startswith(lineage or "-")
    ]
    mine = [pk for pk in found if pk in known.editable]
    if len(mine) == 1:
        row.venue = known.editable[mine[0]]
    elif mine:
        row.problems.append(["ambiguous", {"count": len(mine)}])
    elif found:
        row.problems.append(["not_yours", {}])
    else:
        if similar := known.by_stem.get(stem(cells["name"])):
            row.problems.append(["similar", {"names": similar[:NAMED_AT_MOST]}])
        if parent is None:
            row.problems.append(["nowhere_to_add", {}])
            return
        missing = [name for name, term in (("type", kind), ("region", region)) if term is None]
        row.problems += [[f"no_{name}", {}] for name in missing if not cells.get(name)]


def _term(row: HoursImportRow, name: str, terms: Mapping[str, Term], problem: str) -> Any:
    text = row.cells.get(name, "")
    if not text:
        return None
    term = terms.get(plain(text)) or terms.get(text)
    if term is None:
        row.problems.append([problem, {"value": text[:80]}])
    return term


def understanding_of(row: HoursImportRow) -> Understanding:
    """Return what was understood of the row's hours, as it is stored."""
    return Understanding.from_dict(row.cells.get("hours", ""), row.understood)


def _state(row: HoursImportRow) -> RowState:
    found = understanding_of(row)
    problems = {code for code, __ in row.problems}
    if not found.has_hours or found.problem or problems - NOTES:
        return RowState.BLOCKED
    if row.venue is not None and not _changes(row, row.venue, found):
        return RowState.SAME
    is_clear = found.confidence == "complete" and not found.warnings and not problems
    return RowState.READY if is_clear else RowState.ATTENTION


def given_by(row: HoursImportRow, venue: VenuePage | None) -> Given:
    """Return what the row gives to ``venue``, or to a new one."""
    found = understanding_of(row)
    existing = {area.key: area.name for area in venue.areas.all()} if venue else {}
    keys = area_keys(found, existing)
    columns = {column: row.cells[cell] for cell, column in WRITTEN.items() if row.cells.get(cell)}
    return Given(
        schedules=found.value(keys).schedules,
        mode=HoursMode.BY_APPOINTMENT if found.mode == hours.Mode.BY_APPOINTMENT else HoursMode.OWN,
        areas=tuple((key, name[:60]) for name, key in keys.items() if key not in existing),
        columns=columns,
    )


def _changes(row: HoursImportRow, venue: VenuePage, found: Understanding) -> bool:
    given = given_by(row, venue)
    return (
        bool(given.areas)
        or given.schedules != schedules_of(venue)
        or given.mode != venue.hours_mode
        or any(getattr(venue, column) != value for column, value in given.columns.items())
    )


# ---------------------------------------------------------------------------------------------------
# Taking rows


def choose(stored: HoursImport, keys: Iterable[int], *, publish: bool) -> int:
    """Mark rows, by their keys, to be taken; return how many of them can be."""
    stored.is_publishing = publish
    stored.save(update_fields=["is_publishing"])
    return stored.rows.filter(pk__in=keys, state__in=TAKEABLE).update(state=RowState.CHOSEN, message="")


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes rows, and what is looked up once for all of them."""

    user: User
    calendar: CityCalendar
    types: Mapping[str, Term]
    regions: Mapping[str, Term]

    @classmethod
    def by(cls, user: User) -> "Taking":
        """Look up what every row needs. Five queries."""
        return cls(user, checked_calendar(), _terms(VenueType), _terms(Region))


def take_chosen(stored: HoursImport, *, user: User, seconds: float = SECONDS_PER_REQUEST) -> int:
    """Take the chosen rows one after the other until the time is over; return how many still wait."""
    until, taking = time.monotonic() + seconds, Taking.by(user)
    for pk in stored.rows.filter(state=RowState.CHOSEN).values_list("pk", flat=True):
        take(pk, taking, publish=stored.is_publishing)
        if time.monotonic() > until:
            break
    return stored.rows.filter(state=RowState.CHOSEN).count()


@transaction.atomic
def take(row_key: int, taking: Taking, *, publish: bool) -> None:
    """Take one chosen row: all of it, or nothing and why. A row that is not chosen (any more) is left alone.

    Only what was read completely is published; anything else becomes a draft.
    """
    rows = HoursImportRow.objects.select_for_update(of=("self",)).select_related("hours_import", "venue")
    row = rows.get(pk=row_key)
    if row.state != RowState.CHOSEN:
        return
    is_public = publish and understanding_of(row).confidence == "complete"
    try:
        # A venue that refuses takes back what it has written; the row keeps why.
        with transaction.atomic():
            row.venue, outcome = _give(row, taking, publish=is_public)
    except Refused as refusal:
        row.state, row.message = RowState.BLOCKED, str(refusal)
    else:
        row.state, row.message = RowState.DONE, outcome_text(outcome)
    row.save(update_fields=["state", "message", "venue"])


def _give(row: HoursImportRow, taking: Taking, *, publish: bool) -> tuple[VenuePage, Outcome]:
    user, calendar = taking.user, taking.calendar
    if row.venue is not None:
        given_to = partial(given_by, row)
        return row.venue, give_hours(row.venue, given_to, user=user, publish=publish, calendar=calendar)
    parent = row.hours_import.parent
    kind = taking.types.get(plain(row.cells.get("type", "")))
    region = taking.regions.get(plain(row.cells.get("region", "")))
    if parent is None or kind is None or region is None:
        missing = "nowhere_to_add" if parent is None else "no_type" if kind is None else "no_region"
        raise Refused(row_problem_text(missing, {}))
    given = given_by(row, None)
    given = replace(given, columns={**given.columns, "venue_type": kind, "region": region})
    title = row.cells["name"]
    return add_venue(parent.specific, title, given, user=user, publish=publish, calendar=calendar)
