"""The models that every room stands on."""

from openness.core.calendars.models import CalendarDay, CalendarYear, SchoolVacation
from openness.core.models.addresses import Address, AddressedPage, AddressIndexPage
from openness.core.models.base import BasePage
from openness.core.models.change_notes import ChangeNote
from openness.core.models.settings import SiteIdentity
from openness.core.outbox import OutboxEntry

__all__ = [
    "Address",
    "AddressIndexPage",
    "AddressedPage",
    "BasePage",
    "CalendarDay",
    "CalendarYear",
    "ChangeNote",
    "OutboxEntry",
    "SchoolVacation",
    "SiteIdentity",
]
