"""Opens a Word file without trusting it.

Only a few parts are read, each up to a size; none may declare entities (ECMA-376 part 2, 8.1.4 forbids a DTD);
nothing outside the file is ever fetched; programs in it are refused.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from lxml import etree

from openness.media.detection import check_document
from policies.importing.documents import Unreadable

# The longest documents have parts of a few megabytes; a tree needs about ten times as much memory.
MAX_PART_SIZE = 24 * 1024 * 1024

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)


@dataclass(slots=True)
class WordPackage:
    """The parts of a Word file that are read."""

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None
    margins: list[etree._Element] = field(default_factory=list)  # headers and footers
    links: dict[str, str] = field(default_factory=dict)  # relationship to its address outside
    has_external_parts: bool = False
    has_embedded_files: bool = False


def open_word(content: bytes) -> WordPackage:
    """Return the parts of a Word file. Raises Unreadable for every file that is none, is damaged or is a danger."""
    try:
        check_document(content, "docx")
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable(
        gettext("This file is damaged or incomplete. Open it, save it again and upload the new copy.")
    )


def _read(archive: zipfile.ZipFile) -> WordPackage:
    names = set(archive.namelist())
    main = next(
        (target for kind, target, __ in _relationships(archive, "", names) if kind == "officeDocument"), ""
    )
    if main not in names:
        raise _damaged()
    package = WordPackage(_part(archive, main))
    package.has_embedded_files = any("/embeddings/" in name or "/activeX/" in name for name in names)
    for kind, target, outside in _relationships(archive, main, names):
        match kind:
            case "hyperlink" if outside:
                package.links[outside] = target
            case _ if outside:
                package.has_external_parts = True
            case "styles" | "numbering" | "footnotes" | "endnotes" if target in names:
                setattr(package, kind, _part(archive, target))
            case "header" | "footer" if target in names:
                package.margins.append(_part(archive, target))
            case "aFChunk" | "oleObject" | "package" | "control":
                package.has_embedded_files = True
    return package


def _relationships(archive: zipfile.ZipFile, part: str, names: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, target and, for what lies outside the file, the relationship's name."""
    folder, __, name = part.rpartition("/")
    path = join(folder, "_rels", f"{name}.rels")
    if path not in names:
        return
    for each in _part(archive, path):
        kind = (each.get("Type") or "").rpartition("/")[2]
        target = each.get("Target") or ""
        if each.get("TargetMode") == "External":
            yield kind, target, each.get("Id") or ""
        else:
            inside = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            yield kind, inside, ""


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    with archive.open(name) as member:
        content = member.read(MAX_PART_SIZE + 1)
    if len(content) > MAX_PART_SIZE:
        raise Unreadable(
            gettext("A part of this Word file is too large. Split the document and import its parts.")
        )
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged() from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            gettext("This Word file declares entities, which no word processor does. It was not opened.")
        )
    return root
