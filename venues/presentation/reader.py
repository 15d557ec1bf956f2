"""What it takes to speak to a reader: language, names, addresses. Loaded for many venues at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from wagtail.models import Locale

from openness.core.gate import visible
from openness.core.models.addresses import index_page_for
from openness.departments.models import AudienceGroup, Facility, Region, VenueType
from openness.departments.selectors import department_names, term_names
from venues.hours import Because
from venues.models import OpeningNoticePage, VenueArea, VenueEntry, VenueWording
from venues.wording import Season
from venues.wordings import wording_key


@dataclass(frozen=True, slots=True)
class NoticeRef:
    """A public notice, to be named and linked."""

    title: str
    url: str


@dataclass(frozen=True)
class Reader:
    """The words of one venue for one reader.

    ``words`` translates what the rows of the venue say; ``areas`` are names by key, ``notices`` by
    their public id, ``audiences`` by code, ``seasons`` by the key of their schedule.
    """

    language: str
    words: Callable[[str], str] = str
    areas: Mapping[str, str] = field(default_factory=dict)
    restricted_areas: frozenset[str] = frozenset()
    notices: Mapping[str, NoticeRef] = field(default_factory=dict)
    audiences: Mapping[str, str] = field(default_factory=dict)
    seasons: Mapping[str, Season] = field(default_factory=dict)

    def notice_of(self, because: Because) -> NoticeRef | None:
        """Return the public notice behind a day or span, if any."""
        return self.notices.get(because.notice) if because.notice else None


@dataclass(frozen=True)
class Names:
    """Names by code, from one cached look-up per vocabulary."""

    types: Mapping[str, str]
    regions: Mapping[str, str]
    departments: Mapping[str, str]
    facilities: Mapping[str, str]
    audiences: Mapping[str, str]


def names_in(language: str) -> Names:
    """Return the names of all vocabularies in ``language``."""
    return Names(
        types=term_names(VenueType, language=language),
        regions=term_names(Region, language=language),
        departments=department_names(),
        facilities=term_names(Facility, language=language),
        audiences=term_names(AudienceGroup, language=language),
    )


def because_of(row: Any) -> Because:
    """Return why a row of the compiled tables, or one computed now, is as it is."""
    return row.because if isinstance(row.because, Because) else Because.from_dict(row.because or {})


def index_url(kind: str, locale_id: int, request: HttpRequest) -> str:
    """Return the address of the index page of a kind; empty where there is none. One look-up per request."""
    cache = request.__dict__.setdefault("_openness_index_urls", {})
    if (kind, locale_id) not in cache:
        index = index_page_for(kind, locale_id, request)
        cache[kind, locale_id] = (index.get_url(request) if index else "") or ""
    return cache[kind, locale_id]


def page_url(kind: str, locale_id: int, slug: str, request: HttpRequest) -> str:
    """Return the public address of an addressed page without loading it; empty where its kind has no index."""
    index = index_url(kind, locale_id, request)
    return f"{index}{slug}/" if index else ""


def notice_refs(ids: Iterable[str], *, locale: Locale, request: HttpRequest) -> dict[str, NoticeRef]:
    """Return title and address of public notices by their public id, in the reader's language where there is one.

    One query, none without ids. A notice that is not public is left out.
    """
    wanted = {int(each) for each in ids if each}
    if not wanted:
        return {}
    source = Locale.get_default()
    keys = OpeningNoticePage.objects.filter(pk__in=wanted).values("translation_key")
    pages = visible(OpeningNoticePage.objects.filter(translation_key__in=keys, locale__in=[source, locale]))
    rows = list(pages.order_by().values_list("pk", "translation_key", "locale_id", "title", "slug"))
    own = {key: row for row in rows for key in [row[1]] if row[2] == locale.pk}
    refs = {}
    for pk, key, *__ in rows:
        if pk in wanted:
            *__, locale_id, title, slug = own.get(key) or next(row for row in rows if row[0] == pk)
            refs[str(pk)] = NoticeRef(title, page_url("notices", locale_id, slug, request))
    return refs


def readers_for(
    entries: Iterable[VenueEntry], rows: Iterable[Any], *, locale: Locale, request: HttpRequest
) -> dict[int, Reader]:
    """Return a reader for each entry by the id of its page; ``rows`` are all openings and days to be explained.

    Two queries and one for the notices; one more in a language other than the source.
    """
    page_ids = [entry.page_id for entry in entries]
    names, restricted = defaultdict(dict), defaultdict(set)
    areas = VenueArea.objects.filter(page__in=page_ids)
    for page_id, key, name, is_public in areas.values_list("page_id", "key", "name", "is_general_public"):
        names[page_id][key] = name
        if not is_public:
            restricted[page_id].add(key)
    notices = notice_refs(
        {(row.because or {}).get("notice", "") for row in rows}, locale=locale, request=request
    )
    translations: dict[int, dict[str, str]] = defaultdict(dict)
    if not locale.is_default:
        wordings = VenueWording.objects.filter(page__in=page_ids)
        for page_id, key, text in wordings.values_list("page_id", "key", "text"):
            translations[page_id][key] = text
    audiences = term_names(AudienceGroup, language=locale.language_code)
    return {
        page_id: Reader(
            language=locale.language_code,
            words=_words(translations[page_id]),
            areas=names[page_id],
            restricted_areas=frozenset(restricted[page_id]),
            notices=notices,
            audiences=audiences,
        )
        for page_id in page_ids
    }


def _words(translations: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: translations.get(wording_key(text), text) if text else ""
