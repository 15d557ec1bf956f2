"""What the styles of a Word file say of a paragraph: heading or title, bold, centred, part of a list."""

from dataclasses import dataclass, replace

from lxml import etree

from policies.importing.documents import TITLE_OUTLINE
from policies.importing.word_package import W

_OFF = {"0", "false", "off", "none"}
_DEEPEST = 10  # styles that are based on each other


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """``outline`` and ``number_level`` are None where nothing is said; a list level counts from 0."""

    name: str = ""
    outline: int | None = None
    is_centred: bool = False
    number: str = ""
    number_level: int | None = None


class Styles:
    """The styles of one file."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = () if styles is None else styles.findall(f"{W}style")
        self._elements = {each.get(f"{W}styleId") or "": each for each in found}
        self._known: dict[str, ParagraphStyle] = {}

    def of(self, paragraph: etree._Element) -> ParagraphStyle:
        """Return the style of a paragraph, with what it says for itself."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ParagraphStyle()
        return _with(self._style(_value(properties, "pStyle") or ""), properties)

    def is_bold(self, run: etree._Element) -> bool:
        """Whether a run is set in bold by itself or by its character style."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        own = properties.find(f"{W}b")
        if own is None:
            style = self._elements.get(_value(properties, "rStyle") or "")
            own = None if style is None else style.find(f"{W}rPr/{W}b")
        return own is not None and (own.get(f"{W}val") or "1") not in _OFF

    def _style(self, name: str, depth: int = 0) -> ParagraphStyle:
        if name in self._known:
            return self._known[name]
        element = self._elements.get(name)
        if element is None or depth > _DEEPEST:
            return ParagraphStyle(name=name)
        style = replace(self._style(_value(element, "basedOn") or "", depth + 1), name=name)
        shown = (_value(element, "name") or "").lower().replace(" ", "")
        if shown in {"title", "标题", "文件标题"}:
            style = replace(style, outline=TITLE_OUTLINE)
        elif shown.startswith(("heading", "标题")) and shown[-1:] in set("123456789"):
            style = replace(style, outline=int(shown[-1]))
        properties = element.find(f"{W}pPr")
        style = style if properties is None else _with(style, properties)
        self._known[name] = style
        return style


def _with(style: ParagraphStyle, properties: etree._Element) -> ParagraphStyle:
    """Return the style with what these paragraph properties add to it."""
    outline = _value(properties, "outlineLvl")
    if outline is not None and outline.isdecimal() and style.outline != TITLE_OUTLINE:
        # 9 stands for text (17.3.1.20).
        style = replace(style, outline=int(outline) + 1 if int(outline) < 9 else None)
    alignment = _value(properties, "jc")
    if alignment:
        style = replace(style, is_centred=alignment == "center")
    numbered = properties.find(f"{W}numPr")
    if numbered is not None:
        number, level = _value(numbered, "numId"), _value(numbered, "ilvl")
        if number is not None:
            # 0 takes a paragraph out of the list of its style (17.9.18).
            style = replace(style, number="" if number == "0" else number)
        if level is not None and level.isdecimal():
            style = replace(style, number_level=int(level))
    return style


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")
