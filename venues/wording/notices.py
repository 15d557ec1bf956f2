"""The facts of opening notices, out of their rows, as sentences are made of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.models import Locale

from openness.core.dates import SIMPLIFIED, known_language
from openness.departments.models import AudienceGroup, Region, VenueType
from openness.departments.selectors import term_names
from venues.enums import NoticeScope
from venues.models import OpeningNoticePage, VenueArea, VenueEntry, VenuePage
from venues.wording.values import EffectFacts, Hours, NoticeFacts, Subject


def notice_facts(notices: Sequence[OpeningNoticePage], *, language: str) -> list[NoticeFacts]:
    """Return the facts of notices in ``language``, in their order; for saved pages and for such that a form holds.

    Nine queries at most for the source language, whatever the number of notices, and two or three
    more for another one. What is not translated stays in the source language.
    """
    language = known_language(language)
    sources = _sources(notices)
    _load_rows([source for source in sources if source.pk])
    reasons = _reasons(notices, language)
    venues = {target.venue_id: target.venue for source in sources for target in _targets(source)}
    titles, areas = _titles(venues, language), _area_names(sources, venues, language)
    return [
        NoticeFacts(
            reason=reasons.get(notice.translation_key, notice.reason),
            subject=_subject(source, titles, language),
            effects=tuple(
                _effect(effect, source, titles, areas, language) for effect in source.effects.all()
            ),
            urgent_kind=source.urgent_kind,
            urgent_reason=notice.urgent_reason,
        )
        for notice, source in zip(notices, sources, strict=True)
    ]


def _sources(notices: Sequence[OpeningNoticePage]) -> list[OpeningNoticePage]:
    """Return for each notice the page that holds its rows: the one in the source language."""
    default = Locale.get_default()
    translated = [notice.translation_key for notice in notices if notice.locale_id not in (None, default.pk)]
    pages = (
        OpeningNoticePage.objects.filter(translation_key__in=translated, locale=default) if translated else ()
    )
    by_key = {page.translation_key: page for page in pages}
    return [by_key.get(notice.translation_key, notice) for notice in notices]


def _load_rows(sources: Sequence[OpeningNoticePage]) -> None:
    venues = VenuePage.objects.only("title", "translation_key", "locale_id")
    rows = ("effects__sessions", "target_types__venue_type", "target_departments__department", "scope_region")
    prefetch_related_objects(sources, *rows, Prefetch("targets__venue", venues))


def _targets(source: OpeningNoticePage) -> list[Any]:
    return list(source.targets.all()) if source.scope == NoticeScope.NAMED else []


def _reasons(notices: Sequence[OpeningNoticePage], language: str) -> dict[Any, str]:
    """Return the translated reasons of notices whose pages are in another language than the sentence."""
    locales = dict(Locale.objects.values_list("pk", "language_code"))
    other = [
        notice.translation_key
        for notice in notices
        if notice.pk and locales.get(notice.locale_id, language) != language
    ]
    if not other:
        return {}
    pages = OpeningNoticePage.objects.filter(
        translation_key__in=other, locale__language_code=language, live=True
    )
    return {key: reason for key, reason in pages.values_list("translation_key", "reason") if reason}


def _titles(venues: dict[int, Any], language: str) -> dict[int, str]:
    titles = {pk: venue.title for pk, venue in venues.items()}
    if venues and language != SIMPLIFIED:
        entries = VenueEntry.objects.filter(venue__in=list(venues), locale__language_code=language)
        titles |= dict(entries.values_list("venue_id", "title"))
    return titles


def _area_names(
    sources: Sequence[OpeningNoticePage], venues: dict[int, Any], language: str
) -> dict[tuple[int, str], str]:
    """Return the names of the areas that effects name, by venue and key; the reader's language comes last and stays."""
    keys = {effect.area_key for source in sources for effect in source.effects.all() if effect.area_key}
    if not keys or not venues:
        return {}
    by_key = {venue.translation_key: pk for pk, venue in venues.items()}
    rows = VenueArea.objects.filter(
        key__in=keys, page__translation_key__in=by_key, locale__language_code__in=[SIMPLIFIED, language]
    ).values_list("page__translation_key", "key", "name", "locale__language_code")
    return {
        (by_key[venue_key], key): name
        for venue_key, key, name, code in sorted(rows, key=lambda row: row[3] == language != SIMPLIFIED)
    }


def _subject(source: OpeningNoticePage, titles: dict[int, str], language: str) -> Subject:
    if source.scope == NoticeScope.NAMED:
        named = [titles[target.venue_id] for target in _targets(source)]
        return Subject(venues=tuple(named), total=len(named))
    regions, types = term_names(Region, language=language), term_names(VenueType, language=language)
    region = source.scope_region
    return Subject(
        is_selection=True,
        region=regions.get(region.code, region.name) if region else "",
        types=_unique(
            types.get(row.venue_type.code, row.venue_type.name) for row in source.target_types.all()
        ),
        departments=_unique(row.department.short_name for row in source.target_departments.all()),
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _effect(
    effect: Any,
    source: OpeningNoticePage,
    titles: dict[int, str],
    areas: dict[tuple[int, str], str],
    language: str,
) -> EffectFacts:
    keys = [target.venue_id for target in _targets(source)]
    some = [key for key in keys if key in effect.venue_keys]
    names = [areas.get((key, effect.area_key), "") for key in some or keys]
    audiences = term_names(AudienceGroup, language=language)
    has_window = effect.window_opens is not None and effect.window_closes is not None
    return EffectFacts(
        kind=effect.kind,
        first=effect.first,
        last=effect.last,
        area=next(filter(None, names), effect.area_key) if effect.area_key else "",
        window=(effect.window_opens, effect.window_closes) if has_window else None,
        subject=Subject(venues=tuple(titles[key] for key in some), total=len(some))
        if 0 < len(some) < len(keys)
        else None,
        sessions=tuple(
            Hours(
                opens=session.opens,
                closes=session.closes,
                last_entry=session.last_entry,
                state=session.state,
                kind=session.kind,
                audience=audiences.get(session.audience_code, session.audience_code),
            )
            for session in effect.sessions.all()
        ),
    )
