"""The search backend of whichever database the site has."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the backend for the default database; ImproperlyConfigured if it is neither SQLite nor PostgreSQL."""
    if connection.vendor == "sqlite":
        from search.backends.sqlite import SQLiteBackend

        return SQLiteBackend(params)
    if connection.vendor == "postgresql":
        from search.backends.postgresql import PostgreSQLBackend

        return PostgreSQLBackend(params)
    raise ImproperlyConfigured(f"Search needs SQLite or PostgreSQL, not {connection.vendor}.")
