"""News of all departments, and the list over them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from news.blocks import NewsBodyBlock
from news.enums import Origin
from news.forms import NewsPageForm
from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, AddressIndexPage, BasePage
from openness.core.page_tags import ColumnType
from openness.departments.models import Topic


class NewsIndexPage(AddressIndexPage):
    """What is going on: the news and activities of all departments."""

    column_type = ColumnType.ACTIVITY
    listing_kind_label: ClassVar = _("Channel")
    address_kind = "news"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news list")

    def exits(self):
        from news.urls import NEWS_INDEX_EXITS

        return NEWS_INDEX_EXITS

    def serve(self, request, *args, **kwargs):
        """Answer the question in the address, or say what is wrong with it (400)."""
        from news.views import news_list

        return super().serve(request, *args, **kwargs) if kwargs else news_list(request, self)


class NewsPage(AddressedPage):
    """A news item of a department, with the venues it is about."""

    column_type = ColumnType.ACTIVITY
    listing_kind_label: ClassVar = _("News")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("body", "author")
    is_news: ClassVar = True
    feed_prefetch: ClassVar = ("topics__topic",)
    address_kind = "news"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = NewsPageForm

    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.ORIGINAL)
    author = models.CharField(_("author"), max_length=60, blank=True)
    editor = models.CharField(
        _("responsible editor"), max_length=60, blank=True, help_text=_("责任编辑, as printed.")
    )
    reviewers = models.CharField(_("reviewers"), max_length=120, blank=True, help_text=_("审核, as printed."))
    body = StreamField(NewsBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = [
        FieldPanel("title", heading=_("Title")),
        FieldPanel("summary", heading=_("Lead")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("origin"), FieldPanel("author")]),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
                FieldRowPanel([FieldPanel("editor"), FieldPanel("reviewers")]),
                FieldPanel("first_public_at"),
            ],
            heading=_("Who wrote it"),
        ),
        FieldPanel("body"),
        InlinePanel("topics", heading=_("Topics"), label=_("Topic")),
        InlinePanel("venues", heading=_("Venues it is about"), label=_("Venue")),
        InlinePanel("policies", heading=_("Documents it is about"), label=_("Document")),
        InlinePanel("activities", heading=_("Activities it is about"), label=_("Activity")),
        InlinePanel("change_notes", heading=_("Change notes"), label=_("Change note")),
    ]
    promote_panels: ClassVar = [FieldPanel("checked_on"), BasePage.promote_panels[-1]]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("author"),
        TranslatableField("editor"),
        TranslatableField("reviewers"),
        TranslatableField("body"),
        SynchronizedField("origin"),
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["topics", "venues", "policies", "activities"]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    @property
    def share_image(self):
        return next((block.value for block in self.body if block.block_type == "image"), None)

    def json_ld(self, request):
        from news.schema_org import news_data

        return news_data(self, request)

    def get_context(self, request, *args, **kwargs):
        from news.presentation import news_context

        return {**super().get_context(request, *args, **kwargs), **news_context(self, request)}

    def feed_categories(self):
        """Return the names of the topics; those of a translation stand on its source page."""
        return [row.topic.name for row in self.topics.all()]


class NewsTopic(Orderable):
    """A topic of a news item."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))

    panels: ClassVar = [FieldPanel("topic")]


class NewsVenue(Orderable):
    """A venue that a news item is about; the venue's page links back."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="venues")
    venue = models.ForeignKey(
        "venues.VenuePage", on_delete=models.CASCADE, related_name="+", verbose_name=_("venue")
    )

    panels: ClassVar = [FieldPanel("venue")]


class NewsPolicy(Orderable):
    """A document that a news item is about; the document's page links back."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="policies")
    policy = models.ForeignKey(
        "policies.PolicyPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("document")
    )

    panels: ClassVar = [FieldPanel("policy")]


class NewsActivity(Orderable):
    """An activity that a news item is about; the activity's page links back."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="activities")
    activity = models.ForeignKey(
        "news.ActivityPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("activity")
    )

    panels: ClassVar = [FieldPanel("activity")]
