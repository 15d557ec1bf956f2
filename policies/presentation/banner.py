"""What stands at the top of a document that is not simply in force.

国办发〔2017〕47号 asks that a document which was changed, has lapsed or was repealed says so itself, on the page it
was published on, and stays there.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from openness.core.dates import date_label
from policies.enums import Validity
from policies.relations import RelationItem, StandingShown

if TYPE_CHECKING:
    from policies.models import PolicyPage

# How loud it is: over; to be minded; told.
ENDED, CAUTION, INFO = "ended", "caution", "info"
LEVELS = {
    Validity.NOT_YET: INFO,
    Validity.AMENDED: INFO,
    Validity.PARTLY_REPEALED: CAUTION,
    Validity.AWAITING_CLEARANCE: CAUTION,
    Validity.EXPIRED: ENDED,
    Validity.REPLACED: ENDED,
    Validity.REPEALED: ENDED,
}


@dataclass(frozen=True, slots=True)
class Banner:
    """The state of a document in a sentence; ``because`` and ``successor`` where readers may see those pages."""

    level: str
    label: str
    text: str
    because: RelationItem | None
    successor: RelationItem | None


def banner_of(page: "PolicyPage", standing: StandingShown, language: str) -> Banner | None:
    """Return the banner; None for a document that is in force as it stands."""
    state = standing.state
    if state not in LEVELS:
        return None
    # One page that replaces it is not named twice.
    because = standing.because if standing.because != standing.successor else None
    return Banner(
        level=LEVELS[state],
        label=str(state.label),
        text=_text(page, standing, language),
        because=because,
        successor=standing.successor,
    )


def _text(page: "PolicyPage", standing: StandingShown, language: str) -> str:
    state = standing.state
    if state == Validity.NOT_YET:
        day = page.effective_on or page.written_on
        return (
            _("This document is in force from %(day)s on.") % {"day": date_label(day, language)}
            if day
            else ""
        )
    undated = {
        Validity.AMENDED: _("This document has been amended. What follows is the text as issued."),
        Validity.PARTLY_REPEALED: _(
            "Parts of this document have been repealed. What follows is the text as issued."
        ),
        Validity.AWAITING_CLEARANCE: _(
            "The term of this document is over. It awaits clearance: whether it goes on is not decided yet."
        ),
        Validity.EXPIRED: _("This document is no longer valid. It stays here for the record."),
        Validity.REPLACED: _("This document has been replaced. It stays here for the record."),
        Validity.REPEALED: _("This document has been repealed. It stays here for the record."),
    }[state]
    if standing.since is None:
        return undated
    since = _("Since %(day)s.") % {"day": date_label(standing.since, language)}
    return f"{undated}{since}" if language.startswith("zh") else f"{undated} {since}"
