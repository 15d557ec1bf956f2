"""What the engines of the database keep of an object: its texts, cut into tokens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Manager
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from search.analysis import index_tokens, prefix_tokens

Column = Literal["title", "body", "autocomplete"]


@dataclass(frozen=True)
class Piece:
    """The tokens of one field, with spaces between them, and the column they go to."""

    column: Column
    boost: float
    tokens: str


def flat(value: Any) -> str:
    """Return the text of a field's value: of all parts of a list or dict, of nothing for None."""
    match value:
        case None:
            return ""
        case str():
            return value
        case dict():
            return " ".join(map(flat, value.values()))
        case list() | tuple():
            return " ".join(map(flat, value))
        case _:
            return force_str(value)


def pieces_of(instance: Any) -> list[Piece]:
    """Cut what an indexed instance declares in its ``search_fields``, each field once.

    Its own field ``title`` goes to the column of titles, all other search fields to the body; what stands for
    completion has a column of its own.
    """
    return [
        Piece(_column(field, is_own), float(getattr(field, "boost", None) or 1), tokens)
        for field, value, is_own in _values(instance, instance.get_search_fields())
        if (tokens := _tokens(field, flat(value)))
    ]


def column_text(pieces: Iterable[Piece], column: Column) -> str:
    """Return all tokens of one column."""
    return " ".join(piece.tokens for piece in pieces if piece.column == column)


def column_of(field_name: str) -> Column:
    """Return in which column a search field of this name is found."""
    return "title" if field_name == "title" else "body"


def _values(
    instance: Any, fields: Iterable[Any], is_own: bool = True
) -> Iterator[tuple[SearchField | AutocompleteField, Any, bool]]:
    for field in fields:
        if isinstance(field, (SearchField, AutocompleteField)):
            yield field, field.get_value(instance), is_own
        elif isinstance(field, RelatedFields):
            for related in _related(field.get_value(instance)):
                yield from _values(related, field.fields, is_own=False)


def _related(value: Any) -> Iterable[Any]:
    if value is None:
        return []
    if isinstance(value, Manager):
        return value.all()
    return [value() if callable(value) else value]


def _column(field: SearchField | AutocompleteField, is_own: bool) -> Column:
    if isinstance(field, AutocompleteField):
        return "autocomplete"
    return column_of(field.field_name) if is_own else "body"


def _tokens(field: SearchField | AutocompleteField, text: str) -> str:
    return prefix_tokens(text) if isinstance(field, AutocompleteField) else index_tokens(text)
