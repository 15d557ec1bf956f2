"""Publications that are dated back leave a trace, whatever path they take.

To forge the time of publication fails a whole site at inspection (国办秘函〔2019〕19号); to enter when a
page was public elsewhere is honest work. The log of the page tells the two apart: it says who dated what.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from openness.core import clock
from openness.core.dates import minute_label

if TYPE_CHECKING:
    from openness.core.models import BasePage

BACKDATED = "openness.backdate"
# An editor writes minutes, and publishes seconds after the page was stamped.
TOLERANCE = timedelta(minutes=1)


@dataclass(frozen=True)
class DateChange:
    """The time of publication as it was (None where there was none) and as it is now."""

    old: datetime | None
    new: datetime | None


def change_of(page: "BasePage", update_fields: Iterable[str] | None) -> DateChange | None:
    """Return what saving ``page`` changes about a publication; None if nothing. One query.

    A page that was public before has its time changed; one that goes live now has been given an earlier
    time than this instant. ``update_fields`` are those of the save.
    """
    if update_fields is not None and not {"first_public_at", "live"} & set(update_fields):
        return None
    stored = (
        type(page)
        ._base_manager.filter(pk=page.pk)
        .values("live", "first_public_at", "first_published_at")
        .first()
        if page.pk
        else None
    )
    new = page.first_public_at
    if stored and (stored["live"] or stored["first_published_at"]):
        old = stored["first_public_at"]
        return DateChange(old, new) if old and old != new else None
    if page.live and new and new < clock.now() - TOLERANCE:
        return DateChange(None, new)
    return None


def record(page: "BasePage", change: DateChange) -> None:
    """Write the change to the page's log, with the person at work; without one, as the system's."""
    log(
        instance=page,
        action=BACKDATED,
        data={
            "old": change.old.isoformat() if change.old else None,
            "new": change.new.isoformat() if change.new else None,
        },
    )


class BackdatingFormatter(LogFormatter):
    """The entry in words, for the history of a page."""

    label = gettext_lazy("Date the publication back")

    def format_message(self, log_entry: Any) -> str:
        """Return what the time of publication was and is."""
        old, new = (_minute(log_entry.data.get(name)) for name in ("old", "new"))
        if old:
            return _("Changed the time of publication from %(old)s to %(new)s") % {"old": old, "new": new}
        return _("Published with the earlier time of publication %(new)s") % {"new": new}


def _minute(instant: str | None) -> str:
    return minute_label(datetime.fromisoformat(instant)) if instant else ""
