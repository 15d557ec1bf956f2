"""What modelsearch tests its backends with, and ours in their place. The site's own apps are left out."""

import os
import sys
from pathlib import Path
from types import ModuleType

from modelsearch.test.settings import *  # noqa: F403
from modelsearch.test.settings import DATABASES

from search.named_spans import NamedSpans

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES["default"]["TEST"] = {"NAME": "test_upstream"} if "DATABASE_URL" in os.environ else {}
FIXTURE_DIRS = [Path(__file__).parent / "fixtures"]


class Nobody(NamedSpans):
    """The office has entered no synonyms, and the city has no names."""

    def of(self, word: str) -> tuple[str, ...]:
        return ()


def _empty_vocabulary(name: str) -> None:
    module = ModuleType(name)
    module.current = lambda: Nobody(())
    sys.modules[name] = module


# Both are read from models of the site.
for vocabulary in ("search.synonyms", "search.local_names"):
    _empty_vocabulary(vocabulary)
