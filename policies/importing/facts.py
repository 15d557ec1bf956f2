"""Finds in the lines of a document what GB/T 9704—2012 prints above and below its text.

Above: the issuers' red heading, the number, the title, whom it is addressed to. Below: who signed, the day, the
remark in brackets, 抄送 and 印发. Sites print some of it as a list of fields (索引号：…) instead.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from policies.enums import Disclosure, DocumentKind
from policies.importing.dates import dates_in, effective_from, only_date, valid_until
from policies.importing.documents import TITLE_OUTLINE, Caution, Element, ImportedDocument, Line
from policies.importing.refusals import refuse_secret
from policies.importing.structure import body_of
from policies.numbering import leading_number
from policies.numbers import normalise, parse_number

# How far from the top the title is looked for, and from the end the signature.
HEAD_LINES = 30
LONGEST_TITLE = 120

_KINDS = (
    ("决议", DocumentKind.RESOLUTION),
    ("决定", DocumentKind.DECISION),
    ("命令", DocumentKind.ORDER),
    ("公报", DocumentKind.COMMUNIQUE),
    ("公告", DocumentKind.ANNOUNCEMENT),
    ("通告", DocumentKind.PUBLIC_NOTICE),
    ("意见", DocumentKind.OPINION),
    ("通知", DocumentKind.NOTICE),
    ("通报", DocumentKind.CIRCULAR),
    ("报告", DocumentKind.REPORT),
    ("请示", DocumentKind.REQUEST),
    ("批复", DocumentKind.REPLY),
    ("议案", DocumentKind.BILL),
    ("复函", DocumentKind.LETTER),
    ("函", DocumentKind.LETTER),
    ("纪要", DocumentKind.MINUTES),
    ("条例", DocumentKind.REGULATION),
    ("规划", DocumentKind.PLAN),
    ("方案", DocumentKind.PLAN),
    ("计划", DocumentKind.PLAN),
    ("令", DocumentKind.ORDER),
)
_OTHER_ENDINGS = (
    "办法|规定|细则|法|法典|解释|措施|制度|指南|标准|准则|章程|要点|清单|名单|规则|规程|预案|规范|目录|守则"
)
_STATE = r"(?:[（(](?:试行|暂行|修订|修正|草案|征求意见稿|[^（）()]{1,20})[）)])?"
_TITLE_END = re.compile(rf"(?:{'|'.join(name for name, __ in _KINDS)}|{_OTHER_ENDINGS}){_STATE}$")
_BODY_END = (
    "局|委|委员会|政府|办公室|办公厅|厅|部|院|中心|署|总局|会|工会|团|馆|公司|法院|检察院|处|所|站|党组"
)
_ISSUER = re.compile(rf"[\u4e00-\u9fff（）()·]{{2,30}}(?:{_BODY_END})")
_FIELDS = {
    "索引号": "index_number",
    "发文字号": "number",
    "文号": "number",
    "发文机关": "issuers",
    "发布机构": "issuers",
    "发文单位": "issuers",
    "制发机关": "issuers",
    "成文日期": "written_on",
    "生成日期": "written_on",
    "标题": "title",
    "名称": "title",
    "公开属性": "disclosure",
    "信息公开属性": "disclosure",
}
_FIELD = re.compile(rf"[【\[]?\s*({'|'.join(_FIELDS)})\s*[】\]]?\s*[:：]\s*(\S.*)")
_ADDRESSEES = re.compile(r"[^。；]{2,290}[:：]")
_NO_ADDRESSEES = re.compile(r"如下|以下|下列|^附|^第|^[一二三四五六七八九十]+、")
_REMARK = re.compile(r"[（(](此件[^（）()]{2,80})[）)]")
_COPIES = re.compile(r"(?:抄\s*送|抄\s*报|分\s*送|主题词)\s*[:：]")
_PRINTED = re.compile(r".{2,40}\s*[0-9〇零一二三四五六七八九十]{4}年\S{1,3}月\S{1,3}日\s*印\s*发")
_INTERPRETED = re.compile(r"由([^，。；、由]{2,60}?)负责(?:具体)?解释")
_HISTORY = re.compile(r"[（(].{0,400}(?:通过|公布|发布|修订|修正|施行|批准).{0,100}[）)]")
_RED_HEAD = re.compile(r"文\s*件\s*$")


@dataclass
class _Found:
    """The document, and which lines have become facts."""

    document: ImportedDocument = field(default_factory=ImportedDocument)
    used: set[int] = field(default_factory=set)
    red_head: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    def use(self, position: int, text: str) -> None:
        self.used.add(position)
        self.document.taken.append(text)


def document_of(elements: list[Element]) -> ImportedDocument:
    """Return the document that these lines and tables make. Raises Unreadable for one that is marked as secret."""
    found = _Found()
    lines = {position: each for position, each in enumerate(elements) if isinstance(each, Line) and each.text}
    refuse_secret(line.text for line in lines.values())
    _read_fields(lines, found)
    title_end = _read_head(lines, found)
    _read_foot(lines, found, title_end)
    document = found.document
    document.body, cautions = body_of(
        each for position, each in enumerate(elements) if position not in found.used
    )
    document.cautions = [*_doubts(found), *cautions]
    _read_terms(document, lines)
    return document


def compact(text: str) -> str:
    """Return text without the spaces with which names are spread over a line; those between names stay as one."""
    words = text.split()
    if len(words) > 2 and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)


def issuers_in(text: str) -> list[str]:
    """Return the bodies that a line consists of, or nothing when it says more: 泉州市教育局 泉州市体育局."""
    names = [compact(each) for each in re.split(r"[\s、，,]{1,}(?=\S{3})", compact(text.strip()))]
    return names if names and all(_ISSUER.fullmatch(each) for each in names) else []


def kind_of(title: str) -> str:
    """Return the kind of a document by the last word of its title."""
    stem = re.sub(r"[（(][^（）()]*[）)]$", "", title)
    if stem.endswith("法") and not stem.endswith(("办法", "方法")):
        return DocumentKind.LAW
    return next((kind for word, kind in _KINDS if stem.endswith(word)), DocumentKind.OTHER)


def _read_fields(lines: dict[int, Line], found: _Found) -> None:
    """Take the list of fields that sites print above a document."""
    document = found.document
    for position, line in list(lines.items())[:HEAD_LINES]:
        match = _FIELD.fullmatch(line.text)
        if match is None:
            continue
        name, value = _FIELDS[match[1]], match[2].strip()
        if name == "issuers":
            document.issuers = [each for each in re.split(r"[\s、，,；;]+", value) if each]
        elif name == "written_on":
            document.written_on = only_date(value)
        elif name == "disclosure":
            document.disclosure = _disclosure(value)
        else:
            setattr(document, name, normalise(value) if name == "number" else value)
        found.use(position, line.text)


def _disclosure(text: str) -> str:
    if "依申请" in text:
        return Disclosure.ON_REQUEST
    return Disclosure.NOT_DISCLOSED if "不予公开" in text or "不公开" in text else Disclosure.VOLUNTARY


def _read_head(lines: dict[int, Line], found: _Found) -> int:
    """Take red heading, number, title and addressees; return the position of the last line of the title, or -1."""
    document = found.document
    head = [(position, line) for position, line in lines.items() if position not in found.used][:HEAD_LINES]
    first, last = _title_range(head)
    for position, line in head[:first]:
        names = issuers_in(_RED_HEAD.sub("", line.text))
        if names or _RED_HEAD.fullmatch(line.text.strip()):
            found.red_head += [each for each in names if each not in found.red_head]
            found.use(position, line.text)
        elif parse_number(line.text) and not document.number:
            document.number = normalise(line.text)
            found.use(position, line.text)
    if last < 0:
        return -1
    title_lines = head[first : last + 1]
    if not document.title:
        document.title = _joined_title([line.text for __, line in title_lines])
    for position, line in title_lines:
        found.use(position, line.text)
    document.document_kind = kind_of(document.title)
    subject = re.split(r"关于|印发", document.title, maxsplit=1)
    found.named = issuers_in(subject[0]) if len(subject) > 1 else []
    _read_below_title(head[last + 1 :], found)
    return title_lines[-1][0]


def _title_range(head: list[tuple[int, Line]]) -> tuple[int, int]:
    """Return the first and the last of the lines that make the title, as positions in ``head``; (0, -1) for none."""
    texts = [line.text.strip() for __, line in head]
    styled = [place for place, (__, line) in enumerate(head) if line.outline == TITLE_OUTLINE]
    if styled:
        last = styled[0]
        while last + 1 in styled:
            last += 1
        return styled[0], last
    for place, text in enumerate(texts):
        if leading_number(text) or _ADDRESSEES.fullmatch(text):
            break
        if _RED_HEAD.search(text) or parse_number(text) or len(text) > LONGEST_TITLE:
            continue
        first, last = place, place
        while not _TITLE_END.search(texts[last]) and last + 1 < len(texts) and last - first < 5:
            if (
                "。" in texts[last]
                or _ADDRESSEES.fullmatch(texts[last + 1])
                or leading_number(texts[last + 1])
            ):
                break
            last += 1
        if _TITLE_END.search(texts[last]) and sum(map(len, texts[first : last + 1])) <= LONGEST_TITLE:
            return _without_red_head(texts, first, last), last
    return 0, -1


def _without_red_head(texts: list[str], first: int, last: int) -> int:
    """Skip what stands above the number: names above it are the red heading, those below it begin the title."""
    numbers = [place for place in range(first, last) if parse_number(texts[place])]
    return numbers[-1] + 1 if numbers else first


def _joined_title(texts: list[str]) -> str:
    """Join the lines of a title; issuers that stand one below the other keep a space between them."""
    title = ""
    for text in map(compact, texts):
        between = (
            " " if title and issuers_in(text.split("关于")[0]) and issuers_in(title.split(" ")[-1]) else ""
        )
        title += between + text
    return title


def _read_below_title(below: list[tuple[int, Line]], found: _Found) -> None:
    """Take the number and the history in brackets below a title, and the addressees."""
    document = found.document
    for position, line in below[:4]:
        text = line.text.strip()
        inner = text.strip("（）() ")
        if not document.number and parse_number(inner):
            document.number = normalise(inner)
        elif _HISTORY.fullmatch(text):
            # It stays in the text: readers want to know who passed it.
            if document.written_on is None:
                document.written_on = next((day for day, __, ___ in dates_in(text)), None)
            continue
        elif only_date(inner):
            document.written_on = document.written_on or only_date(inner)
        elif issuers_in(text) and not found.named:
            found.named = issuers_in(text)
        else:
            if _ADDRESSEES.fullmatch(text) and not _NO_ADDRESSEES.search(text):
                document.addressees = text.rstrip(":：")
                found.use(position, text)
            return
        found.use(position, text)


def _read_foot(lines: dict[int, Line], found: _Found, after: int) -> None:
    """Take the signature with its day, the remark, and what belongs to the printed copy only."""
    document = found.document
    order = [position for position in lines if position > after and position not in found.used]
    for position in order:
        text = lines[position].text.strip()
        remark = _REMARK.fullmatch(text)
        if remark:
            document.remark, document.disclosure = remark[1], _disclosure(remark[1])
            found.use(position, text)
        elif _COPIES.match(text) or _PRINTED.fullmatch(text):
            found.use(position, text)
    rest = [position for position in order if position not in found.used]
    for place in reversed(range(len(rest))):
        text = lines[rest[place]].text.strip()
        names, day = _signature(text)
        if day is None or (place == 0 and not names):
            continue
        above: list[str] = list(names)
        start = place
        while start > 0 and not names and (more := issuers_in(lines[rest[start - 1]].text)):
            above = [*more, *above]
            start -= 1
        if not above:
            continue
        found.signed = above
        document.written_on = document.written_on or day
        for position in rest[start : place + 1]:
            found.use(position, lines[position].text)
        return


def _signature(text: str) -> tuple[list[str], date | None]:
    """Return who signed and the day, where one line says both or only the day; no day where it says neither."""
    day = only_date(text)
    if day:
        return [], day
    words = re.split(r"\s{2,}|\t|\u3000", unicodedata.normalize("NFC", text), maxsplit=1)
    if len(words) == 2 and only_date(words[1]):
        return issuers_in(words[0]), only_date(words[1])
    return [], None


def _doubts(found: _Found) -> list[Caution]:
    """Decide who issued the document, and say what was not found or contradicts itself."""
    document = found.document
    lists = [each for each in (document.issuers, found.red_head, found.named, found.signed) if each]
    # The red heading of a joint issue may name the lead office only (GB/T 9704—2012, 7.2.4).
    document.issuers = max(lists, key=len) if lists else []
    cautions = []
    known = {re.sub(r"\s", "", each) for each in document.issuers}
    if any(not {re.sub(r"\s", "", each) for each in names} <= known for names in lists):
        names = "；".join("、".join(each) for each in lists)
        cautions.append(Caution(gettext("The issuers are named differently: %(names)s.") % {"names": names}))
    for name, text in (
        ("title", gettext("No title was found.")),
        ("issuers", gettext("No issuer was found.")),
        ("number", gettext("No document number was found.")),
        ("written_on", gettext("The day on which it was written was not found.")),
    ):
        if not getattr(document, name):
            cautions.append(Caution(text))
    return cautions


def _read_terms(document: ImportedDocument, lines: dict[int, Line]) -> None:
    """Take from the text since when and until when it holds, and who explains it."""
    text = "\n".join(line.text for line in lines.values())
    document.effective_on = effective_from(text, document.written_on)
    document.valid_until = valid_until(text, document.effective_on)
    explained = _INTERPRETED.search(text)
    if explained:
        document.interpreted_by = explained[1].strip()
