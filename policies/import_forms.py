"""The forms of the import: the file, and what was recognised in it."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from policies.enums import Disclosure, DocumentKind
from policies.models import PolicyPage
from policies.numbers import normalise
from policies.places import places_for

READERS = ("docx", "pdf")
MAX_FILE_SIZE = 10 * 1024 * 1024
LONGEST_ISSUER = 80


class FileForm(forms.Form):
    """A Word or PDF file, and whose document it becomes."""

    file = forms.FileField(
        label=_("Word (.docx) or PDF file"), widget=forms.FileInput(attrs={"accept": ".docx,.pdf"})
    )
    parent = forms.ModelChoiceField(queryset=Page.objects.none(), label=_("Department"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = places_for(PolicyPage, user)
        field: Any = self.fields["parent"]
        field.queryset = Page.objects.filter(pk__in=[page.pk for page in parents]).order_by("title")
        if len(parents) == 1:
            self.initial["parent"] = parents[0].pk

    def clean_file(self) -> Any:
        """Refuse what no reader knows, and what is larger than a document of this site may be."""
        file = self.cleaned_data["file"]
        extension = file.name.rpartition(".")[2].lower()
        if extension in {"doc", "wps", "rtf"}:
            raise forms.ValidationError(
                _("Open this file in Word or WPS, save it as .docx and give that one.")
            )
        if extension not in READERS:
            raise forms.ValidationError(_("Only Word (.docx) and PDF files are read."))
        if file.size > MAX_FILE_SIZE:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s."), params={"limit": filesizeformat(MAX_FILE_SIZE)}
            )
        return file


class FactsForm(forms.Form):
    """What the page will say of the document. Whatever was not recognised is empty."""

    title = forms.CharField(label=_("Title"), max_length=255, widget=forms.Textarea(attrs={"rows": 3}))
    issuers = forms.CharField(
        label=_("Issuers, in order"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line."),
    )
    number = forms.CharField(label=_("Document number"), required=False, max_length=80)
    index_number = forms.CharField(label=_("Index number"), required=False, max_length=60)
    document_kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    disclosure = forms.ChoiceField(label=_("Disclosure"), choices=Disclosure.choices)
    addressees = forms.CharField(
        label=_("Addressees"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    written_on = forms.DateField(label=_("Written on"), required=False, widget=AdminDateInput)
    effective_on = forms.DateField(label=_("In effect from"), required=False, widget=AdminDateInput)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=AdminDateInput)
    interpreted_by = forms.CharField(label=_("Interpreting authority"), required=False, max_length=120)
    remark = forms.CharField(label=_("Remark"), required=False, max_length=120)

    def clean_title(self) -> str:
        """Return the title on one line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_issuers(self) -> list[str]:
        """Return the names in their order, each once."""
        names = [" ".join(line.split()) for line in self.cleaned_data["issuers"].splitlines()]
        names = list(dict.fromkeys(filter(None, names)))
        if any(len(name) > LONGEST_ISSUER for name in names):
            raise forms.ValidationError(
                _("A name is longer than %(limit)d characters. Each issuer stands on a line of its own."),
                params={"limit": LONGEST_ISSUER},
            )
        return names

    def clean_number(self) -> str:
        """Return the number as the standard prints it."""
        return normalise(self.cleaned_data["number"])

    def clean_index_number(self) -> str:
        """Refuse the index number of another document."""
        number = self.cleaned_data["index_number"].strip()
        if number and PolicyPage.objects.filter(index_number=number).exists():
            raise forms.ValidationError(_("Another document has this index number."))
        return number
