"""What was asked, as numbers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedQuestion(models.Model):
    """How often the same words were asked on a day. No address, no session, no instant: nobody can be recognised."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=12)
    # Folded, with long runs of digits masked.
    words = models.CharField(_("words"), max_length=100)
    times = models.PositiveIntegerField(_("times"), default=0)
    # What the last of them found.
    found = models.PositiveIntegerField(_("results"), default=0)

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "language", "words"], name="search_asked_once_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["found", "day"], name="search_asked_found")]

    def __str__(self) -> str:
        return f"{self.day} {self.words}: {self.times}"
