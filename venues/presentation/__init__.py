"""What the public pages of the venues room print, as values that templates need not think about.

``cards_of`` and ``notice_cards`` serve lists anywhere on the site; the ``*_context`` functions are the
template contexts of the room's own pages; ``status_view`` reads a status for people.
"""

from venues.presentation.cards import card, cards_of
from venues.presentation.notices import notice_cards, notice_context, notice_index_context
from venues.presentation.reader import Names, NoticeRef, Reader, names_in, page_url, readers_for
from venues.presentation.status import opening_view, status_view
from venues.presentation.values import (
    Bar,
    Chip,
    DayRow,
    NoticeCard,
    ResultGroup,
    StatusView,
    VenueCard,
    WeekView,
)
from venues.presentation.venue import venue_context
from venues.presentation.week import VenueDays

__all__ = [
    "Bar",
    "Chip",
    "DayRow",
    "Names",
    "NoticeCard",
    "NoticeRef",
    "Reader",
    "ResultGroup",
    "StatusView",
    "VenueCard",
    "VenueDays",
    "WeekView",
    "card",
    "cards_of",
    "names_in",
    "notice_cards",
    "notice_context",
    "notice_index_context",
    "opening_view",
    "page_url",
    "readers_for",
    "status_view",
    "venue_context",
]
