"""What Elasticsearch keeps of an object: its texts as tokens, its filters as they are."""

from typing import Any

from django.db import models
from modelsearch.backends.elasticsearch9 import Elasticsearch9Mapping
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField

from search.analysis import index_tokens, prefix_tokens
from search.backends.cut import flat

# Where all search fields without a boost are found together.
BODY = "_body"
# The server only splits on spaces. Of the analysers this is the one that needs no definition of its own.
_TEXT = {"type": "text", "analyzer": "whitespace"}
# Beginnings are found by their first 19 characters (the most that the server keeps), and compared from there on.
_BEGINNINGS = {"analyzer": "whitespace", "norms": False, "index_prefixes": {"min_chars": 1, "max_chars": 19}}
# A term has 32,766 bytes at most: a longer value is kept out of the filter, in place of refusing its object.
_LONGEST_KEYWORD = 8191
_INTEGERS = {"AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"}


class Mapping(Elasticsearch9Mapping):
    """The columns of a model: one for each field, and ``BODY``.

    Whatever a field's own type is, its search column is text; filters have a column of their own.
    """

    edgengram_analyzer_config = _BEGINNINGS

    def get_mapping(self) -> dict[str, Any]:
        """Return the columns of the model's documents, in the form that ``put_mapping`` takes."""
        columns: dict[str, Any] = {
            "pk": {"type": self._key_type(), "store": True},
            "_django_content_type": {"type": "keyword"},
            "_edgengrams": {"type": "text", **_BEGINNINGS},
            BODY: dict(_TEXT),
        }
        for field in self.model.get_search_fields():
            name, column = self.get_field_mapping(field)
            if isinstance(field, RelatedFields):
                _found_in_body(column)
            columns[name] = column
        return {"properties": columns}

    def get_field_mapping(self, field: Any) -> tuple[str, dict[str, Any]]:
        """Return the name and the column of a field."""
        name, column = super().get_field_mapping(field)
        if isinstance(field, SearchField):
            column = {**_TEXT, **field.kwargs.get("es_extra", {})}
            if not field.boost:
                column["copy_to"] = BODY
        elif isinstance(field, FilterField) and column["type"] == "keyword":
            column.setdefault("ignore_above", _LONGEST_KEYWORD)
        return name, column

    def _key_type(self) -> str:
        key = self.model._meta.pk
        while isinstance(key, models.ForeignKey):
            key = key.target_field
        # As text, 999 would come after 1000.
        return "long" if key.get_internal_type() in _INTEGERS else "keyword"

    def _clean_value(self, value: Any) -> Any:
        if isinstance(value, str):
            # Half a character of UTF-16 (a broken upload, a hostile address) is no text to the server.
            return value.encode(errors="replace").decode()
        return super()._clean_value(value)

    def _get_document_field_data(self, field: Any, instance: Any) -> tuple[str, Any, list[str]]:
        name, value, beginnings = super()._get_document_field_data(field, instance)
        if isinstance(field, SearchField):
            value = index_tokens(flat(value))
        elif isinstance(field, AutocompleteField):
            beginnings = [value := prefix_tokens(flat(value))]
        return name, value, beginnings


def _found_in_body(nested: dict[str, Any]) -> None:
    """Let the texts of related objects be found with those of the object."""
    for column in nested["properties"].values():
        if column["type"] == "nested":
            _found_in_body(column)
        elif column["type"] == "text" and "index_prefixes" not in column:
            column["copy_to"] = BODY
