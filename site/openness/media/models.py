"""Images and documents: Wagtail's, with what the rules of an accessible and truthful site ask for."""

import hashlib
import os
import secrets
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import InvalidStorageError, Storage, default_storage, storages
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import CollectionMember
from wagtail.search import index

from openness.media.detection import check_document, detect
from openness.media.enums import ExtractionState
from openness.media.secrecy import refuse_secret_file
from openness.media.tasks import extract_document_text

# A name on disk may have 255 bytes, and a Chinese character has three.
MAX_FILE_STEM = 60


class Image(AbstractImage):
    """A picture that says what it shows, or that it only decorates."""

    # Wagtail's own models, which this site does not use, hold the usual reverse names.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="images")
    # Alternative text has a field of its own.
    description = None
    alt_text = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It tells nothing that the text beside it does not tell.")
    )
    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("Who took or drew it; shown with the picture.")
    )
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Where it comes from, and by what right it is used."),
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "is_decorative",
        "credit",
        "source",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields: ClassVar = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.SearchField("alt_text"),
        index.SearchField("credit"),
        index.RelatedFields("tags", [index.SearchField("name", boost=10), index.AutocompleteField("name")]),
        index.FilterField("id"),
        index.FilterField("title"),
        index.FilterField("uploaded_by_user"),
        index.FilterField("created_at"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(alt_text="") | models.Q(is_decorative=True),
                name="media_image_says_what_it_shows",
            )
        ]

    def clean(self) -> None:
        super().clean()
        self.alt_text = self.alt_text.strip()
        if not self.alt_text and not self.is_decorative:
            raise ValidationError({"alt_text": _("Say what the picture shows, or mark it as decorative.")})

    @property
    def default_alt_text(self) -> str:
        """Return the alternative text where an editor gives no other; empty for a decorative picture."""
        return "" if self.is_decorative else self.alt_text


class Rendition(AbstractRendition):
    """An image in one size and format."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_rendition_unique"
            )
        ]


def document_storage() -> Storage:
    """Return where documents lie: in the storage ``documents``, which no web server hands out.

    Without such a storage in the settings they lie with the other uploads.
    """
    try:
        return storages["documents"]
    except InvalidStorageError:
        return default_storage


def document_path(instance: "Document", filename: str) -> str:
    """Return the path of an uploaded file: its own name, Chinese too, cut to what a disk takes.

    Each upload has a folder to itself, so that every department's ``公告.pdf`` keeps this name.
    """
    stem, extension = os.path.splitext(filename)
    return f"documents/{secrets.token_hex(4)}/{stem[:MAX_FILE_STEM]}{extension.lower()[:10]}"


class DocumentManager(models.Manager.from_queryset(DocumentQuerySet)):  # type: ignore[misc]
    """Loads the text of a file only when somebody asks for it: lists would carry megabytes for each line."""

    def get_queryset(self) -> DocumentQuerySet:
        return super().get_queryset().defer("extracted_text")


class Document(AbstractDocument):
    """A file to download. Its content agrees with its name, and search knows the text inside."""

    # Wagtail's own models, which this site does not use, hold the usual reverse names.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="documents")
    file = models.FileField(_("file"), upload_to=document_path, storage=document_storage)
    sha256 = models.CharField(_("SHA-256 digest"), max_length=64, blank=True, editable=False, db_index=True)
    detected_type = models.CharField(_("detected type"), max_length=20, blank=True, editable=False)
    extracted_text = models.TextField(_("text of the file"), blank=True, editable=False)
    extraction_state = models.CharField(
        _("state of the text"),
        max_length=12,
        choices=ExtractionState.choices,
        default=ExtractionState.PENDING,
        editable=False,
    )

    objects = DocumentManager()

    admin_form_fields = ("title", "file", "collection", "tags")
    search_fields: ClassVar = [
        *AbstractDocument.search_fields,
        index.SearchField("extracted_text"),
        index.FilterField("detected_type"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Check a newly uploaded file; Wagtail looks at its extension only."""
        if not self._has_new_file:
            return
        super().clean()
        with self.open_file() as file:
            content = file.read()
            file.seek(0)
        try:
            detected = check_document(content, self.file_extension.lower())
            refuse_secret_file(content, detected, os.path.splitext(self.filename)[0], self.title)
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and read the text of a new file after the commit."""
        if self._has_new_file:
            self._set_document_file_metadata()
        super().save(*args, **kwargs)
        update_fields = kwargs.get("update_fields")
        if self.extraction_state == ExtractionState.PENDING and (
            update_fields is None or "extraction_state" in update_fields
        ):
            transaction.on_commit(partial(extract_document_text.enqueue, self.pk, self.sha256))

    @property
    def _has_new_file(self) -> bool:
        return bool(self.file) and not getattr(self.file, "_committed", True)

    def _set_document_file_metadata(self) -> None:
        """Record what the file is. Wagtail's views call this too, for a file that they have stored."""
        super()._set_document_file_metadata()
        with self.open_file() as file:
            content = file.read()
            file.seek(0)
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.detected_type = detect(content)[:20]
        self.extracted_text = ""
        self.extraction_state = ExtractionState.PENDING
