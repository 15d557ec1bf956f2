"""What the law on government information asks for beside documents: annual reports and the guide to requests."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core import clock
from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, BasePage
from openness.core.page_tags import ColumnType
from openness.media.models import Document
from policies.blocks import PolicyBodyBlock


class AnnualReportPage(AddressedPage):
    """年报: a department's report on its year of disclosure (《政府信息公开条例》 Art. 49–50)."""

    column_type = ColumnType.ANNUAL_REPORT
    listing_kind_label: ClassVar = _("Annual report on disclosure")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("body",)
    address_kind = "policies"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []

    year = models.PositiveSmallIntegerField(_("year reported on"), db_index=True)
    body = StreamField(PolicyBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("year")]),
        FieldPanel("body"),
        InlinePanel("attachments", heading=_("Files"), label=_("File")),
        InlinePanel("change_notes", heading=_("Change notes"), label=_("Change note")),
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("body"),
        SynchronizedField("year"),
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["attachments"]

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")

    def clean(self):
        """Refuse a year that is not over, and a second report of a department on the same year."""
        super().clean()
        if not self.year:
            return
        if self.year >= clock.today().year:
            raise ValidationError({"year": _("This year is not over. A report is on a year that is.")})
        parent = self.get_parent() if self.path else getattr(self, "_cached_parent_obj", None)
        if parent is None:
            return
        others = AnnualReportPage.objects.child_of(parent).filter(year=self.year, locale_id=self.locale_id)
        if others.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"year": _("The department has a report on this year already. Edit that one.")}
            )

    def get_context(self, request, *args, **kwargs):
        from policies.presentation.reports import report_context

        return {**super().get_context(request, *args, **kwargs), **report_context(self, request)}


class ReportAttachment(Orderable):
    """A file of an annual report."""

    page = ParentalKey(AnnualReportPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))

    panels: ClassVar = [FieldPanel("document")]


class DisclosureGuidePage(BasePage):
    """依申请公开: how to ask for what is not published. It leads to the official channel and asks nothing."""

    column_type = ColumnType.DISCLOSURE_ON_REQUEST
    listing_kind_label: ClassVar = _("Guide to information on request")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("body", "office_address", "office_hours")
    parent_page_types: ClassVar = ["policies.PolicyIndexPage"]
    subpage_types: ClassVar = []
    max_count_per_parent = 1

    channel_url = models.URLField(_("official channel for requests"), blank=True)
    office = models.CharField(_("office that accepts requests"), max_length=120, blank=True)
    office_address = models.CharField(_("address"), max_length=160, blank=True)
    office_phone = models.CharField(_("phone"), max_length=60, blank=True)
    office_hours = models.CharField(_("office hours"), max_length=120, blank=True)
    body = StreamField(PolicyBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("channel_url"),
        FieldRowPanel([FieldPanel("office"), FieldPanel("office_phone")]),
        FieldRowPanel([FieldPanel("office_address"), FieldPanel("office_hours")]),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("office"),
        TranslatableField("office_address"),
        TranslatableField("office_hours"),
        TranslatableField("body"),
        SynchronizedField("channel_url"),
        SynchronizedField("office_phone"),
    ]

    class Meta:
        verbose_name = _("guide to information on request")
        verbose_name_plural = _("guides to information on request")

    def get_context(self, request, *args, **kwargs):
        from policies.presentation.reports import guide_context

        return {**super().get_context(request, *args, **kwargs), **guide_context(self, request)}
