"""What the news room hands out besides its pages: views of the request and the page, by the end of the address."""

from news import activity_feeds, activity_views, feeds
from openness.core.exits import Exit, file_patterns

NEWS_INDEX_EXITS: dict[str, Exit] = {
    "feed.atom": feeds.news_feed,
    "activities": activity_views.activities,
    "activities.ics": activity_feeds.activities_calendar,
    "activities.atom": activity_feeds.activities_feed,
}
ACTIVITY_EXITS: dict[str, Exit] = {
    "sessions.ics": activity_feeds.session_feed,
}

urlpatterns = file_patterns(NEWS_INDEX_EXITS, ACTIVITY_EXITS)
