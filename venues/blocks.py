"""The blocks a venue's own text is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class VenueBodyBlock(blocks.StreamBlock):
    """What the venue tells of itself: headings, text and pictures. Facts stand in their own fields."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["bold", "ol", "ul", "link", "document-link"],
        template="blocks/paragraph.html",
    )
    image = ImageBlock(label=_("Picture"), template="blocks/image.html")
