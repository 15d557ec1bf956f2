"""The tests of modelsearch for its database backends, on ours. Run by ``tests/search/test_upstream.py``."""

from collections.abc import Callable
from unittest import skip

from django.test.utils import override_settings
from modelsearch.tests import test_postgres_backend, test_sqlite_backend
from modelsearch.tests.test_backends import BackendTests

from tests.search.upstream.exceptions import EXCEPTIONS


def completed(vendor: str) -> Callable[[type[BackendTests]], type[BackendTests]]:
    """Take up again what modelsearch skips for its own backend, and leave out our exceptions."""

    def complete(suite: type[BackendTests]) -> type[BackendTests]:
        for name in dir(BackendTests):
            if name.startswith("test_") and hasattr(getattr(suite, name), "__unittest_skip__"):
                setattr(suite, name, getattr(BackendTests, name))
        for name, reason in EXCEPTIONS[vendor].items():
            setattr(suite, name, skip(reason)(getattr(suite, name)))
        return suite

    return complete


@completed("sqlite")
@override_settings(MODELSEARCH_BACKENDS={"default": {"BACKEND": "search.backends.sqlite"}})
class SQLiteTests(test_sqlite_backend.TestSQLiteSearchBackend):
    backend_path = "search.backends.sqlite"


@completed("postgresql")
@override_settings(MODELSEARCH_BACKENDS={"default": {"BACKEND": "search.backends.postgresql"}})
class PostgreSQLTests(test_postgres_backend.TestPostgresSearchBackend):
    backend_path = "search.backends.postgresql"
