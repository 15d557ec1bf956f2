"""A spreadsheet of hours on its way in: each row as it stands in the file, what was understood, what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from openness.core import clock


class RowState(models.TextChoices):
    """Where a row stands between the file and the venue."""

    READY = "ready", _("ready")
    ATTENTION = "attention", _("look at it")
    BLOCKED = "blocked", _("cannot be taken")
    SAME = "same", _("no change")
    CHOSEN = "chosen", _("waiting")
    DONE = "done", _("taken")


# What may be ticked.
TAKEABLE = (RowState.READY, RowState.ATTENTION)


class HoursImport(models.Model):
    """A file that somebody gave. It stays, so that a time-out or a reload loses nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Below which page venues are added that are not there yet.
    parent = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now)
    unknown_columns = models.JSONField(default=list)
    # What was last asked for the rows that wait.
    is_publishing = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("import of hours")

    def __str__(self) -> str:
        return self.file_name


class HoursImportRow(models.Model):
    """One row. ``cells`` are its texts by the keys of ``spreadsheets.COLUMNS``.

    understood  ``Understanding.to_dict`` of the hours; ``problems`` are pairs of a code and its params
    venue       the venue that it is about, or the one that was added for it; None for one to be added
    message     why it was refused, or what became of it
    """

    hours_import = models.ForeignKey(HoursImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    understood = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.BLOCKED)
    venue = models.ForeignKey(
        "venues.VenuePage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    message = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("row of an import")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hours_import", "number"], name="venues_import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
