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

from openness.core.models import AddressedPage, AddressIndexPage, BasePage
from openness.departments.models import Department
from policies import selectors
from policies.blocks import PolicyBodyBlock
from policies.enums import Disclosure
from policies.forms import PolicyPageForm


class PolicyIndexPage(AddressIndexPage):
    """The library: all public policy documents of all departments."""

    address_kind = "policies"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("policy library")

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "policies": selectors.public_policies(locale=self.locale).select_related("locale"),
        }


class PolicyPage(AddressedPage):
    """A policy document with its issuers, number and dates."""

    address_kind = "policies"
    parent_page_types: ClassVar = ["home.DepartmentPage"]
    subpage_types: ClassVar = []
    base_form_class = PolicyPageForm

    number = models.CharField(
        _("document number"),
        max_length=80,
        blank=True,
        help_text=_("发文字号, as printed. Empty where none is known."),
    )
    written_on = models.DateField(_("written on"), null=True, blank=True)
    effective_on = models.DateField(_("in effect from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    interpreted_by = models.CharField(_("interpreted by"), max_length=120, blank=True)
    addressees = models.CharField(_("addressees"), max_length=300, blank=True)
    disclosure = models.CharField(
        _("disclosure"), max_length=16, choices=Disclosure, default=Disclosure.VOLUNTARY
    )
    body = StreamField(PolicyBodyBlock(), blank=True, verbose_name=_("text"))

    content_panels: ClassVar = [
        *BasePage.content_panels,
        InlinePanel("issuers", heading=_("Issuers, in order"), label=_("Issuer"), min_num=1),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("disclosure")]),
                FieldRowPanel(
                    [FieldPanel("written_on"), FieldPanel("effective_on"), FieldPanel("valid_until")]
                ),
                FieldRowPanel([FieldPanel("interpreted_by"), FieldPanel("addressees")]),
            ],
            heading=_("Document"),
        ),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("number"),
        index.SearchField("body"),
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("interpreted_by"),
        TranslatableField("addressees"),
        TranslatableField("body"),
        *(
            SynchronizedField(name)
            for name in ["number", "written_on", "effective_on", "valid_until", "disclosure"]
        ),
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["issuers"]

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
