"""Interpretations: a document explained, in the form and the eight sections that offices use."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, BasePage
from openness.core.page_tags import ColumnType
from policies.enums import InterpretationForm
from policies.interpretation_blocks import InterpretationBodyBlock
from policies.interpretation_form import InterpretationPageForm


class InterpretationPage(AddressedPage):
    """解读: what a document means for the people it concerns. Document and interpretation link to each other."""

    column_type = ColumnType.INTERPRETATION
    listing_kind_label: ClassVar = _("Interpretation")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("body", "contact")
    address_kind = "policies"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = InterpretationPageForm

    policy = models.ForeignKey(
        "policies.PolicyPage",
        on_delete=models.PROTECT,
        related_name="interpretations",
        verbose_name=_("document"),
    )
    form = models.CharField(
        _("form"), max_length=12, choices=InterpretationForm, default=InterpretationForm.TEXT
    )
    video_url = models.URLField(
        _("address of the video"), blank=True, help_text=_("Readers leave this site to watch it.")
    )
    contact = models.CharField(
        _("whom to ask"), max_length=160, blank=True, help_text=_("Office and telephone number.")
    )
    body = StreamField(InterpretationBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("policy"),
                FieldRowPanel([FieldPanel("form"), FieldPanel("video_url")]),
                FieldPanel("contact"),
            ],
            heading=_("What it explains"),
        ),
        FieldPanel("body"),
        InlinePanel("change_notes", heading=_("Change notes"), label=_("Change note")),
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("contact"),
        TranslatableField("body"),
        SynchronizedField("policy"),
        SynchronizedField("form"),
        SynchronizedField("video_url"),
    ]

    class Meta:
        verbose_name = _("interpretation")
        verbose_name_plural = _("interpretations")

    def publish(self, revision, user=None, **how):
        """Publish when the document is public, or together with it."""
        from policies.publishing import publish_interpretation

        return publish_interpretation(self, revision, super().publish, user=user, **how)

    def get_context(self, request, *args, **kwargs):
        from policies.interpretations import interpretation_context

        return {**super().get_context(request, *args, **kwargs), **interpretation_context(self, request)}
