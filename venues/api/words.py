"""Names, areas and reasons for all venues of an answer at once, in one language.

Each class here has a fixed number of queries, whatever the number of venues.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Locale

from venues import hours
from venues.api import schemas
from venues.enums import HoursMode
from venues.models import Schedule, VenueArea, VenueEntry, VenuePage, VenueWording
from venues.presentation.reader import NoticeRef, names_in, notice_refs, page_url
from venues.selectors import public_entries
from venues.wording import Season, because_text, term
from venues.wordings import wording_key

# The layer of a reason that is no rule: the venue is no more, or not yet.
LIFE = "life"


class Reader:
    """Writes about some venues (entries in the source language) in one language."""

    def __init__(self, request: HttpRequest, entries: Iterable[VenueEntry], language: str) -> None:
        self.request = request
        self.language = language
        sources = list(entries)
        shown = {entry.venue_id: entry for entry in sources}
        self.locale = Locale.objects.filter(language_code=language).first() or Locale.get_default()
        if not self.locale.is_default:
            shown |= {
                entry.venue_id: entry for entry in public_entries(locale=self.locale).filter(venue__in=shown)
            }
        self.entries = shown

    @cached_property
    def _names(self) -> dict[str, Mapping[str, str]]:
        names = names_in(self.language)
        return {
            "type": names.types,
            "region": names.regions,
            "department": names.departments,
            "facility": names.facilities,
            "audience": names.audiences,
        }

    def named(self, vocabulary: str, code: str) -> schemas.Named:
        """Return a code with its name."""
        return schemas.Named(code=code, name=self._names[vocabulary].get(code, code))

    def named_or_none(self, vocabulary: str, code: str) -> schemas.Named | None:
        """Return a code with its name; None for no code."""
        return self.named(vocabulary, code) if code else None

    @cached_property
    def _areas(self) -> dict[int, dict[str, schemas.Area]]:
        """Areas by venue: keys and rights from the source page, names from the page that is shown."""
        venue_of = {entry.page_id: venue_id for venue_id, entry in self.entries.items()}
        pages = {*venue_of, *self.entries}
        areas: dict[int, dict[str, schemas.Area]] = defaultdict(dict)
        rows = list(VenueArea.objects.filter(page__in=pages).order_by("sort_order", "pk"))
        for row in sorted(rows, key=lambda row: row.page_id not in self.entries):
            of_venue = areas[row.page_id if row.page_id in self.entries else venue_of[row.page_id]]
            is_public = of_venue[row.key].is_general_public if row.key in of_venue else row.is_general_public
            of_venue[row.key] = schemas.Area(key=row.key, name=row.name, is_general_public=is_public)
        return areas

    def areas(self, venue_id: int) -> list[schemas.Area]:
        """Return the named areas of a venue."""
        return list(self._areas.get(venue_id, {}).values())

    def area_name(self, venue_id: int, key: str) -> str:
        """Return the name of an area; empty for the venue as a whole."""
        area = self._areas.get(venue_id, {}).get(key)
        return area.name if area else key

    def restricted_areas(self, venue_id: int) -> set[str]:
        """Return the keys of areas that are not for the general public."""
        return {area.key for area in self.areas(venue_id) if not area.is_general_public}

    def url(self, venue_id: int) -> str:
        """Return the absolute address of a venue's page."""
        entry = self.entries[venue_id]
        return self.request.build_absolute_uri(page_url("venues", entry.locale_id, entry.slug, self.request))

    def link(self, venue_id: int) -> schemas.VenueLink:
        """Return a venue in a line."""
        entry = self.entries[venue_id]
        return schemas.VenueLink(code=entry.code, title=entry.title, url=self.url(venue_id))

    def brief(self, venue_id: int) -> dict[str, Any]:
        """Return the fields of ``schemas.VenueBrief``."""
        entry = self.entries[venue_id]
        return {
            "code": entry.code,
            "title": entry.title,
            "url": self.url(venue_id),
            "summary": entry.summary,
            "type": self.named_or_none("type", entry.type_code),
            "region": self.named_or_none("region", entry.region_code),
            "department": self.named_or_none("department", entry.department_code),
            "admission": entry.admission,
            "address": entry.address_text,
            "phone": entry.phone,
            "longitude": entry.longitude,
            "latitude": entry.latitude,
            "facilities": [self.named("facility", code) for code in _codes(entry.facility_codes)],
            "kinds": _codes(entry.kinds),
            "checked_on": entry.checked_on,
        }


def _codes(barred: str) -> list[str]:
    return [code for code in barred.split("|") if code]


# ---------------------------------------------------------------------------------------------------
# Reasons


class Reasons:
    """Writes the reasons behind openings and days of a reader's venues."""

    def __init__(self, reader: Reader, becauses: Iterable[hours.Because | dict | None]) -> None:
        self._reader = reader
        ids = {_because(each).notice for each in becauses if each} - {""}
        self._notices = notice_refs(ids, locale=reader.locale, request=reader.request)

    @cached_property
    def _words(self) -> dict[tuple[int, str], str]:
        """Translated words of the venues' rows, by page and key."""
        pages = [
            entry.page_id for venue_id, entry in self._reader.entries.items() if entry.page_id != venue_id
        ]
        rows = (
            VenueWording.objects.filter(page__in=pages).values_list("page_id", "key", "text") if pages else []
        )
        return {(page_id, key): text for page_id, key, text in rows}

    @cached_property
    def _seasons(self) -> dict[tuple[int, str], Season]:
        """Seasons that come back every year, by venue and key of the schedule; a branch has its parent's."""
        venues = VenuePage.objects.filter(pk__in=self._reader.entries)
        branches = venues.filter(hours_mode=HoursMode.SAME_AS_PARENT, parent_venue__isnull=False)
        parents = dict(branches.values_list("pk", "parent_venue_id"))
        rows = Schedule.objects.filter(
            Q(page__in=self._reader.entries) | Q(page__in=parents.values())
        ).exclude(annual_from="")
        found = {
            (row.page_id, row.key): Season(_month_day(row.annual_from), _month_day(row.annual_to))
            for row in rows
        }
        of_branches = {
            (branch, key): season
            for branch, parent in parents.items()
            for (page_id, key), season in found.items()
            if page_id == parent
        }
        return found | of_branches

    def words(self, venue_id: int, text: str) -> str:
        """Return the words of a row in the reader's language where they are translated."""
        return (
            self._words.get((self._reader.entries[venue_id].page_id, wording_key(text)), text) if text else ""
        )

    def or_none(
        self, venue_id: int, because: hours.Because | dict | None, *, status: str, kind: str = "regular"
    ) -> schemas.Because | None:
        """Return the reason, or None without one."""
        return None if because is None else self(venue_id, because, status=status, kind=kind)

    def __call__(
        self, venue_id: int, because: hours.Because | dict, *, status: str, kind: str = "regular"
    ) -> schemas.Because:
        """Return the reason for a day or opening with this status."""
        value = _because(because)
        notice = self._notices.get(value.notice)
        if value.layer == LIFE:
            text = term(f"life.{value.rule}", self._reader.language)
        else:
            text = because_text(
                value,
                language=self._reader.language,
                status=status,
                kind=kind,
                words=lambda label: self.words(venue_id, label),
                notice_title=notice.title if notice else "",
                season=self._seasons.get((venue_id, value.schedule)),
            )
        return schemas.Because(
            text=text,
            layer=value.layer,
            schedule=value.schedule,
            rule=value.rule,
            label=self._reader.entries[venue_id].page.life_note
            if value.layer == LIFE
            else self.words(venue_id, value.label),
            notice=self._notice(value.notice, notice) if value.notice else None,
            overrode=list(value.overrode),
        )

    def _notice(self, number: str, notice: NoticeRef | None) -> schemas.Notice:
        if notice is None:
            return schemas.Notice(id=number, title="", url="")
        url = self._reader.request.build_absolute_uri(notice.url)
        return schemas.Notice(id=number, title=notice.title, url=url)


def _because(because: hours.Because | dict) -> hours.Because:
    return hours.Because.from_dict(because) if isinstance(because, dict) else because


def _month_day(text: str) -> tuple[int, int]:
    month, __, day = text.partition("-")
    return int(month), int(day)
