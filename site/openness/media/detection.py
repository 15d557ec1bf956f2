"""What a document really is, read from its content, and whether its name says so.

A file name is a claim of whoever uploads it. A page named ``.pdf`` or a program named ``.docx`` would
otherwise be handed to citizens by a government site.
"""

import io
import re
import zipfile

import puremagic
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from openness.media.decoding import TEXT, decode_text

# What `detect` answers beside the extensions of formats, and `TEXT`.
MACROS = "macros"
DAMAGED = "damaged"
OLE = "ole"
UNKNOWN = "unknown"

TEXT_EXTENSIONS = frozenset({"csv", "txt"})
# A document of 10 MB that unpacks to more than this is made to exhaust whoever opens it.
MAX_UNPACKED_SIZE = 200 * 1024 * 1024
MAX_ARCHIVE_MEMBERS = 10_000

# The content type of the main part, in `[Content_Types].xml` (ECMA-376 part 1, section 11 to 13).
OFFICE_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
ODF_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
# What people upload by mistake or with intent, named in the message when puremagic sees it. Its other
# guesses about unknown bytes are too bold to be shown.
FOREIGN_TYPES = ("exe", "png", "jpg", "gif", "bmp", "tiff", "webp", "rar", "7z", "gz", "mp3", "mp4")
OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
MARKUP = re.compile(
    r"<\s*(!doctype\s+html|html|head|body|script|iframe|object|embed|svg|\?xml)\b", re.IGNORECASE
)


def detect(content: bytes) -> str:
    """Return the type of ``content``.

    One of pdf, docx, xlsx, pptx, odt, ods, odp, ofd, zip, text, html, svg, xml; or `MACROS` (an Office
    file with a program in it), `DAMAGED` (a broken archive or a PDF without its end), `OLE` (an Office
    file of before 2007, or an encrypted one), one of `FOREIGN_TYPES`, or `UNKNOWN`.
    """
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_archive(content)
    if content.startswith(b"%PDF-"):
        # The end of a PDF is marked (ISO 32000-1, 7.5.5); what is cut off has lost it.
        return "pdf" if b"%%EOF" in content.rstrip(b"\0\r\n\t ")[-4096:] else DAMAGED
    if content.startswith(OLE_SIGNATURE):
        return OLE
    text = decode_text(content)
    if text is not None:
        return _detect_markup(text) or TEXT
    return _detect_foreign(content)


def _detect_foreign(content: bytes) -> str:
    try:
        guesses = {match.extension.removeprefix(".").lower() for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return next((name for name in FOREIGN_TYPES if name in guesses), UNKNOWN)


def _detect_markup(text: str) -> str | None:
    found = MARKUP.search(text[:1024])
    if found is None:
        return None
    if "<svg" in text[:4096].lower():
        return "svg"
    return "xml" if found[1].startswith("?") else "html"


def _detect_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return _detect_office(names, _head(archive, "[Content_Types].xml", 1024 * 1024))
            if "mimetype" in names:
                return ODF_TYPES.get(_head(archive, "mimetype", 100).strip(), "zip")
            # GB/T 33190: the entry of an OFD package.
            return "ofd" if "OFD.xml" in names else "zip"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return DAMAGED


def _detect_office(names: set[str], content_types: bytes) -> str:
    if b"macroEnabled" in content_types or any(name.lower().endswith("vbaproject.bin") for name in names):
        return MACROS
    for part, extension in OFFICE_MAIN_PARTS.items():
        if part in content_types:
            return extension
    return "zip"


def _head(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    with archive.open(name) as member:
        return member.read(size)


def check_document(content: bytes, extension: str) -> str:
    """Return the type of ``content``, which was uploaded under ``extension`` (lower case, no dot).

    Raises ValidationError with one sentence for the person who uploads when the content is not what the
    extension says, is damaged, holds macros, or unpacks to too much.
    """
    detected = detect(content)
    if detected == DAMAGED:
        raise ValidationError(
            _("This file is damaged or incomplete. Open it, save it again and upload the new copy."),
            code="damaged",
        )
    if detected == MACROS:
        raise ValidationError(
            _("This file contains macros. Save it without macros and upload it again."), code="macros"
        )
    if detected == OLE:
        raise ValidationError(
            _(
                "This file is in an Office format of before 2007, or protected by a password. "
                "Save it as docx, xlsx or pptx without a password."
            ),
            code="old_office",
        )
    if extension in TEXT_EXTENSIONS and detected == UNKNOWN:
        raise ValidationError(
            _("This file cannot be read as text. Save it as text in UTF-8 and upload it again."),
            code="not_text",
        )
    if extension != detected and not (extension in TEXT_EXTENSIONS and detected == TEXT):
        _refuse_mismatch(extension, detected)
    if content.startswith(b"PK"):
        _check_unpacked_size(content)
    return detected


def _refuse_mismatch(extension: str, detected: str) -> None:
    if detected == UNKNOWN:
        raise ValidationError(
            _("The file is named .%(extension)s, but its content is something else."),
            code="type_mismatch",
            params={"extension": extension},
        )
    raise ValidationError(
        _("The file is named .%(extension)s, but its content is %(detected)s. Give it its real name."),
        code="type_mismatch",
        params={
            "extension": extension,
            "detected": _("plain text") if detected == TEXT else detected.upper(),
        },
    )


def _check_unpacked_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # zipfile never yields more of a member than its header declares.
        members = archive.infolist()
        size = sum(member.file_size for member in members)
    if size > MAX_UNPACKED_SIZE or len(members) > MAX_ARCHIVE_MEMBERS:
        raise ValidationError(
            _("This file unpacks to more than %(limit)s. Upload a smaller one."),
            code="unpacks_too_large",
            params={"limit": filesizeformat(MAX_UNPACKED_SIZE)},
        )
