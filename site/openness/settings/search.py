"""Which engines answer full-text search: the database always can, and Elasticsearch does where its address is set."""

from typing import Any

from environs import Env


def search_backends(env: Env) -> dict[str, dict[str, Any]]:
    """Return Wagtail's search backends for this environment.

    ``default`` keeps all models in the database, for the administration too. ``elasticsearch`` keeps the flat rows
    of public pages, which the outbox brings there: no signal and no command of Wagtail writes to it.
    """
    backends: dict[str, dict[str, Any]] = {"default": {"BACKEND": "search.backends.database"}}
    if urls := env.list("ELASTICSEARCH_URL", default=[]):
        backends["elasticsearch"] = {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": urls,
            "INDEX_PREFIX": env.str("ELASTICSEARCH_INDEX_PREFIX", default="openness_"),
            "MODELS": ["site_search.SearchEntry"],
            "AUTO_UPDATE": False,
            # Nobody waits longer for an engine that does not answer, and nobody waits twice.
            "TIMEOUT": 2,
            "INDEX_SETTINGS": {
                "settings": {
                    "index": {
                        "number_of_shards": env.int("ELASTICSEARCH_SHARDS", default=1),
                        # At least and at most: none on a single node, one as soon as there are two.
                        "auto_expand_replicas": env.str("ELASTICSEARCH_REPLICAS", default="0-1"),
                    }
                }
            },
        }
    return backends
