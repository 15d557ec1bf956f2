"""What venues, the finder and departments hand out besides their pages.

An exit is a view of the request and the page, by the last part of its address; ``PageWithExits`` routes
to it, through the gate. The name of a file stands as it is, any other name gets a slash.
"""

import re

from django.urls import re_path
from wagtail.views import serve

from openness.core.exits import Exit
from venues import exports, feeds, views

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
    "search.ics": feeds.search_feed,
    "openings.csv": exports.search_csv,
    "openings.json": exports.search_json,
}
DEPARTMENT_EXITS: dict[str, Exit] = {
    "hours.ics": feeds.department_feed,
}

# Wagtail's own pattern knows no file names.
FILES = sorted(
    {name for exits in (VENUE_EXITS, INDEX_EXITS, DEPARTMENT_EXITS) for name in exits if "." in name}
)

urlpatterns = [
    re_path(rf"^((?:[\w\-]+/)+(?:{'|'.join(map(re.escape, FILES))}))$", serve, name="page_file"),
]
