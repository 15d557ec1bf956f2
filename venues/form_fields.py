"""Form fields whose value is structured: the hours of a venue, and the effects of a notice.

Both travel as JSON in one text area. That text is the whole truth: a script lays a comfortable editor
over it, and without the script it can be read, edited and sent back as it is.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from venues import hours
from venues.enums import Admission
from venues.hours import codec
from venues.hours_problems import shape_problem
from venues.widgets import EffectsWidget, HoursWidget

# Far beyond what any venue has; a longer text is a mistake or an attack.
MAX_LENGTH = 200_000
MAX_ROWS = 500
# Numbers of rows have 64 bits.
MAX_DIGITS = 18

LAYERS_OF_A_VENUE = frozenset({hours.Layer.BASE, hours.Layer.SEASON, hours.Layer.HOLIDAY})


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of a notice as editors enter it; the names are those of ``NoticeEffect``.

    ``last`` None means until further notice. Window times are minutes of each day (Asia/Shanghai).
    ``venue_keys`` names those of the notice's venues that it is about, none for all of them.
    """

    kind: hours.EffectKind
    first: date
    last: date | None = None
    area_key: str = ""
    venue_keys: tuple[int, ...] = ()
    window_opens: int | None = None
    window_closes: int | None = None
    sessions: tuple[hours.Session, ...] = ()


class JsonRowsField(forms.Field):
    """A tuple of dataclass values, entered as JSON. The text that was sent is shown again, whatever it is."""

    item: type

    def prepare_value(self, value: Any) -> str:
        """Return the text for the form: values as JSON, text (what was sent) unchanged."""
        if value is None or isinstance(value, str):
            return value or "[]"
        return json.dumps(codec.encode(tuple(value)), ensure_ascii=False, indent=1)

    def to_python(self, value: Any) -> tuple[Any, ...]:
        """Return the values; raise ValidationError, naming the place, for a text that does not hold any."""
        text = (value or "").strip()
        if not text:
            return ()
        if len(text) > MAX_LENGTH:
            raise ValidationError(_("This is too long to be opening hours."), code="too_long")
        try:
            data = json.loads(text)
            # Half of a surrogate pair is a string that cannot be stored or shown.
            json.dumps(data, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise ValidationError(
                _("This cannot be read. Undo the last change by hand, or reload the page."), code="unreadable"
            ) from None
        try:
            rows = codec.decode(tuple[self.item, ...], data, "rows")  # type: ignore[name-defined]
        except codec.DecodeError as error:
            raise ValidationError(shape_problem(str(error), data), code="unreadable") from None
        if message := _storing_problem(rows):
            raise ValidationError(message, code="unreadable")
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare meanings: the same hours in another spelling are no change."""
        try:
            return self.to_python(data) != tuple(initial or ())
        except ValidationError:
            return True


class HoursField(JsonRowsField):
    """The schedules of a venue, as the engine's values."""

    widget = HoursWidget
    item = hours.Schedule

    def to_python(self, value: Any) -> tuple[hours.Schedule, ...]:
        """Return the schedules; only layers that belong to the venue itself are taken."""
        schedules = super().to_python(value)
        for schedule in schedules:
            of_a_notice = schedule.notice or schedule.announced_on or schedule.first_day
            if schedule.layer not in LAYERS_OF_A_VENUE or of_a_notice:
                raise ValidationError(
                    _("Notices have a page of their own; these are the hours of the venue.")
                )
        return schedules


class EffectsField(JsonRowsField):
    """What a notice does, in order."""

    widget = EffectsWidget
    item = Effect


def _storing_problem(rows: tuple[Any, ...]) -> Any:
    """Return why the database could not hold these values, or nothing."""
    sessions: list[hours.Session] = []
    texts: list[tuple[str, int]] = []
    count = len(rows)
    for row in rows:
        if isinstance(row, Effect):
            texts.append((row.area_key, 40))
            sessions += row.sessions
            minutes = (row.window_opens, row.window_closes)
            if any(minute is not None and not 0 <= minute <= hours.LAST_MINUTE for minute in minutes):
                return _("A time lies outside the day.")
            continue
        texts += [(row.key, 40), (row.area, 40), (row.label, 80)]
        count += len(row.rules)
        for rule in row.rules:
            texts += [(rule.key, 40), (rule.label, 120)]
            sessions += rule.sessions
    for session in sessions:
        texts += [(session.condition, 120), (session.audience, 40)]
        if session.admission not in {"", *Admission.values}:
            return _("The price of a period is none of those to choose from.")
    if count + len(sessions) > MAX_ROWS:
        return _("These are more rules than a venue can have.")
    if any(len(text) > length or "\x00" in text for text, length in texts):
        return _("A name, reason or condition is too long. Shorten it to 80 characters.")
    return None


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by their numbers; a number that no database can hold is refused like one that is not there."""

    def _check_values(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else ():
            if isinstance(each, str) and each.isdecimal() and len(each) > MAX_DIGITS:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": each[:MAX_DIGITS]},
                )
        return super()._check_values(value)  # type: ignore[misc]  # the stubs leave it out
