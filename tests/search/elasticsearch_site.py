"""The site with Elasticsearch: the server that the run has, or one of a test's own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from environs import Env
from wagtail.search.backends import get_search_backend

from openness.settings.search import search_backends
from search.models import SearchEntry
from tests.engines import REQUIRED
from tests.engines.elasticsearch import ElasticsearchMissingError, assembled


@pytest.fixture
def elastic(db: None) -> Iterator[Any]:
    """Return the backend on the server of the run, with an empty index."""
    backend = get_search_backend("elasticsearch")
    index = backend.get_index_for_model(SearchEntry)
    index.delete()
    backend.rebuild(SearchEntry.objects.none())
    yield backend
    index.delete()


@pytest.fixture
def can_run_elasticsearch() -> None:
    """Skip the test where a server of its own cannot be had; fail where it must."""
    try:
        assembled()
    except ElasticsearchMissingError as error:
        if REQUIRED:
            raise
        pytest.skip(str(error))


@pytest.fixture
def use_elasticsearch(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Let the site use the servers at these addresses for the rest of the test; return the backend."""

    def use(*urls: str) -> Any:
        monkeypatch.setenv("ELASTICSEARCH_URL", ",".join(urls))
        settings.WAGTAILSEARCH_BACKENDS = search_backends(Env())
        return get_search_backend("elasticsearch")

    return use
