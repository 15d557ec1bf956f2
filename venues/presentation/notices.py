"""Opening notices: their cards, their page, and the list of all."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import DateField, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest, QueryDict
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.facets import Links, page_steps
from openness.core.gate import visible
from openness.departments.models import Department
from openness.departments.selectors import publisher_of
from policies.measures import carried_out_by
from venues import selectors
from venues.enums import Supersedes
from venues.models import NoticeEffect, OpeningNoticePage
from venues.presentation.reader import page_url
from venues.presentation.values import Message, NoticeCard
from venues.wording import announced_label, notice_facts, phrase, speak, term
from venues.wording.values import NoticeFacts

if TYPE_CHECKING:
    from venues.models import NoticeIndexPage

PER_PAGE = 20
# A notice for a typhoon concerns hundreds of venues; its sentence says which, the list shows the first.
VENUES_SHOWN = 60
ONE_DAY = timedelta(days=1)


def notice_cards(
    notices: Iterable[OpeningNoticePage], *, locale: Locale, request: HttpRequest
) -> list[NoticeCard]:
    """Return the cards of public notices, in their order. About a dozen queries, whatever their number."""
    pages = list(notices)
    language = locale.language_code
    facts = notice_facts(pages, language=language)
    ended, names = _ended_by(pages), _department_names(pages)
    return [
        _card(
            page,
            each,
            ended.get(page.translation_key),
            names.get(page.pk, ""),
            language=language,
            request=request,
        )
        for page, each in zip(pages, facts, strict=True)
    ]


def _card(
    page: OpeningNoticePage,
    facts: NoticeFacts,
    ended_on: date | None,
    department: str,
    *,
    language: str,
    request: HttpRequest,
) -> NoticeCard:
    speaker = speak(language)
    first, last = _bounds(facts)
    state = _state(page, first, last, ended_on)
    announced_on = clock.local(page.first_public_at).date() if page.first_public_at else None
    return NoticeCard(
        title=page.title,
        url=page_url("notices", page.locale_id, page.slug, request) if page.slug else "",
        sentence=speaker.notice(facts),
        period_label=speaker.period(first, last) if first else "",
        state=state,
        state_label=speaker.term(f"notice.{state}"),
        department_name=department,
        announced_label=announced_label(announced_on, first, language),
        reason=facts.reason,
        is_emergency=page.is_emergency,
        effects=speaker.effects(facts) if len(facts.effects) > 1 else (),
    )


def notice_message(notice: NoticeCard, number: int, language: str, request: HttpRequest) -> Message:
    """Return a notice as a text for WeChat or SMS: its title, its sentence, its address."""
    text = phrase("message.notice", language, title=notice.title, sentence=notice.sentence)
    if notice.url:
        more = term("message.more", language)
        url = request.build_absolute_uri(notice.url)
        text = "\n".join([text, phrase("message.line", language, label=more, value=url)])
    return Message(f"notice-{number}", notice.title, text)


def _bounds(facts: NoticeFacts) -> tuple[date | None, date | None]:
    """Return the first and the last day of all effects; the last is None where one has no end."""
    lasts = [effect.last for effect in facts.effects]
    first = min((effect.first for effect in facts.effects), default=None)
    return first, None if None in lasts else max((day for day in lasts if day), default=None)


def _state(page: OpeningNoticePage, first: date | None, last: date | None, ended_on: date | None) -> str:
    """Return withdrawn, over, coming or in_force; a notice that a later one replaced or ended is over with that."""
    if page.withdrawn_at:
        return "withdrawn"
    today = clock.today()
    ends = [day for day in (last, ended_on and ended_on - ONE_DAY) if day]
    if first is None or (ends and today > min(ends)):
        return "over"
    return "coming" if today < first else "in_force"


def _superseding(notices: Sequence[OpeningNoticePage]) -> list[OpeningNoticePage]:
    """Return the public notices that replace or end one of these, each with its ``first_on``. One query."""
    keys = [notice.translation_key for notice in notices]
    later = OpeningNoticePage.objects.filter(supersedes__translation_key__in=keys, withdrawn_at=None)
    later = visible(later.select_related("supersedes"), Locale.get_default())
    return list(later.annotate(first_on=Min("effects__first")).order_by("first_public_at", "pk"))


def _first_day(notice: Any) -> date | None:
    """Return the day on which a superseding notice begins: its first effect, else the day it was published."""
    return notice.first_on or (clock.local(notice.first_public_at).date() if notice.first_public_at else None)


def _ended_by(notices: Sequence[OpeningNoticePage]) -> dict[Any, date]:
    ends: dict[Any, date] = {}
    for later in _superseding(notices) if notices else ():
        first = _first_day(later)
        if later.supersedes and first:
            key = later.supersedes.translation_key
            ends[key] = min(first, ends.get(key, first))
    return ends


def _department_names(notices: Sequence[OpeningNoticePage]) -> dict[int, str]:
    """Return the department of each notice, by the path of its page. One query."""
    step = Page.steplen
    prefixes = {
        notice.pk: [notice.path[:end] for end in range(step, len(notice.path), step)]
        for notice in notices
        if notice.path
    }
    paths = {path for of_notice in prefixes.values() for path in of_notice}
    found = Department.objects.filter(pages__path__in=paths) if paths else Department.objects.none()
    names = dict(found.values_list("pages__path", "short_name")) if paths else {}
    return {
        pk: next((names[path] for path in of_notice if path in names), "")
        for pk, of_notice in prefixes.items()
    }


# ---------------------------------------------------------------------------------------------------
# Pages


def notice_context(page: OpeningNoticePage, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a notice shows. About twenty queries, whatever the number of venues concerned."""
    locale, language = page.locale, page.locale.language_code
    (card,) = notice_cards([page], locale=locale, request=request)
    later = next(iter(_superseding([page])), None)
    return {
        "notice": card,
        "sentence": card.sentence,
        "effects": card.effects,
        "period_label": card.period_label,
        "state": card.state,
        "state_label": card.state_label,
        "reason": card.reason,
        "legal_ground": page.legal_ground,
        "urgent_reason": _urgent_reason(page, language),
        "announced_label": card.announced_label,
        "withdrawn_label": _withdrawn_label(page, language),
        "publisher": publisher_of(page, locale=locale, request=request),
        "venues": _venues(page, locale=locale, request=request),
        "replaces": _earlier(page, card, locale=locale, request=request),
        "replaced_by": _later(later, locale=locale, request=request),
        "message": notice_message(card, 1, language, request)
        if card.state in ("in_force", "coming") and card.sentence
        else None,
        "policy": _link(page.policy, locale=locale, request=request),
        "measures": carried_out_by(page, locale=locale, request=request),
    }


def _urgent_reason(page: OpeningNoticePage, language: str) -> str:
    """Return the kind of reason and the reason: 不可抗力：水管破裂."""
    kind = term(f"urgent.{page.urgent_kind}", language) if page.urgent_kind else ""
    if kind and page.urgent_reason:
        return phrase("of_area", language, area=kind, text=page.urgent_reason)
    return kind or page.urgent_reason


def _withdrawn_label(page: OpeningNoticePage, language: str) -> str:
    if not page.withdrawn_at:
        return ""
    moment = clock.local(page.withdrawn_at)
    return phrase(
        "withdrawn",
        language,
        date=speak(language).period(moment.date(), moment.date()),
        time=f"{moment:%H:%M}",
    )


def _venues(page: OpeningNoticePage, *, locale: Locale, request: HttpRequest) -> list[dict[str, str]]:
    """Return the venues that the notice concerned when it was published, those the public may see."""
    concerned = OpeningNoticePage.objects.filter(translation_key=page.translation_key).values(
        "concerned__venue"
    )
    entries = selectors.public_entries(locale=locale).filter(venue__in=concerned).order_by("title")
    return [
        {"name": entry.title, "url": page_url("venues", entry.locale_id, entry.slug, request)}
        for entry in entries.only("title", "slug", "locale_id")[:VENUES_SHOWN]
    ]


def _link(page: Page | None, *, locale: Locale, request: HttpRequest) -> dict[str, str] | None:
    """Return title and address of a page as the public sees it, in the reader's language where it is there."""
    if page is None:
        return None
    pages = visible(type(page).objects.filter(translation_key=page.translation_key)).order_by()
    found = {each.locale_id: each for each in pages}
    best = found.get(locale.pk) or next(iter(found.values()), None)
    return {"title": best.title, "url": best.get_url(request)} if best else None


def _earlier(
    page: OpeningNoticePage, card: NoticeCard, *, locale: Locale, request: HttpRequest
) -> dict[str, str] | None:
    link = _link(page.supersedes, locale=locale, request=request)
    first = page.first_day
    if link and first:
        link["text"] = _superseding_text(page, "replaces", "ends", first, link["title"], locale.language_code)
    return link


def _later(later: Any, *, locale: Locale, request: HttpRequest) -> dict[str, str] | None:
    link = _link(later, locale=locale, request=request)
    first = _first_day(later) if later else None
    if link and first:
        link["text"] = _superseding_text(
            later, "replaced_by", "ended_by", first, link["title"], locale.language_code
        )
    return link


def _superseding_text(later: Any, replaces: str, ends: str, first: date, title: str, language: str) -> str:
    name = ends if later.supersedes_how == Supersedes.ENDS else replaces
    return phrase(name, language, date=speak(language).period(first, first), title=title)


def notice_index_context(page: "NoticeIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Return the notices in force and to come, then those that are over, twenty to a page."""
    locale, language = page.locale, page.locale.language_code
    public = visible(OpeningNoticePage.objects.all(), locale)
    current = selectors.current_notices(locale=locale)
    past = _last_ended_first(public.exclude(pk__in=current.order_by().values("pk")))
    leaf = Paginator(past, PER_PAGE).get_page(request.GET.get("page"))
    shown = [*(current if leaf.number == 1 else ()), *leaf.object_list]
    cards = notice_cards(shown, locale=locale, request=request)
    groups = [
        {"label": term(f"notice.{name}", language), "notices": found}
        for name, states in (
            ("in_force", ("in_force",)),
            ("coming", ("coming",)),
            ("over", ("over", "withdrawn")),
        )
        if (found := [card for card in cards if card.state in states])
    ]
    links = Links(page.get_url(request) or "", QueryDict())
    return {
        "groups": groups,
        "feed_url": page.exit_url("feed.atom", request),
        **page_steps(leaf.paginator.count, leaf.number, links, per_page=PER_PAGE),
    }


def _last_ended_first(notices: QuerySet) -> QuerySet:
    """Order notices by the day on which they ended: withdrawn, over, or, replaced before their end, published."""
    last = NoticeEffect.objects.filter(page__translation_key=OuterRef("translation_key")).order_by("-last")
    ended_on = Coalesce(
        TruncDate("withdrawn_at", tzinfo=clock.CITY_TZ),
        Subquery(last.filter(last__isnull=False).values("last")[:1]),
        TruncDate("first_public_at", tzinfo=clock.CITY_TZ),
        output_field=DateField(),
    )
    return notices.annotate(ended_on=ended_on).order_by("-ended_on", "-first_public_at", "-pk")
