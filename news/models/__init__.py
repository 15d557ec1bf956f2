"""News and activities."""

from news.models.activity import (
    ActivityAudience,
    ActivityOrganiser,
    ActivityPage,
    ActivitySession,
    SessionEntry,
)
from news.models.news import NewsActivity, NewsIndexPage, NewsPage, NewsPolicy, NewsTopic, NewsVenue

__all__ = [
    "ActivityAudience",
    "ActivityOrganiser",
    "ActivityPage",
    "ActivitySession",
    "NewsActivity",
    "NewsIndexPage",
    "NewsPage",
    "NewsPolicy",
    "NewsTopic",
    "NewsVenue",
    "SessionEntry",
]
