"""Hours that rest on a year nobody has confirmed are marked wherever a reader meets them, and no others are."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.venues.test_week_and_status import READER, rows, schedule, venue_days
from venues.hours import Layer, MatcherKind, Session
from venues.presentation.values import DayRow, StatusView

TEXT = "节假日安排未公布，可能变动"
STATUS = StatusView(state="open", label="开放中", provisional=True)
ROW = DayRow(
    date=date(2027, 1, 4), weekday_label="周一", date_label="1月4日", status="open", text="9—17", because="",
    is_today=False, holiday_name="", provisional=True, notice_url="", area_name="",
)  # fmt: skip


def _shown(template: str, **context: Any) -> str:
    with translation.override("en"):
        text = render_to_string(f"components/{template}.html", context)
    return " ".join(text.split())


@pytest.mark.parametrize("provisional", [True, False])
@pytest.mark.parametrize("template", ["status_banner", "venue_card", "week_row"])
def test_components_carry_the_mark(template: str, provisional: bool) -> None:
    status, row = replace(STATUS, provisional=provisional), replace(ROW, provisional=provisional)
    text = _shown(template, status=status, card={"status": status}, row=row)
    assert ("Holidays not announced yet, may change" in text) == provisional


def test_a_holiday_of_a_proposed_year_says_both_why_and_how_sure() -> None:
    usual = schedule(Session(540, 1020))
    night = schedule(
        Session(540, 1260), key="off", layer=Layer.HOLIDAY, kind=MatcherKind.DAY_TYPE, day_types=("day_off",)
    )
    days, openings = rows(usual, night, first=date(2026, 12, 30), count=5)
    known = venue_days(days, openings, READER)
    sure, unsure = known.row("", date(2026, 12, 30)), known.row("", date(2027, 1, 2))
    assert TEXT not in sure.because
    assert unsure.because.endswith(f"，{TEXT}")
    assert unsure.because != f"，{TEXT}"
