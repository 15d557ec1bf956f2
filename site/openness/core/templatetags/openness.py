"""Days and times as readers see them, in the language of the page: ``{% load openness %}``."""

from datetime import date, datetime, time

from django import template
from django.utils import translation

from openness.core import dates
from openness.core.clock import local

register = template.Library()


def _date_of(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


@register.filter
def day_label(value: date | datetime | None, language: str = "") -> str:
    """11月21日 周六, or Sat 21 Nov; nothing for no day. ``language`` is that of the page unless given."""
    return dates.day_label(_date_of(value), language or translation.get_language()) if value else ""


@register.filter
def weekday(value: date | datetime | None, language: str = "") -> str:
    """周六, or Sat; nothing for no day."""
    return dates.weekday_label(_date_of(value), language or translation.get_language()) if value else ""


@register.filter
def clock(value: datetime | time | int | None) -> str:
    """19:00 on the city's clocks, from an instant, a time of day or minutes since midnight; nothing for none."""
    return "" if value is None or value == "" else dates.clock_label(value)
