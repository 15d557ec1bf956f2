"""The JSON Schema of stored hours, made from the dataclasses that `codec` reads and writes."""

import inspect
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from venues.hours import codec
from venues.hours.model import VenueHours
from venues.hours.serialise import FORMAT

_PLAIN = {str: "string", int: "integer", bool: "boolean"}


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of what `to_dict` writes and `from_dict` reads.

    It tells shapes. Whether times and days make sense is for `problems` to say.
    """
    definitions: dict[str, Any] = {}
    hours = _object(VenueHours, definitions)
    hours["properties"] = {"format": {"const": FORMAT, "default": FORMAT}, **hours["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Opening hours of a venue",
        **hours,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        "description": inspect.getdoc(kind),
        "type": "object",
        "properties": {
            field.name: _property(field, hints[field.name], definitions) for field in fields(kind)
        },
        "required": [field.name for field in fields(kind) if field.default is MISSING],
        "additionalProperties": False,
    }


def _property(field: Field[Any], hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _schema(hint, definitions)
    return schema if field.default is MISSING else {**schema, "default": codec.encode(field.default)}


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(option, definitions) for option in get_args(hint)]}
    if origin is tuple:
        return _array(get_args(hint), definitions)
    if hint is types.NoneType:
        return {"type": "null"}
    if hint is date:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if is_dataclass(hint) or issubclass(hint, Enum):
        return _reference(hint, definitions)
    return {"type": _PLAIN[hint]}


def _array(items: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if items[-1] is Ellipsis:
        return {"type": "array", "items": _schema(items[0], definitions)}
    return {
        "type": "array",
        "prefixItems": [_schema(item, definitions) for item in items],
        "minItems": len(items),
        "maxItems": len(items),
    }


def _reference(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        if issubclass(kind, Enum):
            names = [codec.encode(member) for member in kind]
            definitions[kind.__name__] = {"description": inspect.getdoc(kind), "enum": names}
        else:
            definitions[kind.__name__] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}
