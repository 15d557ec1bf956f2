"""Which engine answers, and who is told when one does not.

The database always can; Elasticsearch answers where its address is set, as long as it does so in time. The first
failure opens a circuit in this process: from then on nobody waits for it, until one question in thirty seconds finds
it again.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError
from wagtail.search.backends import get_search_backend

logger = logging.getLogger(__name__)

DATABASE = "database"
ELASTICSEARCH = "elasticsearch"
BACKENDS = {DATABASE: "default", ELASTICSEARCH: "elasticsearch"}
# How long nobody asks an engine that failed, in seconds.
OPEN_SECONDS = 30.0
# What the client raises: no connection, no answer in time; and an answer that is an error.
ENGINE_ERRORS = (TransportError, ApiError)
# Errors that are the question's: the engine is well.
_BAD_REQUEST = 400

T = TypeVar("T")


class Engine(NamedTuple):
    """An engine that can be asked. ``is_simplified``: it stands in for the one that should answer."""

    name: str
    backend: Any
    is_simplified: bool


class Circuit:
    """Whether to ask an engine, by what became of the last questions. Of one process, and safe among its threads."""

    def __init__(self, open_seconds: float = OPEN_SECONDS) -> None:
        self._lock = Lock()
        self._open_seconds = open_seconds
        self._is_open = False
        self._probe_at = 0.0

    def allows(self) -> bool:
        """Tell whether to ask now. While the circuit is open that is one caller in every ``open_seconds``."""
        if not self._is_open:
            return True
        with self._lock:
            now = time.monotonic()
            if now < self._probe_at:
                return False
            self._probe_at = now + self._open_seconds
            return True

    def failed(self) -> None:
        """Open the circuit."""
        with self._lock:
            self._is_open = True
            self._probe_at = time.monotonic() + self._open_seconds

    def succeeded(self) -> bool:
        """Close the circuit, and tell whether it had been open."""
        with self._lock:
            was_open, self._is_open = self._is_open, False
            return was_open


circuit = Circuit()


def names() -> tuple[str, ...]:
    """Return the engines of this site; the database is always one."""
    return tuple(name for name, alias in BACKENDS.items() if alias in settings.WAGTAILSEARCH_BACKENDS)


def engine(name: str) -> Engine:
    """Return an engine by its name; KeyError for an unknown one."""
    is_simplified = name == DATABASE and ELASTICSEARCH in names()
    return Engine(name, get_search_backend(BACKENDS[name]), is_simplified)


def answering() -> Engine:
    """Return the engine to ask now. Tell :func:`succeeded` or :func:`failed` what became of it, or use :func:`ask`."""
    return engine(ELASTICSEARCH if ELASTICSEARCH in names() and circuit.allows() else DATABASE)


def ask(question: Callable[[Engine], T]) -> T:
    """Put a question to the engine that answers, and to the database when that one fails.

    ``question`` must have its answer in hand when it returns: results that are fetched later fail later.
    """
    asked = answering()
    try:
        answer = question(asked)
    except ENGINE_ERRORS as error:
        if asked.name == DATABASE:
            raise
        failed(asked, error)
        return question(engine(DATABASE))
    succeeded(asked)
    return answer


def failed(asked: Engine, error: Exception) -> None:
    """Note that an engine did not answer. A question that it refused as malformed says nothing about its health."""
    if isinstance(error, ApiError) and error.meta.status == _BAD_REQUEST:
        logger.error("%s refused a question: %s", asked.name, error)
        return
    logger.warning("%s does not answer: %s", asked.name, error)
    circuit.failed()


def succeeded(asked: Engine) -> None:
    """Note that an engine answered; what waits for it since it had failed goes out now."""
    if asked.name == ELASTICSEARCH and circuit.succeeded():
        logger.warning("%s answers again", asked.name)
        # tasks.py imports this module.
        from search.tasks import deliver_waiting

        deliver_waiting.enqueue(ELASTICSEARCH)
