"""Which types of pages the search knows, and who reads what is special about them."""

from collections.abc import Callable
from typing import NamedTuple

from home.models import DepartmentPage
from news.models import ActivityPage, NewsPage
from openness.core.models import BasePage
from policies.models import (
    AnnualReportPage,
    ClearancePage,
    DisclosureGuidePage,
    InterpretationPage,
    PolicyPage,
)
from search.enums import SearchKind
from search.facts import news, offices, policies, venues
from search.facts.saying import Saying
from venues.models import OpeningNoticePage, VenuePage


class Room(NamedTuple):
    """The kind of a type of pages, what reads its facts, and the relations to fetch along."""

    kind: SearchKind
    read: Callable[[list[Saying]], None]
    related: tuple[str, ...] = ()


ROOMS: dict[type[BasePage], Room] = {
    VenuePage: Room(SearchKind.VENUE, venues.read_venues, ("region", "venue_type")),
    OpeningNoticePage: Room(SearchKind.NOTICE, venues.read_notices, ("scope_region",)),
    PolicyPage: Room(SearchKind.POLICY, policies.read_policies),
    InterpretationPage: Room(SearchKind.INTERPRETATION, policies.read_interpretations),
    NewsPage: Room(SearchKind.NEWS, news.read_news),
    ActivityPage: Room(SearchKind.ACTIVITY, news.read_activities),
    DepartmentPage: Room(SearchKind.INFORMATION, offices.read_departments),
    ClearancePage: Room(SearchKind.INFORMATION, policies.read_clearances),
    AnnualReportPage: Room(SearchKind.INFORMATION, policies.read_reports),
    DisclosureGuidePage: Room(SearchKind.INFORMATION, policies.read_guides),
}
