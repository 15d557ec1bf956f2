"""The tests of modelsearch for its Elasticsearch backends, on ours, and the one that does not hold, with its reason.

Run by ``tests/search/test_upstream_elasticsearch.py``, with the server at ELASTICSEARCH_URL.
"""

import os
from typing import Any, ClassVar
from unittest import skip

from django.test import TestCase
from django.test.utils import override_settings
from modelsearch.backends import get_search_backend
from modelsearch.tests.elasticsearch_common_tests import ElasticsearchCommonSearchBackendTests

EXCEPTIONS = {
    "test_boost": "a title that is exactly what was asked stays first, even among words of half the weight",
}
BACKEND = {
    "BACKEND": "search.backends.elasticsearch",
    "URLS": os.environ["ELASTICSEARCH_URL"].split(","),
    # One of the tests wants this name.
    "INDEX_PREFIX": "modelsearchtest_",
    # Indices of a moment: the tests say themselves when to refresh, and nothing has to outlive a power cut.
    "INDEX_SETTINGS": {
        "settings": {
            "index": {"number_of_replicas": 0, "refresh_interval": -1, "translog": {"durability": "async"}}
        }
    },
}


@override_settings(MODELSEARCH_BACKENDS={"default": BACKEND})
class ElasticsearchTests(ElasticsearchCommonSearchBackendTests, TestCase):
    backend_path = "search.backends.elasticsearch"
    # What the server held after the last rebuild.
    built: ClassVar[Any] = None

    def setUp(self) -> None:
        """Rebuild only after tests that wrote: most just ask, and a rebuild of seven indices takes a second."""
        if self.built and self.written() == self.built:
            self.backend_name, self.backend = "default", get_search_backend()
            return
        super().setUp()
        type(self).built = self.written()

    def written(self) -> Any:
        """Return the indices there are, and how much was ever written to them."""
        stats = get_search_backend().es.indices.stats(index="modelsearchtest_*", metric="indexing")
        done = stats["_all"]["total"].get("indexing", {})
        return sorted(stats["indices"]), done.get("index_total"), done.get("delete_total")


for name, reason in EXCEPTIONS.items():
    setattr(ElasticsearchTests, name, skip(reason)(getattr(ElasticsearchTests, name)))
del ElasticsearchCommonSearchBackendTests
