"""The library as a feed to subscribe to, for every choice of its filters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from openness.core.facets import Links, refused
from openness.core.feeds import MOST_ENTRIES, atom
from policies.presentation.library import names_in, question_label
from policies.questions import read_question
from policies.selectors import documents_of, matching_entries


def library_feed(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the documents that pass the filters in the address, the latest published first; 400 says what is wrong."""
    question, form = read_question(request.GET)
    if not form.is_valid():
        return refused(form)
    locale = page.locale
    entries = matching_entries(question, locale=locale).order_by("-policy__first_public_at", "-policy_id")
    asked = question_label(question, names_in(locale.language_code))
    return atom(
        request,
        title=_("%(title)s: %(question)s") % {"title": page.title, "question": asked}
        if asked
        else page.title,
        url=Links(page.get_url(request) or "", request.GET).with_(),
        pages=[found.page for found in documents_of(entries[:MOST_ENTRIES], locale=locale)],
    )
