"""The blocks an interpretation is made of, and what of them readers get to see."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from policies.enums import InterpretationSection

RICH_TEXT = ["bold", "ol", "ul", "link", "document-link"]


class SectionValue(blocks.StructValue):
    """One section."""

    @property
    def label(self) -> str:
        """The name of the section, in the active language."""
        section = self["section"]
        return str(InterpretationSection(section).label) if section in InterpretationSection.values else ""


class InterpretationSectionBlock(blocks.StructBlock):
    """One of the eight sections offices explain a document in. One without text stays in the form only."""

    section = blocks.ChoiceBlock(label=_("Section"), choices=InterpretationSection.choices)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=RICH_TEXT)

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{section}"
        value_class = SectionValue
        template = "blocks/interpretation_section.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        label_format = "{question}"
        template = "blocks/question.html"


class InterpretationBodyBlock(blocks.StreamBlock):
    """Sections, questions, pictures and free text."""

    section = InterpretationSectionBlock()
    question = QuestionBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=RICH_TEXT, template="blocks/paragraph.html"
    )
    image = ImageBlock(label=_("Picture"), icon="image", template="blocks/image.html")


def eight_sections() -> list[tuple[str, Any]]:
    """Return the body a new interpretation begins with: the eight sections in their order, still empty."""
    return [("section", {"section": section, "text": ""}) for section in InterpretationSection.values]


def has_text(html: Any) -> bool:
    """Whether rich text says anything: an empty paragraph does not."""
    return bool(strip_tags(str(getattr(html, "source", html) or "")).replace("\xa0", " ").strip())


def is_said(block: Any) -> bool:
    """Whether readers get to see a block of the body: a section without text is for its editors only."""
    if block.block_type == "section":
        return has_text(block.value["text"])
    if block.block_type == "question":
        return bool(block.value["question"].strip()) and has_text(block.value["answer"])
    if block.block_type == "paragraph":
        return has_text(block.value)
    return bool(block.value)


def said(body: Any) -> list[Any]:
    """Return the blocks of a body that readers get to see, in its order."""
    return [block for block in body if is_said(block)]
