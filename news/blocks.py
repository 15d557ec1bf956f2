"""The blocks a news item or an activity is made of."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Quotation"))
    speaker = blocks.CharBlock(label=_("Who said it"), max_length=80, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class VideoBlock(blocks.StructBlock):
    """A film that another site shows, with its content in words for those who cannot see or hear it."""

    title = blocks.CharBlock(label=_("What it is called"), max_length=120)
    url = blocks.URLBlock(
        label=_("Where to watch"),
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("Readers leave this site: it loads nothing from others."),
    )
    text = blocks.TextBlock(
        label=_("What is seen and said"),
        help_text=_("For people who cannot see or hear it, and for those who have no time."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        template = "blocks/video.html"


class NewsBodyBlock(blocks.StreamBlock):
    """Headings, text with lists and links, pictures, quotations, films elsewhere and files."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["bold", "ol", "ul", "link", "document-link"],
        template="blocks/paragraph.html",
    )
    image = ImageBlock(label=_("Picture"), template="blocks/image.html")
    quote = QuoteBlock()
    video = VideoBlock()
    attachment = DocumentChooserBlock(label=_("File"), icon="doc-full", template="blocks/attachment.html")
