"""The office's words: what means the same, and what stands above all results."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Words that mean the same to readers: whoever asks for one finds all."""

    words = models.CharField(
        _("words"), max_length=300, help_text=_("With spaces between them, such as: 群艺馆 文化馆.")
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering: ClassVar = ["words"]

    def __str__(self) -> str:
        return self.words


class PromotedResult(models.Model):
    """A page that stands above the results for certain questions, marked as recommended."""

    questions = models.CharField(
        _("questions"), max_length=300, help_text=_("What readers ask, with commas between the questions.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    note = models.CharField(
        _("note"), max_length=120, blank=True, help_text=_("One sentence under the title; may stay empty.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.questions
