"""Clearance: what a department decides on its documents, published as one notice."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core.models import AddressedPage, BasePage
from policies.enums import Outcome, Validity
from policies.models.policy import PolicyPage


class ClearancePage(AddressedPage):
    """The published result of a clearance (清理). All its decisions hold from the moment it is public, or none does."""

    address_kind = "policies"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []

    holds_from = models.DateField(_("decisions hold from"))
    basis = models.CharField(
        _("basis"),
        max_length=200,
        blank=True,
        help_text=_("The rule or decision that asks for the clearance."),
    )
    body = RichTextField(_("more to say"), blank=True, features=["bold", "ol", "ul", "link", "document-link"])

    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("holds_from"), FieldPanel("basis")])], heading=_("Clearance")
        ),
        InlinePanel("decisions", heading=_("Decisions"), label=_("Document")),
        FieldPanel("body"),
        InlinePanel("change_notes", heading=_("Change notes"), label=_("Change note")),
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("basis"),
        TranslatableField("body"),
        SynchronizedField("holds_from"),
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["decisions"]

    class Meta:
        verbose_name = _("clearance of documents")
        verbose_name_plural = _("clearances of documents")


class ClearanceDecision(Orderable):
    """What is decided on one document."""

    page = ParentalKey(ClearancePage, on_delete=models.CASCADE, related_name="decisions")
    policy = models.ForeignKey(
        PolicyPage, on_delete=models.PROTECT, related_name="clearance_decisions", verbose_name=_("document")
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    note = models.CharField(_("note"), max_length=160, blank=True)

    panels: ClassVar = [FieldRowPanel([FieldPanel("policy"), FieldPanel("outcome"), FieldPanel("note")])]


class PolicyEntry(models.Model):
    """One flat row per public document in the source language: what lists sort, filter and count by.

    Written by ``policies.entries`` whenever a document, a relation, a clearance or the day changes what it says.
    """

    policy = models.OneToOneField(PolicyPage, on_delete=models.CASCADE, related_name="entry")
    translation_key = models.UUIDField(unique=True)
    validity = models.CharField(_("validity"), max_length=20, choices=Validity, db_index=True)
    rank = models.PositiveSmallIntegerField(db_index=True)  # position of the validity: what holds comes first
    since = models.DateField(null=True)
    because = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    successor = models.ForeignKey(PolicyPage, null=True, on_delete=models.SET_NULL, related_name="+")
    changes_on = models.DateField(null=True, db_index=True)  # the next day on which the validity may change
    year = models.PositiveSmallIntegerField(null=True, db_index=True)
    document_kind = models.CharField(max_length=16, db_index=True)
    department_code = models.CharField(max_length=40, db_index=True)
    region_lineage = models.CharField(max_length=400, db_index=True)

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.validity}"
