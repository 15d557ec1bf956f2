"""The blocks a policy document is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PolicyBodyBlock(blocks.StreamBlock):
    """The document's own text, as issued."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["bold", "ol", "ul", "link", "document-link"],
        template="blocks/paragraph.html",
    )
