"""Change notes: what was corrected on a published page, said on the page and in its feeds."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core import clock


class ChangeNote(TranslatableMixin, Orderable):
    """What was corrected, and when. Pages whose type offers it show the notes, the newest first."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="change_notes")
    noted_at = models.DateTimeField(_("when"), default=clock.now)
    text = models.CharField(
        _("what was corrected"),
        max_length=300,
        help_text=_("For readers: what the page said before, and what it says now."),
    )

    panels: ClassVar = [FieldRowPanel([FieldPanel("noted_at"), FieldPanel("text")])]
    translatable_fields: ClassVar = [TranslatableField("text"), SynchronizedField("noted_at")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        app_label = "core"
        verbose_name = _("change note")

    def __str__(self) -> str:
        return self.text
