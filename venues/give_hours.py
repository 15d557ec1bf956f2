"""Gives hours to a venue as an editor would in its form: what the import and the copying to many have in common.

Each venue is a transaction of its own, so that one that is refused keeps none of the others from its hours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from openness.accounts.models import User
from openness.core.calendars.days import CityCalendar
from venues import hours
from venues.enums import HoursMode
from venues.hours_checks import serious_problems
from venues.hours_problems import problem_text
from venues.models import VenueArea, VenuePage
from venues.schedules import schedules_of, set_schedules


class Outcome(StrEnum):
    """What became of one venue."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"


class Refused(Exception):
    """The hours were not taken; the message tells an editor why."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a venue is given: the hours it has from now on, and other columns of its page.

    ``schedules`` replace all of its own; ``areas`` are key and name of areas that it does not have yet.
    """

    schedules: tuple[hours.Schedule, ...]
    mode: HoursMode = HoursMode.OWN
    areas: tuple[tuple[str, str], ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)


def may_import(user: User | AnonymousUser) -> bool:
    """Whether there is anything that the person may change or add. The rights are read once per request."""
    return PagePermissionPolicy(VenuePage).user_has_any_permission(user, {"add", "change"})


def editable_venues(user: User | AnonymousUser) -> QuerySet[VenuePage]:
    """Return the venues (source-language pages) whose facts ``user`` may change."""
    policy = PagePermissionPolicy(VenuePage)
    return policy.instances_user_has_permission_for(user, "change").filter(locale=Locale.get_default())


def parents_for_venues(user: User | AnonymousUser) -> list[Page]:
    """Return the pages below which ``user`` may add venues: departments, by title."""
    found: list[Page] = []
    for model in VenuePage.allowed_parent_page_models():
        allowed = PagePermissionPolicy(model).instances_user_has_permission_for(user, "add")
        found += allowed.filter(locale=Locale.get_default())
    return sorted(found, key=lambda page: page.title)


@transaction.atomic
def give_hours(
    venue: VenuePage,
    given_to: Callable[[VenuePage], Given],
    *,
    user: User,
    publish: bool,
    calendar: CityCalendar | None = None,
) -> Outcome:
    """Give a venue its hours as a draft, or publish them. Raises Refused where that cannot be.

    ``given_to`` is asked with the page as its latest draft has it. A venue that has these hours already is left
    alone, so giving twice is giving once. ``calendar`` is that of ``checked_calendar``, for many venues.
    """
    venue = VenuePage.objects.select_for_update().get(pk=venue.pk)
    rights, lock = venue.permissions_for_user(user), venue.get_lock()
    if not rights.can_edit():
        raise Refused(gettext("You may not change this venue."))
    if lock and lock.for_user(user):
        raise Refused(gettext("The page is locked."))
    if publish and not rights.can_publish():
        raise Refused(gettext("You may not publish this venue. Save the hours as a draft."))
    page = venue.get_latest_revision_as_object()
    has_changes = _write(page, given_to(page), calendar)
    if not has_changes and not (publish and not venue.live):
        return Outcome.UNCHANGED
    if publish and venue.live and venue.has_unpublished_changes:
        raise Refused(
            gettext("Somebody has begun to change this page. Save the hours as a draft, and publish there.")
        )
    return _save(page, user=user, publish=publish)


@transaction.atomic
def add_venue(
    parent: Page,
    title: str,
    given: Given,
    *,
    user: User,
    publish: bool,
    calendar: CityCalendar | None = None,
) -> tuple[VenuePage, Outcome]:
    """Add a venue below a department's page, as a draft or published. Raises Refused where that cannot be."""
    rights = parent.permissions_for_user(user)
    if not rights.can_add_subpage():
        raise Refused(gettext("You may not add venues here."))
    if publish and not rights.can_publish_subpage():
        raise Refused(gettext("You may not publish here. Save the venue as a draft."))
    page = VenuePage(title=title, owner=user, live=False, locale=parent.locale)
    _write(page, given, calendar)
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    return page, _save(page, user=user, publish=publish)


def _write(page: VenuePage, given: Given, calendar: CityCalendar | None) -> bool:
    """Write to the page in memory; return whether that changes anything."""
    before = [getattr(page, name) for name in given.columns]
    is_same = schedules_of(page) == given.schedules and page.hours_mode == given.mode
    for key, name in given.areas:
        page.areas.add(VenueArea(key=key, name=name, locale=page.locale, sort_order=page.areas.count()))
    areas = tuple(hours.Area(area.key, area.is_general_public) for area in page.areas.all())
    value = hours.VenueHours(areas=areas, schedules=given.schedules)
    names = {"": "", **{area.key: area.name for area in page.areas.all()}}
    is_used = given.mode == HoursMode.OWN
    if found := serious_problems(value, with_conflicts=is_used, calendar=calendar):
        texts = dict.fromkeys(problem_text(problem, given.schedules, names) for problem in found)
        raise Refused(" ".join(texts))
    if not is_same:
        set_schedules(page, given.schedules)
        page.hours_mode = given.mode
    for name, value_ in given.columns.items():
        setattr(page, name, value_)
    return not is_same or bool(given.areas) or before != [getattr(page, name) for name in given.columns]


def _save(page: VenuePage, *, user: User, publish: bool) -> Outcome:
    try:
        revision = page.save_revision(user=user, log_action=True)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    if not publish:
        return Outcome.DRAFTED
    revision.publish(user=user)
    return Outcome.PUBLISHED
