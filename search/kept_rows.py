"""Small vocabularies of the database, kept in memory until they change or a minute has gone by."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from django.core.cache import cache

T = TypeVar("T")
# A cache in the memory of another process learns of a change within this time.
ROWS_ARE_KEPT = 60


class KeptRows(Generic[T]):
    """What ``build`` makes of the texts that ``read`` gives.

    The cache holds only their digest, so that asking costs microseconds however many they are. The rows are read
    once a minute, and built into something new only where they differ.
    """

    def __init__(
        self, key: str, *, read: Callable[[], Iterable[str]], build: Callable[[tuple[str, ...]], T]
    ) -> None:
        self._key, self._read, self._build = key, read, build
        self._kept: tuple[str, T] | None = None

    def current(self) -> T:
        """Return what was built of the present rows."""
        digest = cache.get(self._key)
        kept = self._kept
        if kept is not None and kept[0] == digest:
            return kept[1]
        rows = tuple(sorted(self._read()))
        digest = hashlib.sha256("\n".join(rows).encode(errors="surrogatepass")).hexdigest()
        if kept is None or kept[0] != digest:
            self._kept = kept = digest, self._build(rows)
        cache.set(self._key, digest, timeout=ROWS_ARE_KEPT)
        return kept[1]

    def forget(self) -> None:
        """Read the rows again when they are next needed."""
        cache.delete(self._key)
