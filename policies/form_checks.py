"""What has to be true of a document before it is published or handed in for review.

Drafts are kept as they are. Every function adds errors to the form, at the field that has to change; the page
that it checks is ``form.instance``, which already holds what was entered.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.core.refusals import Refused
from openness.departments.selectors import department_of
from policies.enums import Disclosure
from policies.numbers import parse_number
from policies.publishing import check_companions
from policies.secrecy import files_of, marks_of_files, marks_of_text

if TYPE_CHECKING:
    from policies.forms import PolicyPageForm
    from policies.models import PolicyPage

# A shorter title names nothing, a longer one is cut in lists, tabs and search results.
SHORTEST_TITLE, LONGEST_TITLE = 4, 150
# Words of a remark that say that the document is not for everyone.
HIDING_REMARKS = ("依申请公开", "不予公开", "不公开", "不宜公开")


def check_publishable(form: "PolicyPageForm") -> None:
    """Add an error for everything that keeps the document from the public."""
    page = form.instance
    _fill_in_source(form, page)
    _check_words(form, page)
    _check_dates(form, page)
    if page.is_source:
        _check_facts(form, page)
        _check_number(form, page)
    _check_secrecy(form, page)


def rows_of(form: "PolicyPageForm", name: str) -> Iterator[Any]:
    """Yield the rows as entered, in their order, without those that are to be deleted."""
    formset = form.formsets.get(name)
    if formset is None:
        yield from getattr(form.instance, name).all()
        return
    formset.is_valid()
    for row in formset.ordered_forms if formset.can_order and formset.is_valid() else formset.forms:
        cleaned = getattr(row, "cleaned_data", {})
        if cleaned and not cleaned.get("DELETE") and row.has_changed() | bool(row.instance.pk):
            yield row.instance


def row_error(form: "PolicyPageForm", name: str, error: Any) -> None:
    """Add an error above the rows of a relation, or above the form where it shows none."""
    formset = form.formsets.get(name)
    if formset is None:
        form.add_error(None, error)
    else:
        formset.non_form_errors().extend(ValidationError(error).messages)


def pages_with_number(page: "PolicyPage") -> "QuerySet[PolicyPage]":
    """Return the other documents, drafts too, that have the page's number. A draft may hold it in its revision only.

    Numbers without a year begin anew, with each congress or each year: they are the same in one year only.
    """
    from policies.models import PolicyPage

    number = parse_number(page.number)
    spellings = number.spellings if number else (page.number,)
    drafts = PolicyPage.objects.filter(
        has_unpublished_changes=True, latest_revision__content__number__in=spellings
    )
    has_it = Q(number__in=spellings) | Q(pk__in=drafts.order_by().values("pk"))
    others = PolicyPage.objects.filter(has_it, locale_id=page.locale_id)
    if number is not None and number.year is None:
        year = page.written_on.year if page.written_on else None
        others = others.filter(written_on__year=year) if year else others.filter(written_on=None)
    return others.exclude(pk=page.pk).order_by("pk")


def who_has_it(other: "PolicyPage", user: Any) -> str:
    """Return the document, linked where the user may edit it; a foreign draft is named by its department only."""
    if user is not None and other.permissions_for_user(user).can_edit():
        url = reverse("wagtailadmin_pages:edit", args=[other.pk])
        return format_html('<a href="{}">“{}”</a>', url, other.get_admin_display_title())
    if other.live:
        return format_html("“{}”", other.title)
    department = department_of(other)
    return gettext("a draft of %(department)s") % {"department": department.name if department else "—"}


def number_taken(page: "PolicyPage", user: Any) -> str:
    """Return, as safe HTML, that another document has the page's number, and which; empty when none has."""
    other = pages_with_number(page).first() if page.number else None
    if other is None:
        return ""
    return format_html(
        gettext("The number {number} belongs to another document: {document}. Correct one of them."),
        number=page.number,
        document=who_has_it(other, user),
    )


def index_number_taken(page: "PolicyPage", user: Any) -> str:
    """Return, as safe HTML, that another document has the page's index number, and which; empty when none has."""
    from policies.models import PolicyPage

    same = PolicyPage.objects.filter(index_number=page.index_number).exclude(pk=page.pk)
    other = same.first() if page.index_number else None
    if other is None:
        return ""
    return format_html(
        gettext("The index number belongs to another document: {document}. Leave it empty to get a new one."),
        document=who_has_it(other, user),
    )


# ---------------------------------------------------------------------------------------------------


def _fill_in_source(form: "PolicyPageForm", page: "PolicyPage") -> None:
    """A document comes from its issuers unless another source is named; an imported one says the same."""
    if page.is_source and "source" in form.fields and not page.source.strip():
        names = "、".join(filter(None, (row.display_name for row in rows_of(form, "issuers"))))
        page.source = form.cleaned_data["source"] = names[: page._meta.get_field("source").max_length]


def _check_words(form: "PolicyPageForm", page: "PolicyPage") -> None:
    length = len(page.title.strip())
    if length < SHORTEST_TITLE:
        form.add_error("title", _("Give the full title, as the document has it."))
    if length > LONGEST_TITLE:
        text = _("The title has %(length)d characters. Give at most %(most)d, and the rest in the summary.")
        params = {"length": length, "most": LONGEST_TITLE}
        form.add_error("title", ValidationError(text, code="title_too_long", params=params))
    if not page.source.strip():
        form.add_error("source", _("Say where the document comes from: who published it first."))
    if any(words in page.remark for words in HIDING_REMARKS):
        form.add_error("remark", _("The remark says that the document is not for everyone. Make both agree."))


def _check_dates(form: "PolicyPageForm", page: "PolicyPage") -> None:
    published_on = clock.local(page.first_public_at).date() if page.first_public_at else clock.today()
    if page.written_on is None:
        form.add_error("written_on", _("Give the date on which the document was made."))
    elif page.written_on > published_on:
        text = _("It cannot be made after it was published (%(day)s).")
        form.add_error(
            "written_on",
            ValidationError(text, code="written_after_publication", params={"day": published_on.isoformat()}),
        )
    if page.effective_on and page.valid_until and page.valid_until < page.effective_on:
        form.add_error("valid_until", _("It ends before it takes effect."))
    elif page.written_on and page.valid_until and page.valid_until < page.written_on:
        form.add_error("valid_until", _("It ends before it was made."))


def _check_facts(form: "PolicyPageForm", page: "PolicyPage") -> None:
    if page.disclosure != Disclosure.VOLUNTARY:
        text = _("Only documents for the public can be published. Save this one as a draft.")
        form.add_error("disclosure", ValidationError(text, code="hidden"))
    issuers = [(row.department_id, row.name.strip()) for row in rows_of(form, "issuers")]
    if not issuers:
        row_error(form, "issuers", _("Name at least one issuer; the leading one comes first."))
    if len(set(issuers)) < len(issuers):
        row_error(form, "issuers", _("An issuer is named twice."))
    for document in {document.pk: document for __, document in _files(form, page)}.values():
        if not document.file.storage.exists(document.file.name):
            text = _("The file “%(title)s” is gone. Upload it again.")
            error = ValidationError(text, code="file_gone", params={"title": document.title})
            row_error(form, "attachments", error)
    _check_interpretation(form, page)


def _check_interpretation(form: "PolicyPageForm", page: "PolicyPage") -> None:
    """同步解读: what goes live with the document must be ready to (policies.publishing)."""
    try:
        check_companions(page, user=form.for_user)
    except Refused as refusal:
        form.add_error("no_interpretation_reason", refusal)


def _check_number(form: "PolicyPageForm", page: "PolicyPage") -> None:
    if text := number_taken(page, form.for_user):
        form.add_error("number", ValidationError(text, code="number_taken"))


def check_relations(form: "PolicyPageForm") -> None:
    """Add an error for every relation that cannot be, such as one that runs in a circle; of a draft too."""
    from policies.entries import take_turns
    from policies.relations import relation_problems

    with transaction.atomic():
        take_turns()
        for text in relation_problems(form.instance, list(rows_of(form, "relations"))):
            row_error(form, "relations", text)


def _check_secrecy(form: "PolicyPageForm", page: "PolicyPage") -> None:
    for found in [*marks_of_text(page), *marks_of_files(_files(form, page))]:
        if found.field in form.fields:
            form.add_error(found.field, found.error)
        else:
            row_error(form, found.field, found.error)


def _files(form: "PolicyPageForm", page: "PolicyPage") -> Iterator[tuple[str, Any]]:
    rows = [row.document for row in rows_of(form, "attachments") if row.document_id]
    yield from files_of(page, attached=rows)
