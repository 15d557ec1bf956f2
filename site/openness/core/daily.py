"""What is done once a day, after midnight: rooms register jobs, one task runs them and queues itself again."""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils.module_loading import autodiscover_modules

from openness.core import clock

logger = logging.getLogger(__name__)

# A little past midnight: the new day has begun on every clock.
RUNS_AT = time(0, 5)
_jobs: list[Callable[[], object]] = []


def daily(job: Callable[[], object]) -> Callable[[], object]:
    """Register a function without arguments to run each day; used in a room's tasks.py."""
    _jobs.append(job)
    return job


def run_jobs() -> list[str]:
    """Run all jobs, each by itself; return the names of those that failed."""
    autodiscover_modules("tasks")
    failed = []
    for job in _jobs:
        try:
            job()
        except Exception:
            # One broken job must not keep the hours of the next day from being compiled.
            logger.exception("Daily job %s failed", job.__name__)
            failed.append(job.__name__)
    return failed


def next_run(after: datetime) -> datetime:
    """Return the next instant at which the jobs run, strictly after ``after`` (aware)."""
    here = clock.local(after)
    today = datetime.combine(here.date(), RUNS_AT, clock.CITY_TZ)
    return today if today > here else today + timedelta(days=1)
