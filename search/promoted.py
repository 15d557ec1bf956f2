"""Which pages the office recommends for a question."""

from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save

from search.analysis import fold
from search.models import PromotedResult

_KEY = "search:promoted"
# Forgotten when one changes; a cache in the memory of another process learns it within this time.
KEPT = 60


class Recommendation(NamedTuple):
    """A page in all its languages, and the sentence the office wrote to it."""

    translation_key: UUID
    note: str


def asked_as(question: str) -> str:
    """Return a question as it is compared: folded, its spaces in order."""
    return " ".join(fold(question).split())


def questions_of(text: str) -> list[str]:
    """Return the questions of a recommended result, each once: commas of all kinds stand between them."""
    parts = fold(text).replace("、", ",").replace(";", ",").split(",")
    return list(dict.fromkeys(question for part in parts if (question := " ".join(part.split()))))


def recommended_for(question: str) -> list[Recommendation]:
    """Return what the office recommends to whoever asks exactly this, in its order. One query a minute."""
    known = cache.get(_KEY)
    if known is None:
        known = {}
        rows = PromotedResult.objects.values_list("questions", "page__translation_key", "note")
        for questions, key, note in rows:
            for each in questions_of(questions):
                known.setdefault(each, []).append(Recommendation(key, note))
        cache.set(_KEY, known, timeout=KEPT)
    return list(known.get(asked_as(question), ()))


def forget(**_signal: object) -> None:
    """Read the recommendations again when they are next needed."""
    cache.delete(_KEY)


post_save.connect(forget, sender=PromotedResult, dispatch_uid="search.promoted")
post_delete.connect(forget, sender=PromotedResult, dispatch_uid="search.promoted")
