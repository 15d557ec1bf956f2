"""Days and times in words."""

from datetime import date, datetime

from openness.core.clock import CITY_TZ
from openness.core.dates import clock_label, day_label, known_language, month_title
from openness.core.templatetags import openness as tags


def test_days_and_times_for_templates() -> None:
    assert (
        day_label(date(2026, 11, 21), "zh-hans")
        == tags.day_label(date(2026, 11, 21), "zh-hans")
        == "11月21日 周六"
    )
    assert tags.day_label(datetime(2026, 11, 21, 0, 30, tzinfo=CITY_TZ), "en") == "Sat 21 Nov"
    assert tags.weekday(date(2026, 11, 21), "zh-hant") == "週六"
    assert (
        tags.clock(datetime(2026, 11, 19, 19, tzinfo=CITY_TZ))
        == tags.clock(1140)
        == clock_label(1140)
        == "19:00"
    )
    assert (tags.clock(0), tags.clock(1440), tags.clock(1500)) == ("00:00", "24:00", "01:00")
    assert tags.day_label(None) == tags.weekday(None) == tags.clock(None) == ""
    known = [known_language(code) for code in ("en-gb", "zh-TW", "fr", None)]
    assert known == ["en", "zh-hant", "zh-hans", "zh-hans"]


def test_months_with_their_year() -> None:
    titles = [month_title(date(2026, 11, 19), language) for language in ("zh-hans", "zh-hant", "en")]
    assert titles == ["2026年11月", "2026年11月", "November 2026"]
