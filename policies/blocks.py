"""The blocks a policy document is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PolicyBodyBlock(blocks.StreamBlock):
    """The document's own text, as issued."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["bold", "ol", "ul", "link", "document-link"],
        template="blocks/paragraph.html",
    )


class InterpretationSectionBlock(blocks.StructBlock):
    """One of the eight sections offices explain a document in."""

    section = blocks.ChoiceBlock(
        label=_("Section"),
        choices=[
            ("background", _("background and grounds (背景依据)")),
            ("goals", _("goals (目标任务)")),
            ("progress", _("progress (工作进展)")),
            ("scope", _("scope and term (范围期限)")),
            ("content", _("main content (主要内容)")),
            ("notes", _("what to note (注意事项)")),
            ("terms", _("key terms (关键词诠释)")),
            ("contact", _("contact (联系人及联系电话)")),
        ],
    )
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "ol", "ul", "link", "document-link"])


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=["bold", "ol", "ul", "link", "document-link"])


class InterpretationBodyBlock(blocks.StreamBlock):
    """Sections, questions, pictures and free text."""

    section = InterpretationSectionBlock(label=_("Section"), icon="title")
    question = QuestionBlock(label=_("Question and answer"), icon="help")
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["bold", "ol", "ul", "link", "document-link"],
        template="blocks/paragraph.html",
    )
    image = ImageBlock(label=_("Picture"), template="blocks/image.html")
