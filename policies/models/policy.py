"""Policy documents and the library over all of them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core.exits import PageWithExits
from openness.core.models import AddressedPage, AddressIndexPage, BasePage
from openness.departments.models import AudienceGroup, Department, Topic
from openness.media.models import Document
from policies import selectors
from policies.blocks import PolicyBodyBlock
from policies.enums import CatalogueCategory, Disclosure, DocumentKind, Relation
from policies.forms import PolicyPageForm


class PolicyIndexPage(AddressIndexPage):
    """The library: all public policy documents of all departments."""

    address_kind = "policies"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["policies.DisclosureGuidePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("policy library")

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "policies": selectors.public_policies(locale=self.locale).select_related("locale"),
        }


class PolicyPage(PageWithExits, AddressedPage):
    """A policy document with its issuers, number and dates."""

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

    content_panels: ClassVar = [
        *BasePage.content_panels,
        InlinePanel("issuers", heading=_("Issuers, in order"), label=_("Issuer"), min_num=1),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("document_kind")]),
                FieldRowPanel([FieldPanel("is_normative"), FieldPanel("disclosure")]),
                FieldRowPanel([FieldPanel("catalogue_category"), FieldPanel("index_number")]),
                FieldRowPanel(
                    [FieldPanel("written_on"), FieldPanel("effective_on"), FieldPanel("valid_until")]
                ),
                FieldRowPanel([FieldPanel("interpreted_by"), FieldPanel("addressees")]),
                FieldPanel("remark"),
            ],
            heading=_("Document"),
        ),
        InlinePanel("topics", heading=_("Topics"), label=_("Topic")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("signed_original"),
                InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
            ],
            heading=_("Files"),
        ),
        InlinePanel("relations", heading=_("Relations to other documents"), label=_("Relation")),
        MultiFieldPanel(
            [FieldPanel("needs_interpretation"), FieldPanel("no_interpretation_reason")],
            heading=_("Interpretation"),
        ),
        InlinePanel("measures", heading=_("Measures"), label=_("Measure")),
        InlinePanel("benefits", heading=_("Who pays less or nothing"), label=_("Group")),
        InlinePanel("change_notes", heading=_("Change notes"), label=_("Change note")),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("number"),
        index.SearchField("index_number"),
        index.SearchField("body"),
        index.FilterField("document_kind"),
        index.RelatedFields("signed_original", [index.SearchField("extracted_text")]),
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

    def clean(self):
        """Refuse dates that contradict each other and documents that may not be public."""
        super().clean()
        errors = {}
        if self.effective_on and self.valid_until and self.valid_until < self.effective_on:
            errors["valid_until"] = _("It ends before it takes effect.")
        # A page that is only being made counts as live until it is saved as a draft.
        if self.disclosure != Disclosure.VOLUNTARY and self.live and self.pk:
            errors["disclosure"] = _(
                "Only documents for the public can be on this site. Unpublish the page first."
            )
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        """Refuse to go live with a document that is not for the public, whichever path leads here."""
        if self.live and self.disclosure != Disclosure.VOLUNTARY:
            raise ValidationError({"disclosure": _("Only documents for the public can be published.")})
        return super().save(*args, **kwargs)

    @property
    def issuer_names(self) -> list[str]:
        """The names of the issuers, in the document's order."""
        return [issuer.display_name for issuer in self.source_page.issuers.select_related("department")]


class PolicyIssuer(Orderable):
    """One issuer of a document: a department of this site, or a body named in words."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="issuers")
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("department"),
    )
    name = models.CharField(_("or another body"), max_length=80, blank=True)

    panels: ClassVar = [FieldRowPanel([FieldPanel("department"), FieldPanel("name")])]

    def clean(self) -> None:
        """An issuer is one of the two."""
        super().clean()
        if bool(self.department_id) == bool(self.name):
            raise ValidationError({"name": _("Choose a department or write a name, one of the two.")})

    @property
    def display_name(self) -> str:
        """The name as printed."""
        return self.department.name if self.department else self.name


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
        on_delete=models.PROTECT,
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
