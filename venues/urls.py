"""What venues, the finder and departments hand out besides their pages.

An exit is a view of the request and the page, by the last part of its address; ``PageWithExits`` routes
to it, through the gate. The name of a file stands as it is, any other name gets a slash.
"""

from openness.core.exits import Exit, file_patterns
from venues import exports, feeds, notice_feed, views

VENUE_EXITS: dict[str, Exit] = {
    "month": views.venue_month,
    "poster": views.venue_poster,
    "messages": views.venue_messages,
    "history": views.venue_history,
    "hours.ics": feeds.venue_feed,
    "hours.csv": exports.venue_csv,
    "hours.json": exports.venue_json,
}
INDEX_EXITS: dict[str, Exit] = {
    "today": views.today_list,
    "benefits": views.benefits,
    "search.ics": feeds.search_feed,
    "openings.csv": exports.search_csv,
    "openings.json": exports.search_json,
}
NOTICE_INDEX_EXITS: dict[str, Exit] = {
    "feed.atom": notice_feed.notices_feed,
}
DEPARTMENT_EXITS: dict[str, Exit] = {
    "hours.ics": feeds.department_feed,
}

urlpatterns = file_patterns(VENUE_EXITS, INDEX_EXITS, NOTICE_INDEX_EXITS, DEPARTMENT_EXITS)
