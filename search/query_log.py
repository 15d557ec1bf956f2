"""What was asked, as numbers per day: so that the office learns what readers look for and do not find.

Nothing about the person is kept, and what may be about one in the words is masked. Counting never slows an answer
and never breaks one: numbers are gathered in the process and written, some seconds' worth at once, after a response
has been sent. A process that dies takes what it gathered since the last writing with it.
"""

import logging
import re
import threading
import time
from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F
from django.dispatch import receiver
from django.http import HttpRequest

from openness.core import clock
from search.analysis import fold
from search.models import AskedQuestion
from search.questions import SearchQuestion

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=400)  # so that a month can be compared with the same month of the year before
LONGEST = 100  # characters of AskedQuestion.words
WRITTEN_EVERY = 20.0  # seconds
# In a flood of ever different questions the numbers say nothing any more, and must not fill the memory.
MOST_WAITING = 2_000
MASK = "***"
# Telephones, identity and card numbers, however they are grouped; a year, a document number or a date is shorter.
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){6,}x?")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|monitor|preview|curl|wget|python|java/|go-http|scrapy|headless", re.I
)


class _Asked(NamedTuple):
    day: date
    language: str
    words: str


_lock = threading.Lock()
_times: Counter[_Asked] = Counter()
_found: dict[_Asked, int] = {}
_written_at = float("-inf")


def masked(text: str) -> str:
    """Return the words of a question as they are kept: folded, numbers of seven digits and more and addresses masked.

    >>> masked("張三 138-0000-1234 社保卡")
    '张三 *** 社保卡'
    """
    words = _ADDRESS.sub(MASK, _LONG_NUMBER.sub(MASK, " ".join(fold(text).split())))
    return words[:LONGEST].rstrip()


def is_counted(request: HttpRequest) -> bool:
    """Whether a request looks like a person asking: the first page, no prefetching, no program that says it is one.

    Programs that hide what they are count as people; nothing is kept by which they could be told apart.
    """
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    agent = request.headers.get("User-Agent", "")
    is_person = bool(agent) and not _MACHINE.search(agent) and "prefetch" not in purpose
    return request.method == "GET" and is_person and request.GET.get("page", "1") in ("", "1")


def record(question: SearchQuestion, total: int, language: str) -> None:
    """Count a question that somebody asked and how many results it had. It writes nothing yet and never fails."""
    words = masked(question.q)
    if not words:
        return
    asked = _Asked(clock.today(), language, words)
    with _lock:
        if asked in _times or len(_times) < MOST_WAITING:
            _times[asked] += 1
            _found[asked] = total


def write_waiting() -> None:
    """Write what was gathered; raises DatabaseError, after which it is lost. Three queries per question at most."""
    global _written_at
    with _lock:
        _written_at = time.monotonic()
        waiting = [(asked, times, _found[asked]) for asked, times in sorted(_times.items())]
        _times.clear()
        _found.clear()
    if not waiting:
        return
    with transaction.atomic():
        for asked, times, found in waiting:
            # Found by all of its key; the row is made with none, so that two processes may both make it.
            row = AskedQuestion.objects.filter(**asked._asdict())
            if not row.update(times=F("times") + times, found=found):
                AskedQuestion.objects.bulk_create([AskedQuestion(**asked._asdict())], ignore_conflicts=True)
                row.update(times=F("times") + times, found=found)


@receiver(request_finished, dispatch_uid="search.query_log")
def _write_after_response(**kwargs: Any) -> None:
    """Write when the response is out, the first question at once and further ones together."""
    if _times and time.monotonic() - _written_at >= WRITTEN_EVERY:
        try:
            write_waiting()
        except DatabaseError:
            logger.warning("Questions that were asked could not be counted", exc_info=True)


def prune() -> int:
    """Delete what was asked more than 400 days ago; return how many rows."""
    deleted, __ = AskedQuestion.objects.filter(day__lt=clock.today() - KEPT_FOR).delete()
    return deleted
