"""Policy documents and the library over all of them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core.exits import PageWithExits
from openness.core.listing import SEARCHED
from openness.core.models import AddressedPage, AddressIndexPage, BasePage
from openness.core.page_tags import ColumnType
from openness.core.refusals import Refused
from openness.departments.models import AudienceGroup, DepartmentOrBody, Topic
from openness.media.models import Document
from policies.blocks import PolicyBodyBlock
from policies.enums import CatalogueCategory, Disclosure, DocumentKind, Relation
from policies.forms import PolicyPageForm
from policies.measure_keys import give_keys
from policies.numbers import normalise
from policies.panels import POLICY_PANELS


class PolicyIndexPage(AddressIndexPage):
    """The library: all public policy documents of all departments."""

    column_type = ColumnType.POLICIES
    listing_kind_label: ClassVar = _("Channel")
    address_kind = "policies"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["policies.DisclosureGuidePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("policy library")

    def exits(self):
        from policies.urls import POLICY_INDEX_EXITS

        return POLICY_INDEX_EXITS

    def serve(self, request, *args, **kwargs):
        """Answer the question in the address, or say what is wrong with it (400)."""
        from policies.views import library

        return super().serve(request, *args, **kwargs) if kwargs else library(request, self)


class PolicyPage(PageWithExits, AddressedPage):
    """A policy document with its issuers, number and dates."""

    column_type = ColumnType.POLICIES
    listing_kind_label: ClassVar = _("Policy document")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("body", "addressees", "interpreted_by", "remark")
    address_kind = "policies"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = PolicyPageForm

    # What it is
    number = models.CharField(
        _("document number"),
        max_length=80,
        blank=True,
        db_index=True,
        help_text=_("发文字号, as printed. Empty where none is known."),
    )
    document_kind = models.CharField(
        _("kind of document"), max_length=16, choices=DocumentKind, default=DocumentKind.NOTICE
    )
    is_normative = models.BooleanField(
        _("normative document"),
        default=False,
        help_text=_("行政规范性文件: it is cleared every one or two years."),
    )
    disclosure = models.CharField(
        _("disclosure"), max_length=16, choices=Disclosure, default=Disclosure.VOLUNTARY
    )

    # In the catalogue
    catalogue_category = models.CharField(
        _("category in the catalogue"),
        max_length=2,
        choices=CatalogueCategory,
        default=CatalogueCategory.LEGISLATION,
    )
    index_number = models.CharField(
        _("index number"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=_(
            "索引号. Left empty, it is made of the department's code, category, year and serial number."
        ),
    )

    # Its dates
    written_on = models.DateField(_("written on"), null=True, blank=True)
    effective_on = models.DateField(_("in effect from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    # Who reads and explains it
    interpreted_by = models.CharField(_("interpreted by"), max_length=120, blank=True)
    addressees = models.CharField(_("addressees"), max_length=300, blank=True)
    remark = models.CharField(
        _("remark"), max_length=120, blank=True, help_text=_("附注, such as: 此件主动公开.")
    )
    needs_interpretation = models.BooleanField(
        _("needs an interpretation"),
        default=False,
        help_text=_("It is published together with one, or with a reason why there is none."),
    )
    no_interpretation_reason = models.CharField(_("why there is none"), max_length=200, blank=True)

    body = StreamField(PolicyBodyBlock(), blank=True, verbose_name=_("text"))
    signed_original = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("signed original"),
        help_text=_("PDF or OFD. It holds where the text on this page differs from it."),
    )

    content_panels: ClassVar = POLICY_PANELS
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("number"),
        index.SearchField("index_number"),
        index.FilterField("document_kind"),
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("interpreted_by"),
        TranslatableField("addressees"),
        TranslatableField("remark"),
        TranslatableField("no_interpretation_reason"),
        TranslatableField("body"),
        TranslatableField("measures"),
        *(
            SynchronizedField(name)
            for name in [
                "number",
                "document_kind",
                "is_normative",
                "disclosure",
                "catalogue_category",
                "written_on",
                "effective_on",
                "valid_until",
                "needs_interpretation",
                "signed_original",
            ]
        ),
    ]
    # Facts in rows, and the index number: translations read them from the source page.
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "index_number",
        "issuers",
        "topics",
        "attachments",
        "relations",
        "benefits",
    ]

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["index_number"],
                condition=~Q(index_number=""),
                name="policies_index_number_unique",
                violation_error_message=_("Another document has this index number."),
            ),
        ]

    def exits(self):
        from policies.urls import POLICY_EXITS

        return POLICY_EXITS

    def json_ld(self, request):
        from policies.schema_org import policy_data

        return policy_data(self, request)

    def get_context(self, request, *args, **kwargs):
        from policies.presentation import policy_context

        return {**super().get_context(request, *args, **kwargs), **policy_context(self, request)}

    def clean(self):
        """Write the number as the standard prints it, and refuse to make hidden what is public."""
        super().clean()
        self.number = normalise(self.number)
        self.index_number = self.index_number.strip()
        give_keys(self)
        # A page that is only being made counts as live until it is saved as a draft.
        if self.disclosure != Disclosure.VOLUNTARY and self.live and self.pk:
            text = _("Only documents for the public can be on this site. Unpublish the page first.")
            raise ValidationError({"disclosure": text})

    def save(self, *args, **kwargs):
        """Save the document and, in the same transaction, what lists say of it and of those it acts on.

        Refuses to go live with what is not for the public, is marked as a secret, or contradicts itself or other
        documents, whichever path leads here. What goes live gets its index number.
        """
        from policies.entries import kept_up
        from policies.index_numbers import give_index_number
        from policies.relations import relation_problems

        if self.live:
            self._refuse_what_cannot_be_public()
        # A draft writes single columns; what readers see changes only with the whole page.
        if kwargs.get("update_fields") is not None:
            return super().save(*args, **kwargs)
        with kept_up([self.pk] if self.pk else []) as concerned:
            if self.live:
                if problems := relation_problems(self, self.relations.all()):
                    raise Refused(problems)
                give_index_number(self)
            result = super().save(*args, **kwargs)
            concerned.add(self.pk)
        return result

    def publish(self, revision, **how):
        """Publish with the interpretation that it needs, unless a file in it is marked as a secret."""
        from policies.publishing import publish_document
        from policies.secrecy import refuse_secret_files

        refuse_secret_files(revision.as_object())
        return publish_document(self, revision, super().publish, **how)

    def with_content_json(self, content):
        """Keep the index number that was given when an earlier revision went live."""
        page = super().with_content_json(content)
        page.index_number = page.index_number or self.index_number
        return page

    def _refuse_what_cannot_be_public(self):
        from policies.secrecy import refuse_secret_text

        if self.disclosure != Disclosure.VOLUNTARY:
            raise Refused({"disclosure": _("Only documents for the public can be published.")})
        if self.effective_on and self.valid_until and self.valid_until < self.effective_on:
            raise Refused({"valid_until": _("It ends before it takes effect.")})
        refuse_secret_text(self)

    @property
    def issuer_names(self) -> list[str]:
        """The names of the issuers, in the document's order."""
        return [issuer.display_name for issuer in self.source_page.issuers.select_related("department")]


class PolicyIssuer(DepartmentOrBody):
    """One issuer of a document."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="issuers")


class PolicyTopic(Orderable):
    """A topic of a document (主题分类)."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))

    panels: ClassVar = [FieldPanel("topic")]


class PolicyAttachment(Orderable):
    """An annex of a document as a file, in the document's order."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("As the document names it. Empty: as the file.")
    )

    panels: ClassVar = [FieldRowPanel([FieldPanel("document"), FieldPanel("title")])]


class PolicyRelation(Orderable):
    """What this document does to another one, or rests on. The other one's page shows it too."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("this document"), max_length=16, choices=Relation)
    target = models.ForeignKey(
        PolicyPage,
        null=True,
        blank=True,
        # A revision of a draft may still name a page that is gone: such a row is dropped, and the draft opens.
        on_delete=models.CASCADE,
        related_name="relations_from",
        verbose_name=_("document"),
    )
    target_title = models.CharField(_("or a document that is not on this site"), max_length=200, blank=True)
    holds_from = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty: when this document takes effect.")
    )
    note = models.CharField(_("which parts"), max_length=120, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("holds_from")]),
        FieldRowPanel([FieldPanel("target"), FieldPanel("target_title")]),
        FieldPanel("note"),
    ]


class PolicyBenefit(Orderable):
    """What a document grants one group of people: the rule behind lower prices and free days."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="benefits")
    audience = models.ForeignKey(
        AudienceGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )
    grants = models.CharField(
        _("what it grants"), max_length=200, help_text=_("As readers see it: 凭有效证件免费.")
    )
    proof_required = models.CharField(_("proof to bring"), max_length=120, blank=True)
    anchor = models.CharField(
        _("where it says so"), max_length=60, blank=True, help_text=_("Such as: 第二十一条.")
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("audience"), FieldPanel("anchor")]),
        FieldRowPanel([FieldPanel("grants"), FieldPanel("proof_required")]),
    ]
