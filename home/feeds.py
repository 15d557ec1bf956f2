"""What a department publishes, to subscribe to (Atom): its news, activities, notices and documents."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from home.models import DepartmentPage
from news.models import ActivityPage, NewsPage
from openness.core.feeds import MOST_ENTRIES, atom
from openness.core.gate import visible
from openness.core.models import BasePage
from policies.models import ClearancePage, InterpretationPage, PolicyPage
from venues.models import OpeningNoticePage
from venues.notice_feed import notice_texts

TOLD: tuple[type[BasePage], ...] = (
    NewsPage,
    ActivityPage,
    OpeningNoticePage,
    PolicyPage,
    InterpretationPage,
    ClearancePage,
)


def department_feed(request: HttpRequest, page: DepartmentPage) -> HttpResponse:
    """Return the latest of all that a department has published. A query per kind of page, whatever their number."""
    found: list[BasePage] = []
    for model in TOLD:
        below = visible(model.objects.filter(path__startswith=page.path), page.locale)
        found += below.order_by("-first_public_at", "-pk")[:MOST_ENTRIES]
    latest = sorted(
        (each for each in found if each.first_public_at),
        key=lambda each: (each.first_public_at, each.pk),
        reverse=True,
    )[:MOST_ENTRIES]
    notices = [each for each in latest if isinstance(each, OpeningNoticePage)]
    return atom(
        request,
        title=_("What %(department)s has published") % {"department": page.title},
        url=page.get_url(request) or "",
        pages=latest,
        subtitle=page.summary,
        texts=notice_texts(notices, language=page.locale.language_code),
    )
