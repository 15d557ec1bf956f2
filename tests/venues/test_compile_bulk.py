"""Many venues at once get what each would get alone, at a constant number of queries; unchanged days stay."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from openness.core import clock, outbox
from openness.core.models import OutboxEntry
from tests.venues.editors import NOW, TODAY, City, found_city, notice
from tests.venues.hours.builders import ALL_WEEK, on_dates, rule, schedule, session
from venues import compile as module
from venues import hours
from venues.compile import NotCompiledError, compile_all, compile_venue, horizon
from venues.models import Interval, NoticeVenue, Rule, VenueDay, VenueEntry, VenuePage
from venues.rows import insert_rows
from venues.schedules import set_schedules

ONE_DAY = timedelta(days=1)
LAST = TODAY + 90 * ONE_DAY


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def at(settings: Any, day: date) -> None:
    settings.OPENNESS_FROZEN_NOW = f"{day.isoformat()}T10:00:00+08:00"


def fresh(venue: VenuePage) -> VenuePage:
    return VenuePage.objects.get(pk=venue.pk)


def write(venue: VenuePage, *rules: hours.Rule) -> None:
    """Publish the venue with one schedule of these rules."""
    page = fresh(venue)
    set_schedules(page, (schedule("base", *rules),))
    page.save_revision().publish()


def compiled(*, keys: bool = False) -> dict[str, list[dict[str, Any]]]:
    """All compiled rows, in an order of their own; without their keys unless these are asked for."""
    found = {}
    for model in (VenueDay, Interval, VenueEntry):
        rows = [row if keys else {**row, "id": 0} for row in model.objects.values()]
        found[model.__name__] = sorted(rows, key=repr)
    return found


# ---------------------------------------------------------------------------------------------------
# One path


def test_one_by_one_and_all_at_once_give_the_same_rows(demo_city: None) -> None:
    # The demonstration city was compiled page by page, each on the way to its final state.
    loaded = compiled()
    assert compile_all(cause="calendar") == 48
    together = compiled()
    for venue in VenuePage.objects.filter(locale=Locale.get_default()):
        compile_venue(venue, cause="page")
    assert compiled() == together == loaded
    assert min(map(len, together.values())) >= 48


def test_rows_are_what_the_models_would_write(city: City) -> None:
    text = "甲\\乙\t丙\n丁\r“'\"|{}\u2028🏛 \\N"
    days = [
        (city.museum.pk, text[:40], TODAY, "open", True, {"label": text, "overrode": ["a/b"], "matcher": {}}),
        (city.museum.pk, "", TODAY, "closed", False, {}),
    ]
    VenueDay.objects.all().delete()
    insert_rows(VenueDay, ("venue_id", "area_key", "business_date", "status", "provisional", "because"), days)
    columns = ("venue_id", "area_key", "business_date", "status", "provisional", "because")
    found = VenueDay.objects.order_by("-area_key").values_list(*columns)
    assert list(found) == days


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_processes_side_by_side_give_the_same_rows(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    monkeypatch.setattr(module, "CHUNK", 1)
    alone = compiled()
    assert compile_all(cause="calendar", processes=2) == 3
    assert compiled() == alone
    Rule.objects.filter(schedule__page=city.library).update(matcher={"weekdays": "Monday"})
    with pytest.raises(ExceptionGroup) as caught:
        compile_all(cause="calendar", processes=2)
    assert [str(error)[:8] for error in caught.value.exceptions] == ["library:"]


def test_what_fails_is_told_by_its_code_and_leaves_its_rows(city: City, settings: Any) -> None:
    Rule.objects.filter(schedule__page=city.museum).update(matcher={"weekdays": "Monday"})
    before = compiled(keys=True)
    with pytest.raises(ExceptionGroup) as caught:
        compile_all(cause="calendar")
    assert [type(error) for error in caught.value.exceptions] == [NotCompiledError]
    after = compiled(keys=True)
    kept = {row["venue_id"] for row in after["VenueDay"] if row in before["VenueDay"]}
    assert city.museum.pk in kept
    assert OutboxEntry.objects.filter(kind="venue", key="library", done_at=None).count() == 1


# ---------------------------------------------------------------------------------------------------
# What it costs


@pytest.fixture
def reads(city: City) -> Callable[[int], list[str]]:
    """Return a function that compiles so many venues and returns the queries, but for inserts."""

    def count(number: int) -> list[str]:
        keys = list(VenuePage.objects.order_by("pk").values_list("pk", flat=True))[:number]
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            module._compile(keys, module._calendar(), cause="calendar")
        return [query["sql"] for query in queries if not query["sql"].startswith(("INSERT", "COPY"))]

    return count


def test_a_chunk_costs_the_same_whatever_it_holds(city: City, reads: Callable[[int], list[str]]) -> None:
    page = notice(city.culture, city.library, city.museum)
    one = len(reads(1))
    assert one <= 36
    assert len(reads(3)) == one
    for number in range(3):
        notice(city.culture, city.library, city.museum, first=date(2026, 12, 20 + number), title=f"{number}")
    write(
        city.museum,
        *(rule(f"r{each}", on_dates(f"2026-12-{each:02}"), "09:00-10:00") for each in range(1, 20)),
    )
    NoticeVenue.objects.bulk_create([NoticeVenue(notice=page, venue_id=city.palace.pk)])
    assert len(reads(3)) == one


# ---------------------------------------------------------------------------------------------------
# A new day


@pytest.fixture
def kept(city: City, settings: Any) -> Callable[[VenuePage], tuple[bool, bool]]:
    """Let a day pass; return a function that tells whether the rows of a venue are the same, and right."""
    before = {row["id"]: row for row in compiled(keys=True)["VenueDay"] if row["business_date"] > TODAY}

    def look(venue: VenuePage) -> tuple[bool, bool]:
        at(settings, TODAY + ONE_DAY)
        compile_all(cause="daily")
        is_kept = all(
            VenueDay.objects.filter(pk=pk).exists()
            for pk, row in before.items()
            if row["venue_id"] == venue.pk
        )
        after = compiled()
        compile_all(cause="calendar")
        return is_kept, compiled() == after

    return look


def test_unchanged_hours_only_get_the_new_day(
    city: City, kept: Callable[[VenuePage], tuple[bool, bool]]
) -> None:
    assert kept(city.library) == (True, True)
    assert VenueDay.objects.filter(venue=city.library, business_date=LAST + ONE_DAY).count() == 2


@pytest.mark.parametrize("text", ["00:00-24:00", "20:00-32:00", "08:00-24:00"])
def test_what_runs_on_past_midnight_ends_later_each_day(city: City, settings: Any, text: str) -> None:
    write(city.museum, rule("daily", ALL_WEEK, session(text)))
    at(settings, TODAY + ONE_DAY)
    compile_all(cause="daily")
    after = compiled()
    compile_all(cause="calendar")
    assert compiled() == after
    if text == "00:00-24:00":
        ends = set(Interval.objects.filter(venue=city.museum).values_list("continues_until", flat=True))
        assert max(ends) == hours.instant(LAST + 2 * ONE_DAY, 0)


def test_a_changed_rule_is_seen_though_nobody_saved_the_page(
    city: City, kept: Callable[[VenuePage], tuple[bool, bool]]
) -> None:
    Rule.objects.filter(schedule__page=city.museum).update(effect="subtract")
    assert kept(city.museum) == (False, True)
    assert set(VenueDay.objects.filter(venue=city.museum).values_list("status", flat=True)) != {"open"}


def test_a_lost_day_comes_back(city: City, kept: Callable[[VenuePage], tuple[bool, bool]]) -> None:
    VenueDay.objects.filter(venue=city.library, area_key="evening", business_date=date(2026, 12, 24)).delete()
    assert kept(city.library)[1]
    assert VenueDay.objects.filter(venue=city.library, business_date=date(2026, 12, 24)).count() == 2


def test_a_week_without_a_worker_adds_a_week(city: City, settings: Any) -> None:
    keys = set(VenueDay.objects.values_list("pk", flat=True))
    at(settings, TODAY + 7 * ONE_DAY)
    compile_all(cause="daily")
    assert keys <= set(VenueDay.objects.values_list("pk", flat=True))
    for venue in (city.library, city.museum, city.palace):
        first, last = horizon()
        dates = VenueDay.objects.filter(venue=venue, area_key="", business_date__gte=first)
        assert dates.count() == (last - first).days + 1


def test_the_same_day_twice_writes_nothing(city: City) -> None:
    compile_all(cause="daily")
    before = compiled(keys=True)
    with CaptureQueriesContext(connection) as queries:
        compile_all(cause="daily")
    assert compiled(keys=True) == before
    tables = ("venues_interval", "venues_venueday", "venues_venueentry", "venues_publishedhours")
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "COPY"))]
    assert not [sql for sql in written if any(table in sql for table in tables)]


def test_every_venue_is_told_of_once(city: City) -> None:
    outbox.drain()
    OutboxEntry.objects.all().delete()
    compile_all(cause="daily")
    compile_all(cause="daily")
    told = OutboxEntry.objects.filter(kind="venue").order_by("key").values_list("key", flat=True)
    assert list(told) == ["library", "museum", "palace"]
    assert clock.today() == TODAY
