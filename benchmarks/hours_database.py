"""Compiling a whole city, and asking it: on a private PostgreSQL, then on SQLite.

    python benchmarks/hours_database.py [--venues 2000] [--processes 2] [--sqlite-venues 500]

The issue's size is ``--venues 100000 --sqlite-venues 5000``. Times depend on the machine; what to look at are the
ratios to the plain index scan, which is measured in the same run on the same rows.
"""

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "openness.settings.test"
NOW = "2026-11-19T10:00:00+08:00"
ROUNDS = 15


def main() -> None:
    """Measure both, each step in a process of its own: one process has one database, and one peak of memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--venues", type=int, default=2000)
    parser.add_argument("--sqlite-venues", type=int, default=500)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    with _database("postgres") as url:
        for step in STEPS if url else ():
            _in_child(url, step, options.venues, options.processes)
    with _database("sqlite") as url:
        for step in STEPS:
            _in_child(url, step, options.sqlite_venues, 1)


@contextmanager
def _database(engine: str) -> Iterator[str]:
    from tests.engines.postgres import find_binaries, running

    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/city.sqlite3"
    elif binaries := find_binaries():
        with running(binaries) as url:
            yield url
    else:
        print("PostgreSQL is not installed here.")
        yield ""


def _in_child(url: str, work: Callable[[int, int], None], venues: int, processes: int) -> None:
    child = get_context("spawn").Process(target=_run, args=(url, work, venues, processes))
    child.start()
    child.join()


def _run(url: str, work: Callable[[int, int], None], venues: int, processes: int) -> None:
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.conf import settings

    settings.OPENNESS_FROZEN_NOW = NOW
    work(venues, processes)


def _make(venues: int, processes: int) -> None:
    from django.db import connection

    from benchmarks.synthetic_city import make_city

    seconds, __ = _timed(lambda: make_city(venues))
    print(f"\n{connection.display_name}, {venues:,} venues, made in {seconds:.0f} s", flush=True)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


# ---------------------------------------------------------------------------------------------------
# Compiling


def _compile(venues: int, processes: int) -> None:
    from django.conf import settings
    from django.db import connection

    from venues.compile import compile_all
    from venues.models import Interval, VenueDay

    seconds, number = _timed(lambda: compile_all(cause="calendar", processes=processes))
    rows = VenueDay.objects.count() + Interval.objects.count()
    print(f"  compiled with {processes} processes: {seconds:.1f} s, {number / seconds:.0f} venues/s")
    print(
        f"  {rows:,} rows, {rows / seconds:,.0f} rows/s; 100,000 venues at this pace: {_pace(seconds, number)}"
    )
    worked = resource.getrusage(resource.RUSAGE_CHILDREN if processes > 1 else resource.RUSAGE_SELF)
    print(
        f"  processor time of the workers: {worked.ru_utime + worked.ru_stime:.0f} s, beside the database's own"
    )
    print(f"  peak resident memory: {_memory(processes)}", flush=True)
    seconds, number = _timed(lambda: compile_all(cause="calendar", processes=processes))
    print(f"  compiled again, replacing all rows: {seconds:.1f} s; 100,000 venues: {_pace(seconds, number)}")
    settings.OPENNESS_FROZEN_NOW = NOW.replace("19T", "20T")
    seconds, number = _timed(lambda: compile_all(cause="daily", processes=processes))
    print(f"  one more day: {seconds:.1f} s; 100,000 venues: {_pace(seconds, number)}", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _pace(seconds: float, number: int) -> str:
    return f"{seconds / number * 100_000 / 60:.1f} min"


def _memory(processes: int) -> str:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if processes == 1:
        return f"{own:.0f} MB"
    return f"{own:.0f} MB, and {child:.0f} MB in the largest of {processes} workers (pages they share counted in each)"


# ---------------------------------------------------------------------------------------------------
# Asking


def _ask(venues: int, processes: int) -> None:
    from wagtail.models import Locale

    from openness.core import clock
    from venues import selectors
    from venues.questions import Question, Window

    locale, now = Locale.get_default(), clock.now()
    instants = [Window(now + timedelta(hours=7 * each), None) for each in range(ROUNDS)]
    evenings = [
        Window(now + timedelta(days=each, hours=8), now + timedelta(days=each, hours=11), 60)
        for each in range(ROUNDS)
    ]
    floor = {
        "instants": _times(_count_by_index, instants),
        "evenings": _times(_count_by_index, evenings),
    }
    print(f"  {'':46}{'p50 ms':>9}{'p95 ms':>9}{'× index scan':>14}")
    _line("index scan: intervals open at T", floor["instants"], floor["instants"])
    _line("index scan: intervals that fit 60 min of 3 h", floor["evenings"], floor["evenings"])

    def ask(window: Window) -> Any:
        return selectors.find(Question(window=window), locale=locale, first=0, count=20)

    def ask_free(window: Window) -> Any:
        question = Question(window=window, admission="free", region="region-3")
        return selectors.find(question, locale=locale, first=0, count=20)

    def facets(window: Window) -> Any:
        return selectors.facet_counts(Question(window=window), locale=locale)

    for name, windows in (("open at T", instants), ("≥ 60 min of 3 h", evenings)):
        limit = floor["instants" if windows is instants else "evenings"]
        _line(f"{name}: list, totals, first page", _times(ask, windows), limit)
        _line(f"{name}: the same, free, one region", _times(ask_free, windows), limit)
        _line(f"{name}: all seven facets", _times(facets, windows), limit)


def _count_by_index(window: Any) -> int:
    """Count the openings that fit, through the index alone: less than this no answer about a time can cost."""
    from venues.selectors import fitting_intervals

    return fitting_intervals(window).count()


def _times(work: Callable[[Any], Any], windows: list[Any]) -> list[float]:
    work(windows[0])
    return [1000 * _timed(lambda window=window: work(window))[0] for window in windows]


def _line(name: str, times: list[float], limit: list[float]) -> None:
    p95 = quantiles(times, n=20)[-1]
    print(f"  {name:46}{median(times):9.1f}{p95:9.1f}{p95 / quantiles(limit, n=20)[-1]:14.1f}")


# ---------------------------------------------------------------------------------------------------
# One more


def _change(venues: int, processes: int) -> None:
    """What a change costs in this city; the same in one of any size."""
    from home.models import DepartmentPage
    from tests.venues.editors import notice
    from venues.models import VenuePage

    some = list(VenuePage.objects.filter(code__startswith="v").order_by("pk")[:ROUNDS])
    times = [
        1000 * _timed(lambda venue=venue: VenuePage.objects.get(pk=venue.pk).save())[0] for venue in some
    ]
    print(f"  one venue saved and compiled: {median(times):.0f} ms")
    parent = DepartmentPage.objects.get(slug="department-0")
    days = [date(2026, 12, 1) + timedelta(days=each) for each in range(5)]
    times = [
        1000 * _timed(lambda day=day: notice(parent, some[0], title=f"又 {day}", first=day))[0]
        for day in days
    ]
    print(f"  one more notice for one venue: {median(times):.0f} ms")


STEPS = (_make, _compile, _ask, _change)

if __name__ == "__main__":
    main()
