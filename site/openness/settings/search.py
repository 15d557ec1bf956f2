"""Which engine answers full-text search: the database, or Elasticsearch where its address is set."""

from typing import Any

from environs import Env


def search_backends(env: Env) -> dict[str, dict[str, Any]]:
    """Return Wagtail's search backends for this environment."""
    if url := env.str("ELASTICSEARCH_URL", default=""):
        return {
            "default": {
                "BACKEND": "wagtail.search.backends.elasticsearch9",
                "URLS": [url],
                "INDEX_PREFIX": env.str("ELASTICSEARCH_INDEX_PREFIX", default="openness_"),
                # A reader never waits longer for an engine that does not answer.
                "TIMEOUT": 2,
            }
        }
    return {"default": {"BACKEND": "wagtail.search.backends.database"}}
