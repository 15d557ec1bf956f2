"""The rows of public pages, made of what they say; nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from openness.core import clock
from openness.core.models import BasePage
from openness.departments.models import Region
from openness.departments.selectors import SOURCE_LANGUAGE, departments_of
from search.facts.attachments import public_texts
from search.facts.rooms import ROOMS
from search.facts.saying import Names, Saying, codes_of
from search.models import SearchEntry

HELD = [
    field.attname for field in SearchEntry._meta.concrete_fields if field.attname not in {"digest", "indexed"}
]


class Found(NamedTuple):
    """The unsaved row of a page, and the keys of all files it offers, with text or without."""

    entry: SearchEntry
    documents: frozenset[int]


def entries_of(pages: Iterable[Page]) -> list[Found]:
    """Return the rows of public pages, which come with all their public translations.

    The number of queries depends on how many types there are among the pages, not on how many pages.
    """
    sayings = _sayings(list(pages))
    files = {key for each in sayings for key in each.all_documents()}
    texts = public_texts(files)
    endings = _endings(each.page for each in sayings)
    languages: dict[UUID, set[str]] = defaultdict(set)
    for each in sayings:
        languages[each.page.translation_key].add(each.language)
    return [
        Found(
            _entry(each, texts, endings[each.page.path], languages[each.page.translation_key]),
            frozenset(each.all_documents()),
        )
        for each in sayings
    ]


def digest_of(entry: SearchEntry) -> str:
    """Return the digest of all that a row holds."""
    held = [getattr(entry, name) for name in HELD]
    return sha256(dumps(held, default=str, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _sayings(pages: list[Page]) -> list[Saying]:
    """Return what the pages say, read type by type."""
    keys: dict[type[BasePage], list[int]] = defaultdict(list)
    types = ContentType.objects.get_for_models(*ROOMS)
    models = {types[model].pk: model for model in ROOMS}
    for page in pages:
        if model := models.get(page.content_type_id):
            keys[model].append(page.pk)
    found: list[Saying] = []
    for model, room in ROOMS.items():
        if model not in keys:
            continue
        own = model._default_manager.filter(pk__in=keys[model]).select_related("locale", *room.related)
        found += _of_room(list(own.order_by("pk")))
    regions = Names(Region, (code for each in found for code in codes_of(each.region_lineage)))
    for each in found:
        each.names += regions(reversed(codes_of(each.region_lineage)), each.language)
    return found


def _of_room(pages: list[BasePage]) -> list[Saying]:
    facts_on = {page.translation_key: page for page in pages if page.locale.language_code == SOURCE_LANGUAGE}
    departments = departments_of([*pages, *facts_on.values()])
    sayings = []
    for page in pages:
        source = facts_on.get(page.translation_key, page)
        department = departments[source.path]
        saying = Saying(page, source, page.locale.language_code, department)
        if department:
            saying.names += [department.name, department.short_name]
            saying.region_lineage = department.region.lineage if department.region else ""
        if page.first_public_at:
            saying.dated = clock.local(page.first_public_at).date()
            saying.year = saying.dated.year
        sayings.append(saying)
    ROOMS[type(pages[0])].read(sayings)
    return sayings


def _endings(pages: Iterable[BasePage]) -> dict[str, datetime | None]:
    """Return when each page ceases to be public, by its path: with the first of itself and its ancestors."""
    step = Page.steplen
    lines = {page.path: [page.path[:end] for end in range(step, len(page.path) + 1, step)] for page in pages}
    above = {path for line in lines.values() for path in line}
    ending = Page.objects.filter(path__in=above, expire_at__isnull=False)
    known = dict(ending.values_list("path", "expire_at"))
    return {
        path: min((known[each] for each in line if each in known), default=None)
        for path, line in lines.items()
    }


def _entry(
    saying: Saying, texts: dict[int, tuple[str, str]], ends: datetime | None, languages: set[str]
) -> SearchEntry:
    page, room = saying.page, ROOMS[type(saying.page)]
    attachments = [
        {"document": key, "title": title or texts[key][0], "text": texts[key][1]}
        for key, title in saying.all_documents().items()
        if key in texts
    ]
    entry = SearchEntry(
        page_id=page.pk,
        kind=room.kind,
        language=saying.language,
        untranslated=" ".join(code for code, __ in settings.LANGUAGES if code not in languages),
        title=page.title,
        names="\n".join(dict.fromkeys(filter(None, (name.strip() for name in saying.names)))),
        number=saying.number,
        summary=page.summary,
        text=saying.text(),
        attachments=attachments,
        department_code=saying.department.code if saying.department else "",
        region_lineage=saying.region_lineage,
        topic_code=saying.topic_code,
        admission=saying.admission,
        validity=saying.validity,
        dated=saying.dated,
        year=saying.year,
        expires_at=ends,
    )
    entry.digest = digest_of(entry)
    return entry
