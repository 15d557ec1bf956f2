"""Why a venue is open or closed on a day, told in full: for the people who look after the hours."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Locale

from openness.core.calendars.days import city_calendar
from openness.core.dates import minute_label, weekday_label
from openness.departments.models import AudienceGroup
from openness.departments.selectors import term_names
from venues import hours
from venues.history import PublishedDay, Standing, published_on
from venues.hours import Because
from venues.models import OpeningNoticePage, VenueArea, VenuePage
from venues.presentation.reader import NoticeRef, Reader
from venues.presentation.status import explain
from venues.presentation.week import holiday_names
from venues.published import published_hours, resolved_days
from venues.wording import Hours, Season, announced_label, sessions_text, term

INDENT = "    "
_NOTHING_PUBLISHED = {
    Standing.NOT_YET_PUBLIC: gettext_lazy(
        "Nothing was published for that day: there were no public hours yet."
    ),
    Standing.WITHDRAWN: gettext_lazy("Nothing was published for that day: the hours were not public then."),
    Standing.BEYOND: gettext_lazy("Nothing is published for that day yet: it lies too far ahead."),
}


def venue_named(name: str) -> VenuePage:
    """Return the source-language page of the venue with this code, key or slug, tried in this order.

    Raises LookupError, whose message says what is the matter.
    """
    venues = VenuePage.objects.filter(locale=Locale.get_default())
    for field in ("code", "pk", "slug"):
        if field == "pk" and not (name.isascii() and name.isdigit()):
            continue
        found = list(venues.filter(**{field: name})[:2])
        if len(found) > 1:
            raise LookupError(gettext("Several venues have the slug “%(name)s”.") % {"name": name})
        if found:
            return found[0]
    raise LookupError(gettext("No venue has the code, key or slug “%(name)s”.") % {"name": name})


def explanation(venue: VenuePage, day: date, language: str) -> list[str]:
    """Return lines that tell, for each area of the venue, what the day is and why, and what was published for it.

    ``venue`` is the source-language page; the hours are its public ones, with the notices on top.
    """
    own = published_hours(venue)
    days = resolved_days(own, day, day, city_calendar(day, day))
    published = published_on(venue, day)
    becauses = [*(each.because for each in days), *(span.because for each in days for span in each.spans)]
    teller = _Teller(_reader(venue, own, becauses, language))
    holiday = holiday_names(day, day, language).get(day, "")
    head = [f"{venue.title} ({venue.code})", day.isoformat(), weekday_label(day, language), holiday]
    lines = [" ".join(filter(None, head))]
    openings = hours.openings_of(days, own.areas)
    for each in days:
        lines += teller.day(each, [opening for opening in openings if opening.area_key == each.area])
    return lines + teller.published(published)


def _reader(venue: VenuePage, own: hours.VenueHours, becauses: Iterable[Because], language: str) -> Reader:
    keys = {int(because.notice) for because in becauses if because.notice}
    titles = OpeningNoticePage.objects.filter(pk__in=keys).values_list("pk", "title")
    return Reader(
        language=language,
        areas=dict(VenueArea.objects.filter(page=venue).values_list("key", "name")),
        notices={str(pk): NoticeRef(title, "") for pk, title in titles},
        audiences=term_names(AudienceGroup, language=language),
        seasons={
            schedule.key: Season(schedule.annual_from, schedule.annual_to)
            for schedule in own.schedules
            if schedule.annual_from and schedule.annual_to
        },
    )


class _Teller:
    """Puts days into lines, in the words of one reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def day(self, day: hours.Day, openings: Sequence[hours.Opening]) -> list[str]:
        """What the area is on the day, and every rule and notice behind it."""
        lines = [self._what(day.area, day.status, openings)]
        if day.provisional:
            lines.append(INDENT + term("provisional", self.reader.language))
        for conflict in day.conflicts:
            names = {"first": conflict.first.name, "second": conflict.second.name}
            lines.append(INDENT + gettext("%(first)s and %(second)s contradict each other.") % names)
        lines += self._why(day.because, day.date, str(day.status), openings)
        for opening in openings:
            if opening.because.name != day.because.name:
                lines.append(INDENT + self._times([opening]))
                lines += [INDENT + line for line in self._why(opening.because, day.date, "open", [opening])]
        return lines

    def published(self, published: PublishedDay) -> list[str]:
        """What readers were told, and by which version of the hours."""
        if published.version is None or published.standing in _NOTHING_PUBLISHED:
            return [str(_NOTHING_PUBLISHED[published.standing])]
        version = {"number": published.number, "at": minute_label(published.version.published_at)}
        lines = [gettext("Published for that day, in version %(number)s of %(at)s:") % version]
        for day in published.days:
            openings = [each for each in published.openings if each.area_key == day.area_key]
            lines.append(INDENT + self._what(day.area_key, day.status, openings))
        return lines

    def _what(self, area: str, status: str, openings: Sequence[hours.Opening]) -> str:
        name = self.reader.areas.get(area, area) or term("area.whole", self.reader.language)
        is_open = status == hours.DayStatus.OPEN
        what = [] if is_open else [term(f"day.{status}", self.reader.language)]
        what += [self._times(openings)] if openings else []
        return gettext("%(area)s: %(what)s") % {"area": name, "what": " ".join(what)}

    def _times(self, openings: Sequence[hours.Opening]) -> str:
        return sessions_text([self._stretch(each) for each in openings], self.reader.language)

    def _stretch(self, opening: hours.Opening) -> Hours:
        midnight, minute = hours.instant(opening.business_date, 0), timedelta(minutes=1)
        return Hours(
            opens=(opening.opens_at - midnight) // minute,
            closes=(opening.closes_at - midnight) // minute,
            last_entry=(opening.last_entry_at - midnight) // minute,
            state=opening.state,
            kind=opening.kind,
            audience=self.reader.audiences.get(opening.audience_code, opening.audience_code),
        )

    def _why(self, because: Because, day: date, status: str, openings: Sequence[hours.Opening]) -> list[str]:
        kind = str(openings[0].kind) if openings else "regular"
        reason, __ = explain(because, status=status, kind=kind, reader=self.reader)
        lines = [gettext("Why: %(reason)s") % {"reason": reason}] if reason else []
        if because.schedule:
            rule = {"name": because.name if because.rule else because.schedule, "layer": because.layer}
            lines.append(gettext("Rule: %(name)s (%(layer)s)") % rule)
        if because.overrode:
            lines.append(gettext("Overrode: %(names)s") % {"names": ", ".join(because.overrode)})
        if notice := self.reader.notice_of(because):
            announced = announced_label(because.announced_on, day, self.reader.language)
            told = " ".join(filter(None, [notice.title, str(because.announced_on or ""), announced]))
            lines.append(gettext("Notice: %(notice)s") % {"notice": told})
        return [INDENT + line for line in lines]
