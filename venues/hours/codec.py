"""Dataclasses to JSON-safe values and back, guided by their type annotations.

Fields that hold their default are left out, so that stored rules stay short and a field that is
added later does not change the digest of rules that do not use it.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum, IntEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints


class DecodeError(ValueError):
    """A value that does not have the shape of the model; the message starts with the path to it."""


def encode(value: Any) -> Any:
    """Return `value` as dicts, lists, strings, numbers, booleans and None.

    Dates become ISO text, an IntEnum its name in lower case, a StrEnum its value.
    """
    if is_dataclass(value):
        return {
            field.name: encode(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def decode(kind: Any, data: Any, path: str = "") -> Any:
    """Return `data`, as `encode` writes it, as a value of the type `kind`.

    Raises DecodeError naming the path of the first value that is missing, unknown or of a wrong type.
    """
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else decode(_without_none(kind), data, path)
    if origin is tuple:
        return _decode_tuple(get_args(kind), data, path)
    if is_dataclass(kind):
        return _decode_dataclass(kind, data, path)
    if issubclass(kind, Enum):
        return _decode_enum(kind, data, path)
    if kind is date:
        return _decode_date(data, path)
    if type(data) is not kind:  # `isinstance` would let True pass as a number of minutes
        raise DecodeError(f"{path}: expected {kind.__name__}, not {data!r}")
    return data


def _decode_dataclass(kind: Any, data: Any, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise DecodeError(f"{path}: expected an object, not {data!r}")
    hints = _hints(kind)
    unknown = sorted(str(name) for name in data if name not in hints)
    place = f"{path}: " if path else ""
    if unknown:
        raise DecodeError(f"{place}unknown field {unknown[0]}")
    missing = [field.name for field in fields(kind) if field.default is MISSING and field.name not in data]
    if missing:
        raise DecodeError(f"{place}{missing[0]} is missing")
    return kind(**{name: decode(hints[name], data[name], f"{path}.{name}".lstrip(".")) for name in data})


def _decode_tuple(item_kinds: tuple[Any, ...], data: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise DecodeError(f"{path}: expected a list, not {data!r}")
    if item_kinds[-1] is Ellipsis:
        item_kinds = item_kinds[:1] * len(data)
    elif len(data) != len(item_kinds):
        raise DecodeError(f"{path}: expected {len(item_kinds)} values, not {len(data)}")
    return tuple(
        decode(kind, item, f"{path}[{index}]")
        for index, (kind, item) in enumerate(zip(item_kinds, data, strict=True))
    )


def _decode_enum(kind: type[Enum], data: Any, path: str) -> Enum:
    names = {encode(member): member for member in kind}
    if not isinstance(data, str) or data not in names:
        raise DecodeError(f"{path}: expected one of {', '.join(names)}, not {data!r}")
    return names[data]


def _decode_date(data: Any, path: str) -> date:
    try:
        return date.fromisoformat(data)
    except (TypeError, ValueError):
        raise DecodeError(f"{path}: expected a date like 2026-11-21, not {data!r}") from None


def _without_none(kind: Any) -> Any:
    return next(option for option in get_args(kind) if option is not types.NoneType)


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
