"""News of all departments, and the list over them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from news import selectors
from news.blocks import NewsBodyBlock
from openness.core.models import AddressedPage, AddressIndexPage, BasePage


class NewsIndexPage(AddressIndexPage):
    """What is going on: the news of all departments, newest first."""

    address_kind = "news"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news list")

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "news": selectors.public_news(locale=self.locale),
        }


class NewsPage(AddressedPage):
    """A news item of a department, with the venues it is about."""

    address_kind = "news"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []

    body = StreamField(NewsBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel("venues", heading=_("Venues it is about"), label=_("Venue")),
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]
    translatable_fields: ClassVar = [*BasePage.translatable_fields, TranslatableField("body")]
    exclude_fields_in_copy: ClassVar[list[str]] = ["venues"]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "venues": selectors.venues_of(self, locale=self.locale),
        }


class NewsVenue(Orderable):
    """A venue that a news item is about; the venue's page links back."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="venues")
    venue = models.ForeignKey(
        "venues.VenuePage", on_delete=models.CASCADE, related_name="+", verbose_name=_("venue")
    )

    panels: ClassVar = [FieldPanel("venue")]
