"""The flat row that every engine indexes."""

from typing import ClassVar

from django.db import models
from wagtail.search import index

from search.enums import SearchKind

# Elasticsearch looks into these together, in one column, and never into one alone: that halves its index.
TOGETHER = {"es_extra": {"index": False}}


class SearchEntry(index.Indexed, models.Model):
    """One flat row per public page that is searched: what engines index, and what results filter and count by.

    Written by ``search.entries`` in the transaction of the change; engines receive it after the commit. Nothing
    that the public may not see has a row. Codes compare; empty means that the page has no such fact.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    kind = models.CharField(max_length=16, choices=SearchKind)
    language = models.CharField(max_length=12)
    # The other languages of the site that have no public translation of this page, in the order of the settings
    # and with spaces between them: those show it in the language it has.
    untranslated = models.CharField(max_length=60, blank=True)

    title = models.CharField(max_length=255)
    # Other names by which people know it: short names, the department, region and type in words, the address.
    names = models.TextField(blank=True)
    number = models.CharField(max_length=160, blank=True)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # [{"document": id, "title": …, "text": …}], those with text only.
    attachments = models.JSONField(default=list, blank=True)

    department_code = models.CharField(max_length=40, blank=True)
    region_lineage = models.CharField(max_length=400, blank=True)
    topic_code = models.CharField(max_length=40, blank=True)
    admission = models.CharField(max_length=12, blank=True)
    validity = models.CharField(max_length=20, blank=True)
    # The date by which people know it (written, published, held), and its year.
    dated = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    # An aware instant; from then on it is public no longer.
    expires_at = models.DateTimeField(null=True)
    # Of all that engines hold of this row: equal digests, equal index.
    digest = models.CharField(max_length=64)
    # The digest with which the database's own index was last written; empty before the first time.
    indexed = models.CharField(max_length=64, blank=True)

    search_fields: ClassVar = [
        index.SearchField("title", boost=2),
        index.SearchField("names", **TOGETHER),
        index.SearchField("number", **TOGETHER),
        index.SearchField("summary", **TOGETHER),
        index.SearchField("text", **TOGETHER),
        index.SearchField("attachment_text", **TOGETHER),
        index.AutocompleteField("title"),
        index.AutocompleteField("names"),
        index.FilterField("page_id", type="IntegerField"),
        index.FilterField("kind"),
        index.FilterField("language"),
        index.FilterField("untranslated"),
        index.FilterField("department_code"),
        index.FilterField("region_lineage"),
        index.FilterField("topic_code"),
        index.FilterField("admission"),
        index.FilterField("validity"),
        index.FilterField("dated"),
        index.FilterField("year"),
        index.FilterField("expires_at"),
        index.FilterField("digest"),
    ]
    # Its index is written through the outbox (search.delivery), never by a signal.
    search_auto_update = False
    # An editor asks where a page is used; that search knows it is no use of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = "search entries"
        indexes: ClassVar = [models.Index(fields=["language", "kind"], name="search_entry_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"

    def attachment_text(self) -> str:
        """Return the titles and texts of the attachments, for the index."""
        return "\n".join(f"{each['title']}\n{each['text']}" for each in self.attachments)


class EntryFile(models.Model):
    """A file whose text belongs to a row, whether or not it has any yet."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey("media.Document", on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "document"], name="search_file_once_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.document_id}"
