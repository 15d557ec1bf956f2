"""What the import remembers: files that wait to be confirmed, and which lines of many have become documents."""

from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from openness.core import clock
from openness.media.models import document_storage
from policies.models.policy import PolicyPage


def waiting_path(instance: "WaitingImport", filename: str) -> str:
    """Return where a file waits: under its digest, since its name is shown but means nothing."""
    return f"imports/{instance.sha256[:32]}.{instance.extension}"


class WaitingImport(models.Model):
    """A Word or PDF file that was read, and waits until a person has seen what was found in it.

    Only who gave it sees it. It goes when it is confirmed or discarded, else after a few days.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to=waiting_path, storage=document_storage)
    file_name = models.CharField(_("file"), max_length=255)
    extension = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    # As found: facts (strings by field), body (a stream as stored), taken (lines), cautions (text, block).
    facts = models.JSONField(default=dict)
    body = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    cautions = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("file that waits to be imported")

    def __str__(self) -> str:
        return self.file_name

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete the file too, once the row is gone for good."""
        transaction.on_commit(partial(self.file.storage.delete, str(self.file.name)))
        return super().delete(*args, **kwargs)


class ImportedLine(models.Model):
    """Which document a line of an import became, so that it does not become another one.

    ``key`` is made of the number and its issuer, else of title and day (``policies.importing.identity``): an editor
    may correct all of these on the page later.
    """

    key = models.CharField(max_length=64, unique=True)
    page = models.ForeignKey(PolicyPage, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.key[:12]}: {self.page_id}"
