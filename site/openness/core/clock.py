"""The one reader of the clock.

Everything that asks for "now" asks here, so that a test, or a demonstration through
``OPENNESS_FROZEN_NOW``, can hold the whole site at one instant.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

CITY_TZ = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the instant the site believes it is: aware, in UTC."""
    frozen = getattr(settings, "OPENNESS_FROZEN_NOW", "")
    return _instant(frozen) if frozen else wall_now()


def wall_now() -> datetime:
    """Return the real instant, aware, in UTC, even where the site's own is frozen.

    For machinery only (queues, retries, leases): its waiting has to end in a frozen demonstration too.
    """
    return datetime.now(UTC)


def today() -> date:
    """Return the city's date."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """Return an aware instant in the city's time; ValueError for one without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return instant.astimezone(CITY_TZ)


@lru_cache(maxsize=8)
def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"OPENNESS_FROZEN_NOW is {text!r}; it takes an instant such as 2026-11-19T10:00:00+08:00."
        ) from error
    # A person who writes no offset means the time on the city's clocks.
    return (instant if instant.tzinfo else instant.replace(tzinfo=CITY_TZ)).astimezone(UTC)
