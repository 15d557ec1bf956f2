"""Tables for spreadsheets, a row at a time: streamed as the database yields them, and nothing in them runs."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.cache import patch_response_headers

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the encoding of its own country
# A spreadsheet runs what begins with these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
KEPT_SECONDS = 60


class _Line:
    """A file whose only line is what was written last: how `csv` hands over a row at a time."""

    def write(self, line: str) -> str:
        return line


def csv_response(name: str, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> Any:
    """Return a table as the file ``<name>.csv``, streamed: its columns, then its rows."""
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK + writer.writerow(columns)
        for row in rows:
            yield writer.writerow([harmless(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def kept(response: Any) -> Any:
    """Return a public table after telling caches that they may keep it for a minute."""
    patch_response_headers(response, cache_timeout=KEPT_SECONDS)
    return response


def harmless(cell: str) -> str:
    """Return the text of a cell so that no spreadsheet runs it: an apostrophe before what looks like a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
