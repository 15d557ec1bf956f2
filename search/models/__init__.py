"""What search keeps: the flat rows it looks into, the office's words, what was asked, and subscriptions."""

from search.models.asked import AskedQuestion
from search.models.entry import EntryFile, SearchEntry
from search.models.subscription import AlertMail, Subscription
from search.models.vocabulary import SearchWord
from search.models.words import PromotedResult, SynonymGroup

__all__ = [
    "AlertMail",
    "AskedQuestion",
    "EntryFile",
    "PromotedResult",
    "SearchEntry",
    "SearchWord",
    "Subscription",
    "SynonymGroup",
]
