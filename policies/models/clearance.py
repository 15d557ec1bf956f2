"""Clearance: what a department decides on its documents, published as one notice."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, BasePage
from openness.core.page_tags import ColumnType
from policies.clearance_form import ClearancePageForm
from policies.clearance_panel import DecisionsPanel
from policies.enums import Outcome, Validity
from policies.models.policy import PolicyPage


class ClearancePage(AddressedPage):
    """The published result of a clearance (清理). All its decisions hold from the moment it is public, or none does."""

    column_type = ColumnType.POLICIES
    listing_kind_label: ClassVar = _("Clearance of documents")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("basis", "body")
    address_kind = "policies"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = ClearancePageForm

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
        DecisionsPanel(heading=_("Decisions")),
        FieldPanel("body"),
        InlinePanel("change_notes", heading=_("Change notes"), label=_("Change note")),
    ]
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

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """Return the page of a revision, without the documents that are gone: asked for at once, not one by one."""
        page = super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)
        if page is not None and check_fks:
            rows = list(page.decisions.all())
            there = PolicyPage.objects.filter(pk__in=[row.policy_id for row in rows])
            keys = set(there.values_list("pk", flat=True))
            if any(row.policy_id not in keys for row in rows):
                page.decisions = [row for row in rows if row.policy_id in keys]
        return page

    def save(self, *args, **kwargs):
        """Save, and let all decisions begin (or cease) to hold in the same transaction; none does where one cannot."""
        # All of these read models.
        from wagtail.signal_handlers import (
            disable_reference_index_auto_update,
            update_reference_index_on_save,
        )

        from policies import entries
        from policies.clearance import clearance_problems, refuse

        if kwargs.get("update_fields") is not None or not self.is_source:
            return super().save(*args, **kwargs)
        stored = (
            ClearanceDecision.objects.filter(page=self.pk) if self.pk else ClearanceDecision.objects.none()
        )
        with entries.kept_up(stored.values_list("policy_id", flat=True)) as concerned:
            if self.live:
                refuse(clearance_problems(self))
            # Every row that is saved would have all references of the page counted anew.
            with disable_reference_index_auto_update():
                result = super().save(*args, **kwargs)
            update_reference_index_on_save(self)
            concerned.update(row.policy_id for row in self.decisions.all())
        return result

    def publish(self, revision, user=None, **kwargs):
        """Publish, if the person may decide on every document. Refused otherwise."""
        from policies.clearance import foreign_problems, refuse

        if user is not None and self.is_source:
            refuse(foreign_problems(revision.as_object(), user))
        return super().publish(revision, user=user, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from policies.clearance_presentation import clearance_context

        return {**super().get_context(request, *args, **kwargs), **clearance_context(self, request)}


class ClearanceDecision(Orderable):
    """What is decided on one document."""

    page = ParentalKey(ClearancePage, on_delete=models.CASCADE, related_name="decisions")
    policy = models.ForeignKey(
        # A revision of a draft may still name a page that is gone: such a row is dropped, and the draft opens.
        PolicyPage,
        on_delete=models.CASCADE,
        related_name="clearance_decisions",
        verbose_name=_("document"),
    )
    # Empty: not decided yet, in drafts only.
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    note = models.CharField(_("note"), max_length=160, blank=True)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """Leave the question whether the document is there to the page, which asks once for all."""
        return model_from_serializable_data(cls, data, check_fks=False, strict_fks=False)


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
