"""The standards that a new city begins with. The office edits them; running this again adds only what is missing."""

from typing import Any

from wagtail.models import Locale

from openness.departments.models import VenueType
from venues.models import HoursStandard

PILOT = "公共文化场馆错时延时开放试点（2023年，福建泉州，据报道）"
SPORTS = "大型体育场馆免费低收费开放要求（请核对现行文件）"
HOUR = 60

# By the code of the type at the top of its branch; the types below take it over.
DEFAULTS: dict[str, dict[str, Any]] = {
    "libraries": {
        "weekly_minutes": 60 * HOUR,
        "weekend_extra_minutes": 2 * HOUR,
        "needs_weekend": True,
        "needs_holiday_decision": True,
        "needs_free_day_for_pupils": True,
        "source": PILOT,
    },
    "museums": {
        "weekly_minutes": 60 * HOUR,
        "weekend_extra_minutes": 2 * HOUR,
        "needs_holiday_decision": True,
        "needs_open_holidays": True,
        "needs_free_day_for_pupils": True,
        "source": PILOT,
    },
    "culture-centres": {
        "weekly_minutes": 56 * HOUR,
        "weekend_extra_minutes": 2 * HOUR,
        "needs_free_day_for_pupils": True,
        "source": PILOT,
    },
    "sports": {
        "weekly_minutes": 35 * HOUR,
        "open_days_per_year": 330,
        "day_off_minutes": 8 * HOUR,
        "needs_free_day_for_pupils": True,
        "source": SPORTS,
    },
    "groups": {"needs_free_day_for_pupils": True},
}
# What a city without any types of its own begins with.
NAMES = {
    "libraries": "图书馆与阅读空间",
    "museums": "博物馆与展览",
    "culture-centres": "文化馆站",
    "sports": "体育场地",
    "groups": "工青妇老活动场所",
}


def add_default_standards() -> int:
    """Give the standards to the types that have these codes and none yet; return how many were added.

    A city without any venue types gets these five first.
    """
    types = VenueType.objects.filter(locale=Locale.get_default())
    if not types.exists():
        for position, (code, name) in enumerate(NAMES.items()):
            VenueType.objects.create(
                code=code, name=name, sort_order=100 * position, locale=Locale.get_default()
            )
    missing = types.filter(code__in=DEFAULTS).exclude(pk__in=HoursStandard.objects.values("venue_type"))
    rows = [HoursStandard.objects.create(venue_type=each, **DEFAULTS[each.code]) for each in missing]
    return len(rows)
