"""Reads a spreadsheet of venues: which column is which, and the rows as text. Knows nothing of the database."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

import openpyxl
from django.utils.translation import gettext, ngettext
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 5_000_000
MAX_ROWS = 2_000
# Of a compressed file: what it may grow to. A table of 2,000 rows stays far below.
MAX_UNPACKED = 100_000_000
MAX_COLUMNS = 60
MAX_CELL = 10_000
# Above the headings there may be a title and a note.
HEADING_WITHIN = 10

# The columns, in the order of the template: the heading that it has, and others by which they are known.
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("编码", "代码", "场馆编码", "code", "id"),
    "name": ("名称", "场馆名称", "场馆", "单位名称", "机构名称", "馆名", "name", "venue", "title"),
    "type": ("类型", "场馆类型", "类别", "type", "category"),
    "region": (
        "地区",
        "所在地区",
        "区县",
        "县区",
        "县（市、区）",
        "行政区划",
        "所属地区",
        "region",
        "district",
    ),
    "address": ("地址", "详细地址", "场馆地址", "address"),
    "phone": ("电话", "联系电话", "咨询电话", "phone", "telephone", "tel"),
    "hours": (
        "开放时间",
        "开馆时间",
        "开放时间说明",
        "营业时间",
        "服务时间",
        "hours",
        "opening hours",
        "opening_hours",
    ),
    "source": ("来源", "资料来源", "数据来源", "source"),
    "source_url": ("来源链接", "来源网址", "链接", "网址", "source url", "source_url", "url", "link"),
}
EXAMPLE = {
    "name": "示例图书馆",
    "type": "公共图书馆",
    "hours": "周二至周日 9:00-17:00（16:30 停止入馆），周一闭馆（法定节假日除外）",
}
# What Office writes when a workbook has a password, and what it wrote before .xlsx.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What a file raises that is none, or is damaged: in the archive, in its XML (SyntaxError), in the workbook.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    EOFError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Unreadable(Exception):
    """The file cannot be taken; the message tells the person why, and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a spreadsheet: number of the row in the file, and its texts by the keys of ``COLUMNS``."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def read_table(file: BinaryIO) -> Table:
    """Read an .xlsx or .csv file (UTF-8 or GB 18030). Raises Unreadable."""
    content = file.read(MAX_BYTES + 1)
    if not content.strip():
        raise Unreadable(gettext("The file is empty."))
    if len(content) > MAX_BYTES:
        raise Unreadable(
            gettext("The file is larger than %(size)d MB. Split it.") % {"size": MAX_BYTES // 1_000_000}
        )
    if content.startswith(_OLE):
        raise Unreadable(
            gettext(
                "The file has a password or is of an old kind (.xls). "
                "Save it as .xlsx without a password, or as .csv."
            )
        )
    if content.startswith(b"PK"):
        return _first_table(_sheets(content))
    return _first_table([_csv_rows(content)])


def _sheets(content: bytes) -> Iterator[list[list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_UNPACKED:
                raise Unreadable(gettext("The file unpacks to more than a table of venues can be."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except _DAMAGE:
        raise Unreadable(gettext("This is no spreadsheet. Choose an .xlsx or .csv file.")) from None
    try:
        for sheet in book.worksheets:
            # Some programs store a wrong size of the sheet, and all rows would be cut to it.
            sheet.reset_dimensions()
            rows = []
            for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
                rows.append([_text(value) for value in row])
                if len(rows) > MAX_ROWS + HEADING_WITHIN + 1 and any(rows[-1]):
                    break
            yield rows
    except _DAMAGE:
        raise Unreadable(
            gettext("The spreadsheet is damaged. Open it, save it again, and try once more.")
        ) from None
    finally:
        book.close()


def _csv_rows(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(",\t;，", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return [[_text(value) for value in row[:MAX_COLUMNS]] for row in reader]
    except csv.Error as error:
        raise Unreadable(
            gettext("The .csv file cannot be read in line %(line)d. A quotation mark is missing there.")
            % {"line": reader.line_num}
        ) from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(gettext("This is no spreadsheet. Choose an .xlsx or .csv file."))


def _text(value: Any) -> str:
    """Return a cell as people see it: no .0 after a phone number, no midnight after a date."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == datetime.min.time() else value
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\x00", "").strip()


# ---------------------------------------------------------------------------------------------------
# Which column is which


_KNOWN = {name.casefold(): key for key, names in COLUMNS.items() for name in names}


def _key_of(heading: str) -> str | None:
    plain = "".join(heading.split()).strip("*：: ").casefold()
    return _KNOWN.get(plain) or _KNOWN.get(" ".join(heading.split()).casefold())


def _first_table(sheets: Any) -> Table:
    """Return the first sheet with the headings of venues; tell what is missing in the best of those without."""
    reasons: list[str] = []
    for rows in sheets:
        found = _heading(rows)
        if isinstance(found, int):
            return _table(rows, found)
        reasons.append(found)
    known = [reason for reason in reasons if reason]
    raise Unreadable(known[0] if known else gettext("The file is empty."))


def _heading(rows: Sequence[Sequence[str]]) -> int | str:
    """Return the number of the row with the headings, or why there is none (empty for an empty sheet)."""
    if not any(any(row) for row in rows):
        return ""
    best: set[str] = set()
    split: set[str] = set()
    for index, row in enumerate(rows[:HEADING_WITHIN]):
        keys = {key for cell in row if (key := _key_of(cell))}
        if "hours" in keys and keys & {"name", "code"}:
            return index
        best = max(best, keys, key=len)
        split |= keys
    if "hours" in split and split & {"name", "code"}:
        return gettext(
            "The headings stand in several rows: cells are merged. "
            "Put all headings into one row, one cell for each column."
        )
    if best and "hours" not in best:
        return gettext("There is no column “开放时间” (opening hours).")
    if best:
        return gettext("There is no column “名称” (name) or “编码” (code) that says which venue it is.")
    return gettext("No headings are found. The first row names the columns: 名称, 地区, 开放时间 …")


def _table(rows: Sequence[Sequence[str]], heading: int) -> Table:
    keys = [_key_of(cell) for cell in rows[heading]]
    for key in COLUMNS:
        if keys.count(key) > 1:
            raise Unreadable(
                gettext("Two columns are called “%(name)s”. Leave one of them out.")
                % {"name": COLUMNS[key][0]}
            )
    found = []
    for number, row in enumerate(rows[heading + 1 :], start=heading + 2):
        cells = {key: cell[:MAX_CELL] for key, cell in zip(keys, row, strict=False) if key and cell}
        if cells:
            found.append((number, cells))
    if not found:
        raise Unreadable(gettext("Below the headings there are no rows."))
    if len(found) > MAX_ROWS:
        raise Unreadable(
            ngettext(
                "There is more than %(count)d row. Split the file.",
                "There are more than %(count)d rows. Split the file.",
                MAX_ROWS,
            )
            % {"count": MAX_ROWS}
        )
    unknown = [cell for key, cell in zip(keys, rows[heading], strict=True) if not key and cell]
    return Table(tuple(found), tuple(unknown), tuple(key for key in COLUMNS if key not in keys))


# ---------------------------------------------------------------------------------------------------
# The template


def template() -> bytes:
    """Return an .xlsx with all headings and one example row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has one sheet
    sheet.title = "开放时间"
    sheet.append([names[0] for names in COLUMNS.values()])
    sheet.append([EXAMPLE.get(key, "") for key in COLUMNS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, key in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = 60 if key == "hours" else 18
    sheet["G2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
