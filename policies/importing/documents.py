"""What a reader finds in a file: first lines and tables in their order, then a document with its facts."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from policies.enums import Disclosure, DocumentKind

RawBlock = dict[str, Any]  # as a stream stores it: type, value, id


class Unreadable(Exception):
    """The file is not taken. The message tells a person why, and what to do."""


class Run(NamedTuple):
    """A stretch of text in one look. ``href`` is empty or an address that passed the check."""

    text: str
    is_bold: bool = False
    href: str = ""


@dataclass(slots=True)
class Line:
    """A paragraph of the file. ``number`` is one that the program counted, and stands before the text.

    ``outline`` is 0 for text, else the level that its style gives it (1 to 9); 10 for the style of a title.
    """

    runs: list[Run]
    number: str = ""
    outline: int = 0
    is_bullet: bool = False
    is_centred: bool = False

    @property
    def text(self) -> str:
        """The paragraph as read, with its number."""
        return self.number + "".join(run.text for run in self.runs).strip()


TITLE_OUTLINE = 10


@dataclass(slots=True)
class Cell:
    """A cell of a table; the texts of its paragraphs stand on lines of their own."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    tables: list["Table"] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table in rows; a cell that is spanned from the left or from above is not there again."""

    rows: list[list[Cell]]
    header_rows: int = 1


@dataclass(slots=True)
class Note:
    """Something to look at, where it was found in the file."""

    text: str


Element = Line | Table | Note


class Caution(NamedTuple):
    """What an editor has to check.

    ``block`` is the position in the body before which it was found; None concerns the document as a whole.
    """

    text: str
    block: int | None = None


@dataclass(slots=True)
class ImportedDocument:
    """A document as far as it was understood. Nothing in it has been seen by a person yet."""

    title: str = ""
    number: str = ""
    index_number: str = ""
    document_kind: str = DocumentKind.OTHER
    disclosure: str = Disclosure.VOLUNTARY
    issuers: list[str] = field(default_factory=list)
    addressees: str = ""
    written_on: date | None = None
    effective_on: date | None = None
    valid_until: date | None = None
    interpreted_by: str = ""
    remark: str = ""
    body: list[RawBlock] = field(default_factory=list)
    # Lines that became facts or belong to the paper (抄送, 印发), and so are no part of the body.
    taken: list[str] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
