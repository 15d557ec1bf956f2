"""The office's synonyms (群艺馆 = 文化馆), as questions use them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from search.analysis.folding import fold
from search.kept_rows import KeptRows
from search.models import SynonymGroup
from search.named_spans import NamedSpans


class Synonyms(NamedSpans):
    """Words with their synonyms, folded. A word may be in several groups; synonyms of synonyms are none."""

    def __init__(self, groups: Iterable[str]) -> None:
        others: dict[str, dict[str, None]] = {}
        for group in groups:
            words = dict.fromkeys(fold(group).split())
            for word in words:
                others.setdefault(word, {}).update(words)
        self._others = {word: tuple(each for each in found if each != word) for word, found in others.items()}
        super().__init__(self._others)

    def of(self, word: str) -> tuple[str, ...]:
        """Return the synonyms of a folded word, without itself; none for a word that stands in no group."""
        return self._others.get(word, ())


_kept = KeptRows(
    "search:synonyms", read=lambda: SynonymGroup.objects.values_list("words", flat=True), build=Synonyms
)


def current() -> Synonyms:
    """Return the synonyms as the office last saved them. One query a minute."""
    return _kept.current()


def _forget(**_signal: object) -> None:
    # Now for the rest of this transaction; after it, since others may have read the old rows meanwhile.
    _kept.forget()
    transaction.on_commit(_kept.forget)


post_save.connect(_forget, sender=SynonymGroup, dispatch_uid="search.synonyms")
post_delete.connect(_forget, sender=SynonymGroup, dispatch_uid="search.synonyms")
