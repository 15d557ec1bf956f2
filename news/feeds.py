"""The list of news to subscribe to, for every choice of its filters."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from news.listing import question_text
from news.models import NewsIndexPage
from news.news_questions import FILTERS, read_news_question
from news.selectors import find_news
from openness.core.facets import Links, refused
from openness.core.feeds import MOST_ENTRIES, atom


def news_feed(request: HttpRequest, page: NewsIndexPage) -> HttpResponse:
    """Return the newest news that answer the question in the address; 400 with what is wrong with it."""
    question, form = read_news_question(request.GET)
    if not form.is_valid():
        return refused(form)
    chosen = {name: getattr(question, name) for name in FILTERS}
    asked = question_text(question, locale=page.locale)
    return atom(
        request,
        title=_("News: %(question)s") % {"question": asked} if asked else page.title,
        url=Links(page.get_url(request) or "", QueryDict()).with_(**chosen),
        pages=find_news(question, locale=page.locale)[:MOST_ENTRIES],
        subtitle=page.summary,
    )
