"""What every page of the site has, whatever it tells."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core import backdating, clock
from openness.core.forms import BasePageForm
from openness.core.listing import ListingRow, SearchDecision, listing_date_label
from openness.core.page_tags import ColumnType
from openness.core.signals import page_saved
from openness.core.slugs import pinyin_slug

if TYPE_CHECKING:
    from openness.core.models.change_notes import ChangeNote


class BasePage(Page):
    """A page with its source, its summary and the day on which someone last checked it.

    Government information names where it comes from and when it was published, with minutes
    (《政府网站发展指引》, page tags ``ContentSource`` and ``PubDate``).
    """

    base_form_class = BasePageForm

    # What each page type decides for itself (openness.core.checks): the vocabulary's word for what it tells,
    # its name in lists, and whether the public search looks into it.
    column_type: ClassVar[ColumnType]
    listing_kind_label: ClassVar[Any]
    search_decision: ClassVar[SearchDecision]
    # The fields whose words the public search reads, beside title and summary; in the order of the page.
    searched_fields: ClassVar[tuple[str, ...]] = ()
    # A column gathers other pages: they repeat its name, and no article tags stand on it.
    is_column: ClassVar[bool] = False
    # Whether search engines list it among the news of the last two days.
    is_news: ClassVar[bool] = False
    # What to fetch at once for the entries of many pages in a feed.
    feed_prefetch: ClassVar[tuple[str, ...]] = ()
    # What to fetch at once for the pictures of many pages.
    share_image_prefetch: ClassVar[tuple[str, ...]] = ()

    source = models.CharField(
        _("source"),
        max_length=120,
        blank=True,
        help_text=_("Who says so: the office or paper that published it first."),
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for lists and search results."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which someone last made sure that this is true."),
    )
    first_public_at = models.DateTimeField(
        _("first public at"),
        null=True,
        blank=True,
        help_text=_(
            "Filled in when the page is first published. Enter it for what was public elsewhere before."
        ),
    )

    content_panels: ClassVar = [
        FieldPanel("title", heading=_("Title")),
        FieldPanel("summary"),
    ]
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("source_url"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("first_public_at")]),
            ],
            heading=_("Where it comes from"),
        ),
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Address and search engines"),
        ),
    ]
    # For the administration. Long texts stay out: they are found by what ``searched_fields`` names.
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary"), index.SearchField("source")]

    # Words are translated; facts are edited once and copied (openness.core.checks demands a role for each field).
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("source"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        SynchronizedField("slug"),
        SynchronizedField("source_url"),
        SynchronizedField("checked_on"),
        SynchronizedField("first_public_at"),
        TranslatableField("change_notes"),
    ]
    # Row relations and columns that live on the source-language page only.
    exclude_fields_in_copy: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @property
    def is_source(self) -> bool:
        """Whether this page is in the site's source language, where facts are edited."""
        return self.locale.is_default

    @property
    def source_page(self) -> "BasePage":
        """The page in the source language; itself when it is that page or has none."""
        if self.is_source:
            return self
        return (
            type(self)
            ._default_manager.filter(translation_key=self.translation_key, locale__language_code="zh-hans")
            .first()
            or self
        )

    @property
    def listing_date(self) -> date | datetime | None:
        """The day by which lists show this page: that of its publication."""
        return self.first_public_at

    def listing_row(self, request: HttpRequest | None = None) -> ListingRow:
        """Return this page as a row of a list of pages of any kind."""
        return ListingRow(
            title=self.title,
            url=self.get_url(request) or "",
            date_label=listing_date_label(self.listing_date),
            kind_label=str(self.listing_kind_label),
            summary=self.summary,
        )

    def column_page(self, request: HttpRequest | None = None) -> "BasePage":
        """Return the column this page stands in: itself, or the nearest one above it. One query at most."""
        if self.is_column:
            return self
        above = self.get_parent()
        column = above.specific if above else None
        return column if isinstance(column, BasePage) and column.is_column else self

    @property
    def column_name(self) -> str:
        """What the column is called; of use on columns only."""
        return self.title

    @property
    def told_change_notes(self) -> list["ChangeNote"]:
        """What was corrected on this page up to now, the latest first."""
        notes = [note for note in self.change_notes.all() if note.noted_at <= clock.now()]
        return sorted(notes, key=lambda note: note.noted_at, reverse=True)

    @property
    def last_changed_at(self) -> datetime | None:
        """The latest change that readers were told of: the publication, or a change note; None before both."""
        instants = [note.noted_at for note in self.told_change_notes[:1]]
        return max([*instants, *filter(None, [self.first_public_at])], default=None)

    @property
    def share_image(self) -> Any:
        """The picture (media.Image) that stands for this page where it is shared; None without one."""
        return None

    def json_ld(self, request: HttpRequest) -> dict[str, Any] | None:
        """Return what this page is in the words of schema.org, for search engines; None says nothing."""
        return None

    def get_context(self, request, *args, **kwargs):
        """Add the page's data for search engines; whatever a page's own context says under that name holds."""
        return {**super().get_context(request, *args, **kwargs), "json_ld": self.json_ld(request)}

    @property
    def feed_author(self) -> str:
        """Who is named as the author of this page in feeds; empty for the site's organiser."""
        return self.source

    @property
    def feed_changed_at(self) -> datetime | None:
        """When this page last changed for readers of a feed, its change notes apart; None for its publication."""
        return None

    def feed_categories(self) -> list[str]:
        """Return the names by which readers of a feed sort this page, read from what ``feed_prefetch`` names."""
        return []

    def _set_core_field_defaults(self) -> None:
        # A title in Chinese gives no slug in the browser: the server makes one, once the siblings are known.
        if not self.slug and (  # type: ignore[has-type]
            self.path or getattr(self, "_cached_parent_obj", None)
        ):
            self.slug = self._get_autogenerated_slug(pinyin_slug(self.title))
        super()._set_core_field_defaults()

    def clean(self) -> None:
        """Refuse a publication that lies ahead: a page that is to appear later has a go-live time."""
        super().clean()
        if self.first_public_at and self.first_public_at > clock.now():
            raise ValidationError(
                {"first_public_at": _("This instant lies ahead. To publish later, schedule the page.")}
            )

    def save(self, *args, **kwargs):
        """Save, stamping the first public instant when the page is live for the first time.

        A publication that is dated back leaves an entry in the page's log, in the same transaction.
        """
        if self.live and not self.first_public_at:
            self.first_public_at = clock.now()
            if update_fields := kwargs.get("update_fields"):
                kwargs["update_fields"] = {*update_fields, "first_public_at"}
        with transaction.atomic():
            change = backdating.change_of(self, kwargs.get("update_fields"))
            result = super().save(*args, **kwargs)
            if change:
                backdating.record(self, change)
            # A draft writes single columns; what readers see changes only with the whole page.
            if kwargs.get("update_fields") is None:
                page_saved.send(type(self), page=self)
        return result

    @transaction.atomic
    def publish(self, *args, **kwargs):
        """Publish (or schedule) a revision: all of it or nothing, where Wagtail takes several steps."""
        return super().publish(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args, **kwargs):
        """Unpublish, with all that follows, or not at all."""
        return super().unpublish(*args, **kwargs)

    @transaction.atomic
    def move(self, *args, **kwargs):
        """Move, with all that follows, or not at all."""
        return super().move(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Delete, with all that follows, or not at all."""
        return super().delete(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]):
        """Route as Wagtail does, but never to a page below a hidden one or one that has expired."""
        if not path_components and (self.has_expired_by_clock or self.is_below_a_hidden_page()):
            raise Http404
        return super().route(request, path_components)

    @property
    def has_expired_by_clock(self) -> bool:
        """Whether the page's last public instant is over, even if the worker has not yet unpublished it."""
        return self.expire_at is not None and self.expire_at <= clock.now()

    def is_below_a_hidden_page(self) -> bool:
        """Whether an ancestor (below the tree's root) is not live or has expired. One query."""
        is_hidden = Q(live=False) | Q(expire_at__lte=clock.now())
        return self.get_ancestors().filter(is_hidden, depth__gt=1).exists()
