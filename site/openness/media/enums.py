from django.db import models
from django.utils.translation import gettext_lazy as _


class ExtractionState(models.TextChoices):
    """How far the text of a document has come out of its file."""

    PENDING = "pending", _("waiting")
    DONE = "done", _("text found")
    EMPTY = "empty", _("no text, perhaps a scan")
    FAILED = "failed", _("could not be read")
    UNSUPPORTED = "unsupported", _("not read for this kind of file")
