"""Venues, what they offer, when they are open, and what notices change."""

from venues.models.compiled import (
    Interval,
    NoticeVenue,
    PublishedCalendar,
    PublishedHours,
    VenueDay,
    VenueEntry,
)
from venues.models.hours_import import TAKEABLE, HoursImport, HoursImportRow, RowState
from venues.models.notice import (
    NoticeEffect,
    NoticeIndexPage,
    NoticeSession,
    NoticeTarget,
    NoticeTargetDepartment,
    NoticeTargetType,
    OpeningNoticePage,
)
from venues.models.schedule import Rule, Schedule, Session
from venues.models.standards import HolidayDecision, HoursCheck, HoursStandard
from venues.models.venue import VenueIndexPage, VenuePage
from venues.models.venue_rows import (
    Offer,
    OfferAudience,
    ServiceItem,
    VenueArea,
    VenueFacility,
    VenuePhoto,
    VenueWording,
)

__all__ = [
    "HolidayDecision",
    "HoursCheck",
    "HoursStandard",
    "TAKEABLE",
    "HoursImport",
    "HoursImportRow",
    "Interval",
    "NoticeEffect",
    "NoticeIndexPage",
    "NoticeSession",
    "NoticeTarget",
    "NoticeTargetDepartment",
    "NoticeTargetType",
    "NoticeVenue",
    "Offer",
    "OfferAudience",
    "OpeningNoticePage",
    "PublishedCalendar",
    "PublishedHours",
    "RowState",
    "Rule",
    "Schedule",
    "ServiceItem",
    "Session",
    "VenueArea",
    "VenueDay",
    "VenueEntry",
    "VenueFacility",
    "VenueIndexPage",
    "VenuePage",
    "VenuePhoto",
    "VenueWording",
]
