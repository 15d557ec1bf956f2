"""What has to be true of a notice before it is published.

``check_rights`` holds for drafts too; the others are for what is published or handed in for review.
All of them add errors to the form, at the field that has to change.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import formats
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.core.calendars.days import city_calendar, days_between
from openness.core.gate import visible
from openness.departments.people import is_of_office
from venues import hours
from venues.compile import concerned_venues, published_hours
from venues.enums import EffectKind
from venues.form_fields import Effect
from venues.hours_checks import CHECKED_DAYS
from venues.hours_problems import problem_text
from venues.models import OpeningNoticePage, VenuePage
from venues.notice_form import effects_of
from venues.schedules import notice_schedules

if TYPE_CHECKING:
    from venues.forms import NoticePageForm

# 《公共文化体育设施条例》 Art. 18: who closes for repair announces it seven days ahead.
DAYS_AHEAD = 7
# The notice being edited; numbers of pages are never this.
THIS_NOTICE = "this"
# More venues than this are not named one by one in a message.
NAMED_AT_MOST = 5


def check_rights(form: "NoticePageForm") -> None:
    """Only the city office writes notices for whole selections. (Named venues are checked by their field.)"""
    user = form.for_user
    if form.is_selection and user is not None and not is_of_office(user):
        form.add_error(
            "scope" if "scope" in form.fields else None,
            ValidationError(
                _("Only the city office writes notices for whole regions, types or departments."),
                code="scope",
            ),
        )


def check_complete(form: "NoticePageForm", *, today: date) -> None:
    """Add an error for everything that is missing or makes no sense by itself."""
    entered = form.cleaned_data
    effects: Sequence[Effect] = entered.get("effects", ())
    if "effects" in entered and not effects:
        form.add_error(
            "effects",
            ValidationError(
                _("Say what happens: a notice without an effect changes nothing."), code="no_effect"
            ),
        )
    for number, effect in enumerate(effects, start=1):
        for message in _effect_problems(effect):
            place = _("Change %(number)d") % {"number": number} if len(effects) > 1 else ""
            form.add_error(
                "effects",
                ValidationError(f"{place}{gettext(': ')}{message}" if place else message, code="effect"),
            )
    if form.is_selection:
        if not (entered.get("scope_region") or entered.get("types") or entered.get("departments")):
            form.add_error(
                "scope",
                ValidationError(
                    _("Choose a region, types or departments: a notice for everything is a mistake."),
                    code="no_target",
                ),
            )
    elif "venues" in entered and not entered["venues"]:
        form.add_error("venues", ValidationError(_("Choose at least one venue."), code="no_target"))
    _check_areas(form, effects)
    _check_venues(form, effects)
    _check_time_ahead(form, effects, today)


def _effect_problems(effect: Effect) -> list[str]:
    """Return what is wrong with one effect, as sentences."""
    if effect.last is not None and effect.last < effect.first:
        return [gettext("The last day lies before the first.")]
    if effect.kind == EffectKind.CLOSE:
        if effect.sessions:
            return [gettext("A closure has no opening hours. Choose “change hours” instead.")]
        if (effect.window_opens is None) != (effect.window_closes is None):
            return [gettext("Give both times, or neither for the whole day.")]
        if (
            effect.window_opens is not None
            and effect.window_closes is not None
            and effect.window_closes <= effect.window_opens
        ):
            return [gettext("It ends before it begins.")]
        return []
    if not effect.sessions:
        return [gettext("Say at what times it is open.")]
    schedule = effect_schedule(effect, key="effect", label="", is_emergency=False)
    value = hours.VenueHours(
        areas=(hours.Area(effect.area_key),) if effect.area_key else (), schedules=(schedule,)
    )
    return [
        problem_text(each, (schedule,), {"": ""})
        for each in hours.problems(value, city_calendar(effect.first, effect.first), ())
    ]


def _check_areas(form: "NoticePageForm", effects: Sequence[Effect]) -> None:
    wanted = {effect.area_key for effect in effects if effect.area_key}
    if not wanted:
        return
    if form.is_selection:
        form.add_error(
            "effects",
            ValidationError(_("A notice for a selection of venues concerns them as a whole."), code="area"),
        )
        return
    for venue in form.cleaned_data.get("venues", ()):
        concerning = {each.area_key for each in effects if not each.venue_keys or venue.pk in each.venue_keys}
        for key in sorted((wanted & concerning) - {area.key for area in venue.areas.all()}):
            message = _("%(venue)s has no area “%(area)s”. Leave the venue out, or choose the whole venue.")
            form.add_error(
                "effects", ValidationError(message, code="area", params={"venue": venue.title, "area": key})
            )


def _check_venues(form: "NoticePageForm", effects: Iterable[Effect]) -> None:
    """A change for some of the venues is for venues that the notice names."""
    named = set() if form.is_selection else {venue.pk for venue in form.cleaned_data.get("venues", ())}
    strangers = {key for effect in effects for key in effect.venue_keys} - named
    if strangers and "venues" not in form.errors:
        titles = VenuePage.objects.filter(pk__in=strangers).values_list("title", flat=True)
        message = _(
            "A change is for %(venues)s only, which the notice does not name. Tick it, or remove the change."
        )
        words = {"venues": "、".join(titles) or "、".join(map(str, sorted(strangers)))}
        form.add_error("venues", ValidationError(message, code="effect_elsewhere", params=words))


def _check_time_ahead(form: "NoticePageForm", effects: Iterable[Effect], today: date) -> None:
    """A closure that begins within seven days says why, unless it is an emergency or public already.

    The law knows two reasons: force majeure, and a matter that could not wait. Both are told with their cause.
    """
    entered = form.cleaned_data
    missing = [name for name in ("urgent_kind", "urgent_reason") if not entered.get(name)]
    if entered.get("is_emergency") or not missing:
        return
    page = form.instance
    public = set(effects_of(OpeningNoticePage.objects.get(pk=page.pk))) if page.pk and page.live else set()
    closures = [effect for effect in effects if effect.kind == EffectKind.CLOSE and effect not in public]
    if any(effect.first < today + timedelta(days=DAYS_AHEAD) for effect in closures):
        message = _(
            "Closures are announced seven days ahead (《公共文化体育设施条例》 Art. 18). "
            "This one begins earlier: choose force majeure or urgent and say why, or mark it as an emergency."
        )
        form.add_error(missing[0], ValidationError(message, code="seven_days"))


# ---------------------------------------------------------------------------------------------------
# Other notices


def check_against_others(form: "NoticePageForm", *, today: date) -> None:
    """Add errors where the notice contradicts another one, or replaces one that it has nothing to do with.

    The page holds the entered effects and targets already; other fields are read from the form.
    """
    page, entered = form.instance, form.cleaned_data
    page.scope, page.scope_region = entered.get("scope", page.scope), entered.get("scope_region")
    venues = concerned_venues(page)
    superseded = entered.get("supersedes")
    if superseded is not None and not _may_supersede(page, superseded, venues):
        form.add_error(
            "supersedes",
            ValidationError(
                _("Only an earlier notice about one of the same venues can be replaced or ended."),
                code="supersedes",
            ),
        )
        return
    for message in _conflicts(page, entered, venues, today):
        form.add_error("effects", ValidationError(message, code="conflict"))


def _may_supersede(
    page: OpeningNoticePage, superseded: OpeningNoticePage, venues: QuerySet[VenuePage]
) -> bool:
    is_earlier = superseded.pk != page.pk and superseded.live and superseded.withdrawn_at is None
    if is_earlier and page.first_public_at and superseded.first_public_at:
        is_earlier = superseded.first_public_at < page.first_public_at
    return is_earlier and concerned_venues(superseded).filter(pk__in=venues.values("pk")).exists()


def entered_schedules(entered: dict[str, Any], venue: VenuePage | None = None) -> tuple[hours.Schedule, ...]:
    """Return what the entered effects do, at ``venue`` only where one is given; ValueError for an incomplete one."""
    return tuple(
        effect_schedule(
            effect,
            key=f"notice-{THIS_NOTICE}-{number}",
            label=str(entered.get("reason", "")),
            is_emergency=bool(entered.get("is_emergency")),
        )
        for number, effect in enumerate(entered["effects"])
        if venue is None or not effect.venue_keys or venue.pk in effect.venue_keys
    )


def effect_schedule(effect: Effect, *, key: str, label: str, is_emergency: bool) -> hours.Schedule:
    """Return one entered effect as a schedule of the engine; ValueError when it makes no sense."""
    window = None
    if effect.window_opens is not None and effect.window_closes is not None:
        window = (effect.window_opens, effect.window_closes)
    return hours.effect_schedule(
        effect.kind,
        key=key,
        notice=THIS_NOTICE,
        first=effect.first,
        last=effect.last,
        area=effect.area_key,
        window=window if effect.kind == EffectKind.CLOSE else None,
        sessions=effect.sessions,
        layer=hours.Layer.EMERGENCY if is_emergency else hours.Layer.NOTICE,
        announced_on=clock.today(),
        label=label,
    )


def hours_with(venue: VenuePage, page: OpeningNoticePage, entered: dict[str, Any]) -> hours.VenueHours:
    """Return the venue's hours as they would be with the edited notice: its older self and what it replaces gone."""
    schedules = entered_schedules(entered)
    superseded = entered.get("supersedes")
    current = published_hours(venue, drop=page)
    kept = current.schedules
    if superseded is not None:
        kept = tuple(schedule for schedule in kept if schedule.notice != str(superseded.pk))
        first = min(
            (rule.matcher.first for each in schedules for rule in each.rules if rule.matcher.first),
            default=clock.today(),
        )
        kept += notice_schedules(superseded, until=first - timedelta(days=1), venue=venue.pk)
    added = entered_schedules(entered, venue)
    return hours.VenueHours(mode=current.mode, areas=current.areas, schedules=(*kept, *added))


def _conflicts(
    page: OpeningNoticePage, entered: dict[str, Any], venues: QuerySet[VenuePage], today: date
) -> list[str]:
    """Return a message for each other notice, and for the notice itself, that says another thing of the same day."""
    days = _days_of(entered_schedules(entered), today)
    if not days:
        return []
    calendar = city_calendar(days[0], days[-1])
    messages: dict[tuple[str, ...], tuple[date, list[str]]] = {}
    for venue in _venues_to_check(page, entered, venues):
        value = hours_with(venue, page, entered)
        by_key = {schedule.key: schedule for schedule in value.schedules}
        for problem in hours.problems(value, calendar, days):
            if problem.code != "conflict":
                continue
            pair = tuple(
                by_key[problem.params[side].partition("/")[0]].notice for side in ("first", "second")
            )
            if THIS_NOTICE in pair:
                messages.setdefault(pair, (date.fromisoformat(problem.params["date"]), []))[1].append(
                    venue.title
                )
    return [_conflict_text(pair, day, titles) for pair, (day, titles) in messages.items()]


def _venues_to_check(
    page: OpeningNoticePage, entered: dict[str, Any], venues: QuerySet[VenuePage]
) -> list[VenuePage]:
    """Return the venues that another notice concerns, and one more that tells whether this one is at odds with itself.

    A notice that does different things at its venues may be so at any of them.
    """
    if any(effect.venue_keys for effect in entered["effects"]):
        return list(venues.order_by("title"))
    others = visible(OpeningNoticePage.objects.exclude(pk=page.pk).filter(withdrawn_at=None))
    candidates = list(venues.filter(notices__notice__in=others).distinct().order_by("title"))
    first = venues.order_by("title").first()
    return [*candidates, *([first] if first and first not in candidates else [])]


def _days_of(schedules: Iterable[hours.Schedule], today: date) -> list[date]:
    """Return the days, from today on and at most 400 ahead, on which the notice changes anything."""
    end = today + timedelta(days=CHECKED_DAYS - 1)
    found: set[date] = set()
    for schedule in schedules:
        for rule in schedule.rules:
            if rule.matcher.first is not None:
                found |= set(days_between(max(rule.matcher.first, today), min(rule.matcher.last or end, end)))
    return sorted(found)


def _conflict_text(pair: tuple[str, ...], day: date, venues: list[str]) -> str:
    other = next((notice for notice in pair if notice != THIS_NOTICE), None)
    words = {
        "date": formats.date_format(day, "DATE_FORMAT"),
        "venue": "、".join(dict.fromkeys(venues[:NAMED_AT_MOST])),
    }
    if other is None:
        return gettext("Two changes of this notice say different things about %(date)s (%(venue)s).") % words
    title = OpeningNoticePage.objects.filter(pk=other).values_list("title", flat=True).first() or other
    more = len(set(venues)) - NAMED_AT_MOST
    if more > 0:
        words["venue"] = ngettext("%(venues)s and %(more)d more", "%(venues)s and %(more)d more", more) % {
            "venues": words["venue"],
            "more": more,
        }
    return gettext(
        "This notice and “%(notice)s” say different things about %(date)s (%(venue)s). "
        "If this one takes its place, choose the other below as the earlier notice that it replaces."
    ) % {**words, "notice": title}
