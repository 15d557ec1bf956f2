"""What is marked as a secret does not become public, whichever path leads there.

《保守国家秘密法》 and 《政府信息公开条例》 Art. 14: what was determined to be secret is not disclosed. Files are
refused when they are uploaded (``openness.media.secrecy``), and looked at once more before the document goes live.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openness.core.refusals import Refused
from openness.media.models import Document
from openness.media.secrecy import HEAD_LENGTH, marks_in_file, secret_marks

if TYPE_CHECKING:
    from policies.models import PolicyPage

__all__ = [
    "SecretMark",
    "marks_of_files",
    "marks_of_text",
    "refuse_secret_files",
    "refuse_secret_text",
    "secret_marks",
]


@dataclass(frozen=True)
class SecretMark:
    """A mark as written, the field of the form that it stands in, and what the field is called."""

    field: str
    place: str
    mark: str

    @property
    def error(self) -> ValidationError:
        """What the editor has to do now."""
        return ValidationError(
            _(
                "Marked “%(mark)s” in: %(place)s. It cannot be published, and a secret must not be kept on this site "
                "even as a draft: tell your office's secrecy officer, and delete this page and its files. If the mark "
                "no longer holds, take the declassified text, without it."
            ),
            code="secret",
            params={"mark": self.mark, "place": self.place},
        )


def marks_of_text(page: "PolicyPage") -> list[SecretMark]:
    """Return the marks in title, summary, remark and the beginning of the text. No query."""
    words = [(name, getattr(page, name)) for name in ("title", "summary", "remark")]
    texts = [*words, ("body", beginning_of(page.body))]
    return [
        SecretMark(name, str(page._meta.get_field(name).verbose_name), mark)
        for name, text in texts
        for mark in secret_marks(text)
    ]


def beginning_of(body: Iterable) -> str:
    """Return the first few thousand characters of a document's text, a line per piece of it."""
    lines: list[str] = []
    for child in body:
        pieces = child.block.get_searchable_content(child.value)
        lines += [line for piece in pieces for line in str(piece).splitlines()]
        if sum(map(len, lines)) > HEAD_LENGTH:
            break
    return "\n".join(lines)


def marks_of_files(documents: Iterable[tuple[str, Document]]) -> list[SecretMark]:
    """Return the marks in the titles and on the first pages of files; each comes with the field it is chosen in."""
    return [
        SecretMark(name, document.title, mark)
        for name, document in documents
        for mark in (secret_marks(document.title) or _marks_inside(document))
    ]


def _marks_inside(document: Document) -> list[str]:
    try:
        with document.open_file() as file:
            return marks_in_file(file.read(), document.detected_type)
    except OSError:
        # The form says that the file is gone.
        return []


def files_of(
    page: "PolicyPage", *, attached: Iterable[Document] | None = None
) -> Iterator[tuple[str, Document]]:
    """Yield the files of a document with the fields they are chosen in: the signed original, then the attachments.

    ``attached`` are those of a form that is not saved yet.
    """
    if page.signed_original:
        yield "signed_original", page.signed_original
    for document in [row.document for row in page.attachments.all()] if attached is None else attached:
        yield "attachments", document


def refuse_secret_text(page: "PolicyPage") -> None:
    """Raise Refused for a mark in the words of the page."""
    _refuse(marks_of_text(page))


def refuse_secret_files(page: "PolicyPage") -> None:
    """Raise Refused for a mark in a file of the page. Reads the files."""
    _refuse(marks_of_files(files_of(page)))


def _refuse(marks: list[SecretMark]) -> None:
    if marks:
        raise Refused({mark.field: mark.error for mark in marks})
