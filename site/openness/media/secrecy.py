"""Marks of state secrets at the beginning of a text: what carries one does not belong on this site.

《保守国家秘密法实施条例》 (2024): a carrier is marked with its level, ★ and its term or day of release.
GB/T 9704-2012, 7.2.2: 密级和保密期限 stand alone on a line at the top of the first page. Only such lines count;
a text that speaks of secrets, or a law about them, is no secret.
"""

import io
import logging
import re
import zipfile

import docx
import pypdfium2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openness.media.decoding import TEXT, decode_text
from openness.media.extraction import MAX_WORD_PART_SIZE, clean, pdfium

logger = logging.getLogger(__name__)

# The head of an official document, its number and its title, with room for a cover.
HEAD_LINES, HEAD_LENGTH = 30, 4_000
# A level without star or term is believed at the very top only, of what looks like an official document.
TOP_LINES = 6

_S = r"[ \t\u3000\xa0]*"
_LEVEL = rf"(?:[绝絕]{_S}密|[机機]{_S}密|秘{_S}密)"
_TERM = rf"(?:长期|長期|永久|\d{{1,3}}{_S}(?:年|个月|個月|月|天|日))"
_STAR = r"[★☆✩✭⭐]"
_COPY = rf"(?:(?:№|No\.?|份号{_S}[:：]?){_S})?\d{{3,8}}{_S}"
_URGENCY = r"(?:特急|特提|加急|平急|急件)"
_OPEN, _CLOSE = r"[（(\[【〔［]", r"[）)\]】〕］]"
_IN_BRACKETS = rf"{_OPEN}{_S}{_TERM}{_S}{_CLOSE}"
_MARKED = rf"(?:{_LEVEL}{_S}(?:{_STAR}{_S}{_TERM}?|[*＊·]?{_S}{_TERM}|{_IN_BRACKETS}))"
# Readers of PDF files join lines, so that a starred mark may be followed by the rest of the head.
_STARRED_LINE = re.compile(rf"(?:{_COPY})?{_OPEN}?{_S}({_LEVEL}{_S}{_STAR}{_S}{_TERM}?)")
_MARKED_LINE = re.compile(rf"(?:{_COPY})?{_OPEN}?{_S}({_MARKED}){_S}{_CLOSE}?{_S}{_URGENCY}?")
_BARE_LINE = re.compile(rf"(?:{_COPY})?({_LEVEL}){_S}{_URGENCY}?")
_FIELD_LINE = re.compile(rf"(?:{_COPY})?(密{_S}级{_S}[:：]{_S}[☑√■]?{_S}{_LEVEL})(?!{_S}[/／、，,或□☐○及])")
_INTERNAL_LINE = re.compile(
    rf"{_OPEN}?{_S}([内內]部(?:资料|資料|文件|材料|参考){_S}[,，、;；:：·—-]*{_S}"
    rf"(?:请|請)?(?:注意|妥善)(?:保存|保管|保密)|[内內]部(?:资料|資料|文件|材料|参考){_S}[,，、;；:：·—-]*{_S}"
    rf"(?:严禁|嚴禁|禁止|不得|请勿|切勿)(?:外传|外傳|外泄|扩散|传播|转载|翻印))"
)
# In a title the mark stands in brackets before or behind the words: 关于……的通知（机密）.
_IN_TITLE = re.compile(rf"{_OPEN}{_S}({_LEVEL}|{_MARKED}){_S}{_CLOSE}|({_LEVEL}{_S}{_STAR}{_S}{_TERM}?)")
_OFFICIAL = re.compile(
    r"[〔\[【(（]\s*(?:19|20)\d{2}\s*[〕\]】)）]\s*第?\s*\d+\s*号|文\s*件$|^\d{6}$", re.MULTILINE
)


def secret_marks(text: str) -> list[str]:
    """Return the marks at the beginning of a text, as written; none for most texts.

    A text of one line is read as a title, in which a mark may stand in brackets.
    """
    lines = [line.strip() for line in text[:HEAD_LENGTH].splitlines()]
    head = [line for line in lines if line][:HEAD_LINES]
    if len(head) == 1 and (found := _IN_TITLE.search(head[0])):
        return [found[1] or found[2]]
    is_official = bool(_OFFICIAL.search("\n".join(head)))
    marks = []
    for number, line in enumerate(head):
        found = (
            _STARRED_LINE.match(line)
            or _MARKED_LINE.fullmatch(line)
            or _FIELD_LINE.match(line)
            or _INTERNAL_LINE.match(line)
        )
        if found is None and is_official and number < TOP_LINES:
            found = _BARE_LINE.fullmatch(line)
        if found:
            marks.append(" ".join(found[1].split()))
    return list(dict.fromkeys(marks))


def marks_in_file(content: bytes, detected_type: str) -> list[str]:
    """Return the marks on the first page of a file; none for a scan, a damaged file or a kind that is not read."""
    try:
        return secret_marks(_first_page(content, detected_type))
    # Readers of damaged files raise whatever they stumble over; such a file shows nobody its text either.
    except Exception:
        logger.warning("The first page of a file was not read", exc_info=True)
        return []


def refuse_secret_file(content: bytes, detected_type: str, *names: str) -> None:
    """Raise ValidationError when a file, or one of its names, carries the mark of a secret."""
    marks = [mark for name in names for mark in secret_marks(name)] or marks_in_file(content, detected_type)
    if marks:
        raise ValidationError(
            _(
                "This file is marked “%(mark)s”. It was not kept. Secrets and internal papers do not belong on this "
                "site: tell your office's secrecy officer now that you tried, and remove the copy from this computer "
                "if it is connected to the internet. If the mark no longer holds, upload the version without it."
            ),
            code="secret",
            params={"mark": marks[0]},
        )


def _first_page(content: bytes, detected_type: str) -> str:
    """Return the text of the first page, line by line as it stands there."""
    if detected_type == "pdf":
        return clean(_first_pdf_page(content))
    if detected_type == "docx":
        return clean(_beginning_of_word(content))
    if detected_type == TEXT:
        return decode_text(content) or ""
    return ""


def _first_pdf_page(content: bytes) -> str:
    with pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            if not len(document):
                return ""
            page = document[0]
            text_page = page.get_textpage()
            text = text_page.get_text_range().replace("\r\n", "\n")
            text_page.close()
            page.close()
            return text
        finally:
            document.close()


def _beginning_of_word(content: bytes) -> str:
    """Return the headers and the first paragraphs, those in tables and text boxes too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(member.file_size > MAX_WORD_PART_SIZE for member in archive.infolist()):
            return ""
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0] if document.sections else None
    headers = [section.first_page_header, section.header] if section else []
    roots = [header._element for header in headers if not header.is_linked_to_previous]
    lines: list[str] = []
    for root in (*roots, document.element.body):
        for paragraph in root.iter("{*}p"):
            if paragraph.tag.startswith("{http://schemas.openxmlformats.org/wordprocessingml/"):
                lines.append("".join(paragraph.itertext("{*}t")))
            if sum(map(len, lines)) > HEAD_LENGTH or len(lines) > 4 * HEAD_LINES:
                return "\n".join(lines)
    return "\n".join(lines)
