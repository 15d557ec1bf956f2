"""The blocks a policy document is made of."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import expand_db_html

from policies.anchors import placed
from policies.numbering import Level, number_label, ordinal_of
from policies.table_blocks import TableBlock

_PARAGRAPH = re.compile(r"<p\b[^>]*>")
RICH_TEXT = ["bold", "link", "document-link"]
# How deep a heading without a number stands; one that has a number says so itself.
HEADING_LEVELS = [
    (Level.PART.name.lower(), _("part (编)")),
    (Level.CHAPTER.name.lower(), _("chapter (章)")),
    (Level.SECTION.name.lower(), _("section (节)")),
    (Level.FIRST.name.lower(), _("first level (一、)")),
    (Level.SECOND.name.lower(), _("second level (（一）)")),
    (Level.THIRD.name.lower(), _("third level (1.)")),
    (Level.FOURTH.name.lower(), _("fourth level (（1）)")),
]


class NumberBlock(blocks.CharBlock):
    """A number as printed. It is a fact: translations take it over, and print it as their language does."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Give translators nothing."""
        return []


class SectionValue(blocks.StructValue):
    """A heading."""

    @property
    def level(self) -> Level:
        """The level: of the number where there is one."""
        ordinal = ordinal_of(self["number"])
        return ordinal.level if ordinal else Level[self["level"].upper()]

    @property
    def level_name(self) -> str:
        """The level as styles call it."""
        return self.level.name.lower()

    @property
    def number_label(self) -> str:
        """The number as the active language prints it."""
        return number_label(self["number"])


class SectionBlock(blocks.StructBlock):
    """A heading: its number, and its title."""

    number = NumberBlock(
        label=_("Number"),
        required=False,
        max_length=20,
        help_text=_("As printed: 第一章, 一、, （二）. Empty where the heading has none."),
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=HEADING_LEVELS,
        default=Level.FIRST.name.lower(),
        search_index=False,
        help_text=_("Counts for a heading without a number only."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{number} {title}"
        value_class = SectionValue
        template = "blocks/section.html"

    def clean(self, value: Any) -> Any:
        """Refuse a heading that says nothing."""
        cleaned = super().clean(value)
        if not cleaned["number"] and not cleaned["title"]:
            raise blocks.StructBlockValidationError({"title": ValidationError(_("Write the heading."))})
        return cleaned


class ClauseValue(blocks.StructValue):
    """A numbered provision."""

    @property
    def level(self) -> Level:
        """The level of the number; a number of another kind counts as the first below an article."""
        ordinal = ordinal_of(self["number"])
        return ordinal.level if ordinal else Level.FIRST

    @property
    def level_name(self) -> str:
        """The level as styles call it."""
        return self.level.name.lower()

    @property
    def html(self) -> str:
        """The text, its first paragraph opened by the number."""
        text = expand_db_html(self["text"].source)
        number = format_html('<span class="doc-number">{}</span>', number_label(self["number"]))
        opening = _PARAGRAPH.match(text)
        if opening is None:
            return f"<p>{number}</p>{text}"
        return f"{opening[0]}{number}{text[opening.end() :]}"


class ClauseBlock(blocks.StructBlock):
    """A provision with its number and its text, which runs on in the same line: 第二十一条 …, （一） …"""

    number = NumberBlock(label=_("Number"), max_length=20, help_text=_("As printed: 第二十一条, （一）, 1."))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT)

    class Meta:
        icon = "list-ol"
        label = _("Numbered provision")
        label_format = "{number} {text}"
        value_class = ClauseValue
        template = "blocks/clause.html"


class PolicyBodyBlock(blocks.StreamBlock):
    """A document's own text, as issued."""

    section = SectionBlock()
    clause = ClauseBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["bold", "ol", "ul", "link", "document-link"],
        template="blocks/paragraph.html",
    )
    table = TableBlock()
    image = ImageBlock(label=_("Picture"), icon="image", template="blocks/image.html")

    class Meta:
        template = "blocks/policy_body.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add ``places``: the blocks with their anchors and ranks."""
        return {**super().get_context(value, parent_context), "places": placed(value)}
