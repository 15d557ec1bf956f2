"""Who asks gets exactly the venues that fit, in the right order, with the right numbers, at a fixed cost."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from openness.core import clock
from tests import facts
from tests.venues.editors import notice
from venues import hours, selectors
from venues.enums import Admission, Life
from venues.models import Interval, OpeningNoticePage, VenueEntry, VenuePage
from venues.questions import Question, Window, window_for

SATURDAY = Window(*map(datetime.fromisoformat, facts.SATURDAY_EVENING), facts.MINUTES_WANTED)
FREE_SATURDAY = Question(when="window", window=SATURDAY, admission=Admission.FREE)


@pytest.fixture
def locale(demo_city: None) -> Locale:
    return Locale.get_default()


def find(question: Question, locale: Locale, first: int = 0, count: int = 100) -> selectors.Found:
    return selectors.find(question, locale=locale, first=first, count=count)


def codes(found: selectors.Found, name: str | None = None) -> list[str]:
    rank = selectors.RANKS.index(name) if name else None
    return [entry.code for entry in found.entries if rank is None or entry.rank == rank]


def at(text: str) -> Window:
    return Window(datetime.fromisoformat(f"{text}+08:00"), None)


# ---------------------------------------------------------------------------------------------------
# The answers of the facts


def test_free_on_saturday_evening(locale: Locale) -> None:
    found = find(FREE_SATURDAY, locale)
    assert set(codes(found, "open")) == set(facts.FREE_SATURDAY_EVENING)
    assert set(facts.UNKNOWN_FREE_SATURDAY_EVENING) <= set(codes(found, "unknown"))
    assert not set(facts.NOT_FREE_SATURDAY_EVENING) & set(codes(found))
    assert codes(found, "closed") == []
    assert found.totals["open"] == len(facts.FREE_SATURDAY_EVENING)


def test_how_long_one_can_stay_on_saturday_evening(locale: Locale) -> None:
    found = find(FREE_SATURDAY, locale)
    for entry in found.entries:
        if entry.rank == 0:
            opening, minutes = selectors.best_opening(found.openings[entry.venue_id], SATURDAY)
            assert (opening.area_key, minutes) == facts.FREE_SATURDAY_EVENING_STAYS[entry.code], entry.code
            assert entry.longest_stay == timedelta(minutes=minutes)


def test_open_now(locale: Locale) -> None:
    found = find(Question(when="now", window=window_for("now", now=clock.now())), locale)
    assert sorted(codes(found, "open")) == sorted(facts.OPEN_AT_FROZEN_NOW)
    assert not set(codes(found)) & set(facts.CLOSED_AT_FROZEN_NOW)
    assert found.totals["unknown"] + found.totals["restricted"] == facts.UNKNOWN_AT_FROZEN_NOW_COUNT


def test_a_question_about_no_time_lists_everything_closed_last(locale: Locale) -> None:
    found = find(Question(), locale)
    assert found.total == len(codes(found)) == 48
    assert sorted(codes(found, "closed")) == sorted(facts.CLOSED_AT_FROZEN_NOW)
    assert [entry.rank for entry in found.entries] == sorted(entry.rank for entry in found.entries)


@pytest.mark.parametrize(("minutes", "fits"), [(1, True), (60, True), (61, False), (120, False)])
def test_as_long_as_one_wants_to_stay(locale: Locale, minutes: int, fits: bool) -> None:
    # 陈延奎图书馆 closes at 20:00 in winter: sixty minutes are left.
    question = replace(FREE_SATURDAY, window=replace(SATURDAY, minutes=minutes))
    assert ("chenyankui" in codes(find(question, locale), "open")) is fits


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-11-19T16:29:00", True),
        ("2026-11-19T16:30:00", True),
        ("2026-11-19T16:31:00", False),  # after the last entry
        ("2026-11-19T17:00:00", False),
        ("2026-11-23T10:00:00", False),  # a Monday
    ],
)
def test_last_entry_counts(locale: Locale, instant: str, is_open: bool) -> None:
    assert ("haijiao" in codes(find(Question(window=at(instant)), locale), "open")) is is_open


@pytest.mark.parametrize("instant", ["2026-11-21T23:59:59", "2026-11-22T00:00:00", "2026-11-22T00:01:00"])
def test_round_the_clock_has_no_midnight(locale: Locale, instant: str) -> None:
    assert "fz-library" in codes(find(Question(window=at(instant)), locale), "open")


# ---------------------------------------------------------------------------------------------------
# SQL and the engine agree

BASE = datetime.fromisoformat("2026-11-21T00:00:00+08:00")
minute = st.integers(0, 3 * 1440)


@st.composite
def openings(draw: st.DrawFn) -> dict[str, datetime]:
    opens = draw(minute)
    closes = opens + draw(st.integers(1, 1440))
    last_entry = draw(st.integers(opens, closes))
    continues = closes + draw(st.sampled_from([0, 0, 30, 1440]))
    names = ("opens_at", "closes_at", "last_entry_at", "continues_until")
    return {
        name: BASE + timedelta(minutes=value)
        for name, value in zip(names, (opens, closes, last_entry, continues), strict=True)
    }


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start = BASE + timedelta(minutes=draw(minute))
    length = draw(st.one_of(st.none(), st.integers(1, 1440)))
    end = None if length is None else start + timedelta(minutes=length)
    return Window(start, end, draw(st.integers(1, 300)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(openings(), min_size=1, max_size=8), window=windows())
def test_fitting_openings_are_those_of_the_engine(
    locale: Locale, rows: list[dict[str, datetime]], window: Window
) -> None:
    venue = VenuePage.objects.first()
    Interval.objects.all().delete()
    Interval.objects.bulk_create(
        Interval(
            venue=venue,
            business_date=clock.local(row["opens_at"]).date(),
            state="open",
            kind="regular",
            is_general_public=True,
            **row,
        )
        for row in rows
    )
    wanted = max(int(window.stay.total_seconds()) // 60, 1)
    expected = sorted(
        row.pk
        for row in Interval.objects.all()
        if row.opens_at <= window.last_start and hours.stay(row, window.start, window.known_end) >= wanted
    )
    assert sorted(selectors.fitting_intervals(window).values_list("pk", flat=True)) == expected


# ---------------------------------------------------------------------------------------------------
# Filters, order, pages

FILTERS = [
    {"region": "350503"},
    {"region": "350500"},
    {"type": "libraries"},
    {"admission": "free"},
    {"kind": "staggered"},
    {"department": "culture"},
    {"facility": "reading-area"},
    {"audience": "minors"},
    {"q": "图书馆 东海"},
    {"q": "MUSEUM"},
    {"region": "350503", "admission": "free", "type": "libraries"},
]


def holds(entry: VenueEntry, question: Question) -> bool:
    """The filters, worked out in Python."""
    return (
        question.region in ["", *entry.region_lineage.split("/")]
        and question.type in ["", *entry.type_lineage.split("/")]
        and question.admission in ("", entry.admission)
        and question.kind in ["", *entry.kinds.split("|")]
        and question.department in ("", entry.department_code)
        and question.facility in ["", *entry.facility_codes.split("|")]
        and question.audience in ["", *entry.audience_codes.split("|")]
        and all(word in entry.search_text for word in question.q.lower().split())
    )


@pytest.mark.parametrize("fields", FILTERS, ids=str)
@pytest.mark.parametrize("window", [None, SATURDAY], ids=["any time", "saturday"])
def test_filters_keep_what_they_say(locale: Locale, fields: dict[str, str], window: Window | None) -> None:
    question = Question(window=window, **fields)
    whole = find(Question(window=window), locale)
    found = find(question, locale)
    expected = {entry.code for entry in whole.entries if holds(entry, question)}
    if {"admission", "kind"} & set(fields) and window:
        # These are asked of the session too: what is left out here is closed then.
        assert set(codes(found)) <= expected
    else:
        assert set(codes(found)) == expected


def test_filters_find_something(locale: Locale) -> None:
    for fields in ({"region": "350503"}, {"type": "libraries"}, {"department": "culture"}, {"q": "图书馆"}):
        assert 0 < find(Question(**fields), locale).total < 48, fields


def test_a_session_with_another_price_is_not_free(locale: Locale) -> None:
    venue = VenuePage.objects.get(code="haixia-track")
    Interval.objects.filter(venue=venue).update(admission="paid")
    assert "haixia-track" not in codes(find(FREE_SATURDAY, locale))


def test_venues_that_are_no_more_or_not_yet_are_not_listed(locale: Locale) -> None:
    for code, life in (("haijiao", Life.CLOSED_FOR_GOOD), ("guchuan", Life.PLANNED)):
        venue = VenuePage.objects.get(code=code)
        venue.life, venue.life_note = life, "见公告"
        venue.save()
    assert not {"haijiao", "guchuan"} & set(codes(find(Question(), locale)))


def test_fit_is_how_much_of_the_window_is_left(locale: Locale) -> None:
    entries = [entry for entry in find(FREE_SATURDAY, locale).entries if entry.rank == 0]
    keys = [(-entry.longest_stay, entry.title, entry.pk) for entry in entries]
    assert keys == sorted(keys)
    # One that is open until late, but only from 20:00 on, does not come first.
    assert [entry.code for entry in entries[-2:]] == ["fz-culture", "chenyankui"]


def test_by_name_and_by_freshness(locale: Locale) -> None:
    by_name = find(Question(order="name"), locale).entries
    assert [(entry.rank, entry.title) for entry in by_name] == sorted(
        (entry.rank, entry.title) for entry in by_name
    )
    VenueEntry.objects.filter(code="qz-art-centre").update(checked_on="2026-11-18")
    VenueEntry.objects.filter(code="lc-library").update(checked_on=None)
    fresh = codes(find(Question(order="fresh"), locale), "open")
    assert fresh[0] == "qz-art-centre"
    assert fresh[-1] == "lc-library"


@pytest.mark.parametrize("order", ["fit", "name", "fresh"])
def test_pages_hold_every_venue_once(locale: Locale, order: str) -> None:
    question = Question(order=order)
    whole = codes(find(question, locale))
    pages = [codes(find(question, locale, first, 7)) for first in range(0, 49, 7)]
    assert sum(pages, []) == whole
    assert len(set(whole)) == 48
    assert codes(find(question, locale, 1000, 20)) == []


# ---------------------------------------------------------------------------------------------------
# Numbers beside the filters


@pytest.mark.parametrize("window", [None, SATURDAY], ids=["any time", "saturday"])
@pytest.mark.parametrize(
    "fields",
    [{}, {"region": "350503"}, {"admission": "free", "type": "libraries"}, {"kind": "extended"}],
    ids=str,
)
def test_facets_tell_what_a_choice_would_leave(
    locale: Locale, fields: dict[str, str], window: Window | None
) -> None:
    question = Question(window=window, **fields)
    for name, counter in selectors.facet_counts(question, locale=locale).items():
        for code in [*list(counter)[:4], "no-such-code"]:
            chosen = find(replace(question, **{name: code}), locale)
            number = sum(chosen.totals[rank] for rank in ("open", "restricted")) if window else chosen.total
            assert number == counter[code], (name, code)


def test_facets_count_each_venue_once(locale: Locale) -> None:
    counts = selectors.facet_counts(Question(), locale=locale)
    assert counts["region"]["350500"] == 48
    assert sum(counts["admission"].values()) == sum(counts["department"].values()) == 48
    assert counts["type"] == Counter(
        code for entry in VenueEntry.objects.all() for code in entry.type_lineage.strip("/").split("/")
    )


# ---------------------------------------------------------------------------------------------------
# When nothing fits


def test_the_nearest_opening_comes_after_the_window(locale: Locale) -> None:
    window = Window(*map(datetime.fromisoformat, ("2026-11-21T02:00:00+08:00", "2026-11-21T04:00:00+08:00")))
    question = Question(window=window, department="lc-culture", q="鲤城区图书馆")
    assert find(question, locale).totals["open"] == 0
    opening = selectors.nearest_opening(question, locale=locale)
    assert opening.venue.code == "lc-library"
    assert clock.local(opening.opens_at) == datetime.fromisoformat("2026-11-21T08:00:00+08:00")


def test_the_nearest_opening_has_the_kind_and_the_time_asked_for(locale: Locale) -> None:
    question = Question(window=replace(SATURDAY, minutes=1000), q="海外交通史博物馆")
    assert selectors.nearest_opening(question, locale=locale) is None
    staggered = selectors.nearest_opening(Question(window=SATURDAY, kind="staggered"), locale=locale)
    assert staggered is None or staggered.kind == "staggered"


def test_nothing_is_nearest_to_the_unknown(locale: Locale) -> None:
    assert selectors.nearest_opening(Question(window=SATURDAY, q="pilot-01"), locale=locale) is None


# ---------------------------------------------------------------------------------------------------
# Notices


def test_current_notices_are_in_force_or_to_come(locale: Locale) -> None:
    venue = VenuePage.objects.get(code="haijiao")
    parent = venue.get_parent().specific
    today = clock.today()

    def current() -> set[str]:
        return set(selectors.current_notices(locale=locale).values_list("title", flat=True))

    before = current()
    one = {"last": today, "reason": "检修"}
    notice(
        parent,
        venue,
        title="昨天",
        first=today - timedelta(days=1),
        **{**one, "last": today - timedelta(days=1)},
    )
    first = notice(parent, venue, title="今天", first=today, **one)
    notice(parent, venue, title="明天", first=today + timedelta(days=1), **{**one, "last": None})
    assert current() - before == {"今天", "明天"}
    notice(parent, venue, title="更正", first=today, supersedes=first, **one)
    assert current() - before == {"更正", "明天"}
    OpeningNoticePage.objects.filter(title="更正").update(withdrawn_at=clock.now())
    assert current() - before == {"今天", "明天"}


# ---------------------------------------------------------------------------------------------------
# What it costs


def queries(function: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        function()
    return len(captured)


@pytest.mark.parametrize(
    "question", [Question(), FREE_SATURDAY, Question(window=SATURDAY, q="馆", region="350500")]
)
def test_cost_does_not_grow_with_the_number_of_venues(locale: Locale, question: Question) -> None:
    def ask() -> int:
        return queries(lambda: find(question, locale)), queries(
            lambda: selectors.facet_counts(question, locale=locale)
        )

    many = ask()
    VenueEntry.objects.exclude(code="qz-library-donghai").delete()
    Page.objects.filter(numchild=0, depth=5).exclude(title__contains="图书馆").update(live=False)
    assert ask() == many == (4, 3 if question.window else len(selectors.FACETS))
