"""The text of the files that pages offer."""

from collections.abc import Iterable

from django.db.models import Q
from wagtail.models import BaseViewRestriction, CollectionViewRestriction

from openness.media.models import Document


def public_texts(keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return title and text of the documents that have text and that everybody may open. Two queries."""
    wanted = set(keys)
    if not wanted:
        return {}
    closed = CollectionViewRestriction.objects.exclude(restriction_type=BaseViewRestriction.NONE)
    below = Q()
    for path in closed.values_list("collection__path", flat=True):
        below |= Q(collection__path__startswith=path)
    documents = Document.objects.filter(pk__in=wanted).exclude(extracted_text="")
    if below:
        documents = documents.exclude(below)
    return {key: (title, text) for key, title, text in documents.values_list("pk", "title", "extracted_text")}
