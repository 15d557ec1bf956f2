"""What tests of the search stand on."""

from collections.abc import Callable

import pytest

from search import engines, entries, indexing
from search.models import SearchEntry
from tests.search.elasticsearch_site import (  # noqa: F401 fixtures for all tests of the search
    can_run_elasticsearch,
    elastic,
    use_elasticsearch,
)


@pytest.fixture
def indexed(db: None) -> Callable[[], None]:
    """Bring rows and engines up to date with the pages of the test: call it after the last change.

    A test's transaction never commits, so nothing is sent by itself.
    """

    def bring_up_to_date() -> None:
        for __ in entries.refresh_all():
            pass
        if engines.ELASTICSEARCH in engines.names():
            # The server may hold other pages, of the test before, under the same keys.
            backend = engines.engine(engines.ELASTICSEARCH).backend
            backend.rebuild(SearchEntry.objects.all())
            engines.circuit.succeeded()
        indexing.catch_up()
        if engines.ELASTICSEARCH in engines.names():
            # Everything written can be found from now on, and the first search of a server is a slow one.
            list(backend.digests(SearchEntry))

    return bring_up_to_date
