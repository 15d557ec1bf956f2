"""What has to be true of an activity before it is published. Errors stand at the field that has to change."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from news.enums import ActivityKind, Registration, SessionState
from venues.enums import Admission

if TYPE_CHECKING:
    from news.activity_forms import ActivityPageForm

LONGEST = timedelta(hours=24)
LONGEST_EXHIBITION = timedelta(days=366)
WITHOUT_PRICE = frozenset({Admission.FREE, Admission.UNKNOWN})


def check_activity(form: "ActivityPageForm") -> None:
    """Check what fields of the page say about each other, and that nothing is missing that readers need."""
    entered = form.cleaned_data
    if not entered.get("source") and "source" in form.fields:
        _refuse(form, "source", _("Say who says so: government information names its source."))
    if entered.get("price") is not None and entered.get("admission") in WITHOUT_PRICE:
        _refuse(form, "price", _("A price contradicts this admission. Change one of them."))
    if entered.get("price") is not None and entered["price"] < 0:
        _refuse(form, "price", _("A price is not below zero."))
    is_required = entered.get("registration") == Registration.REQUIRED
    if is_required and not entered.get("registration_rule") and not entered.get("registration_url"):
        _refuse(form, "registration_rule", _("Say how to register, or where."))
    if entered.get("kind") == ActivityKind.LIVE and not entered.get("live_url"):
        _refuse(form, "live_url", _("Say where to watch the live stream."))


def check_sessions(form: "ActivityPageForm") -> None:
    """Check each session: when, where, and why it changed."""
    sessions = form.session_forms
    if not sessions:
        form.add_error(
            None, ValidationError(_("Enter at least one session: when and where."), code="sessions")
        )
    is_live = bool(form.cleaned_data.get("live_url"))
    is_exhibition = form.cleaned_data.get("kind") == ActivityKind.EXHIBITION
    for session in sessions:
        _check_times(session, LONGEST_EXHIBITION if is_exhibition else LONGEST)
        _check_place(session, is_live=is_live)
        entered = session.cleaned_data
        if entered.get("state") != SessionState.SCHEDULED and not entered.get("state_note"):
            _refuse(session, "state_note", _("Say why, and when it takes place instead."))


def _check_times(session: Any, longest: timedelta) -> None:
    starts, ends = session.cleaned_data.get("starts_at"), session.cleaned_data.get("ends_at")
    if not starts or not ends:
        return
    if ends <= starts:
        _refuse(session, "ends_at", _("The end lies before the start. Choose a later time."))
    elif ends - starts > longest:
        _refuse(
            session,
            "ends_at",
            _("An exhibition lasts a year at most, any other session 24 hours. Enter each day as a session."),
        )


def _check_place(session: Any, *, is_live: bool) -> None:
    entered = session.cleaned_data
    venue, area = entered.get("venue"), entered.get("area_key")
    if venue is None and area:
        _refuse(session, "area_key", _("An area belongs to a venue. Choose the venue."))
    elif area and area not in {each.key for each in venue.areas.all()}:
        _refuse(session, "area_key", _("The venue has no area with this key."))
    has_place = bool(entered.get("region") and entered.get("place"))
    if venue is None and not has_place and not is_live:
        _refuse(session, "venue", _("Say where: choose a venue, or a region and write the place."))
    if (entered.get("longitude") is None) != (entered.get("latitude") is None):
        _refuse(session, "longitude", _("Give both longitude and latitude, or neither."))
    elif entered.get("longitude") is not None and not entered.get("datum"):
        _refuse(
            session,
            "datum",
            _("Say in which system the coordinates are; maps shift them by hundreds of metres."),
        )


def _refuse(form: Any, name: str, message: Any) -> None:
    form.add_error(name if name in form.fields else None, ValidationError(message))
