"""Opening notices to subscribe to (Atom): all of them, or those of a department or about venues in a region."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from openness.core.facets import Links, refused
from openness.core.feeds import MOST_ENTRIES, atom
from openness.core.gate import visible
from openness.departments.form_fields import TermField
from openness.departments.models import Department, Region
from openness.departments.selectors import department_names, term_names
from venues.models import NoticeIndexPage, OpeningNoticePage
from venues.wording import notice_facts, speak

FILTERS = ("department", "region")


class NoticeFeedForm(forms.Form):
    """Reads out of an address whose notices are asked for."""

    department = TermField(Department)
    region = TermField(Region)


def notices_feed(request: HttpRequest, page: NoticeIndexPage) -> HttpResponse:
    """Return the latest notices, withdrawn ones as such; 400 with what is wrong with the address."""
    form = NoticeFeedForm(request.GET)
    if not form.is_valid():
        return refused(form)
    asked = {name: form.cleaned_data[name] for name in FILTERS}
    language = page.locale.language_code
    names = [
        department_names().get(asked["department"], ""),
        term_names(Region, language=language).get(asked["region"], ""),
    ]
    said = " · ".join(name for name in names if name)
    notices = list(_asked(page, **asked)[:MOST_ENTRIES])
    return atom(
        request,
        title=_("Notices: %(question)s") % {"question": said} if said else page.title,
        url=Links(page.get_url(request) or "", QueryDict()).with_(),
        pages=notices,
        subtitle=page.summary,
        texts=notice_texts(notices, language=language),
    )


def notice_texts(notices: Iterable[OpeningNoticePage], *, language: str) -> dict[int, str]:
    """Return what each notice changes, in words, by its key. About a dozen queries, whatever their number."""
    pages = list(notices)
    speaker = speak(language)
    texts = {}
    for page, facts in zip(pages, notice_facts(pages, language=language), strict=True):
        said = speaker.notice(facts)
        withdrawn = speaker.term("notice.withdrawn") if page.withdrawn_at else ""
        texts[page.pk] = speaker.phrase("of_area", area=withdrawn, text=said) if withdrawn else said
    return texts


def _asked(page: NoticeIndexPage, *, department: str, region: str):
    notices = visible(OpeningNoticePage.objects.all(), page.locale).order_by("-first_public_at", "-pk")
    if department:
        homes = Page.objects.filter(departmentpage__department__code=department, locale=page.locale)
        path = homes.values_list("path", flat=True).first()
        notices = notices.filter(path__startswith=path) if path else notices.none()
    if region:
        inside = OpeningNoticePage.objects.filter(concerned__venue__region__lineage__contains=f"/{region}/")
        notices = notices.filter(translation_key__in=inside.values("translation_key"))
    return notices
