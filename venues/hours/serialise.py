"""The hours of a venue as JSON-safe data, and the digest by which a change of them is noticed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from venues.hours import codec
from venues.hours.model import VenueHours

FORMAT = 1


def to_dict(hours: VenueHours) -> dict[str, Any]:
    """Return `hours` as dicts, lists and plain values, in the order in which they were entered."""
    return {"format": FORMAT, **codec.encode(hours)}


def from_dict(data: Mapping[str, Any]) -> VenueHours:
    """Rebuild the hours from `to_dict`.

    Raises ValueError, whose message starts with the path of what is wrong, for any other shape. Whether
    the hours make sense is for `validate` to say.
    """
    if not isinstance(data, Mapping):
        raise codec.DecodeError(f"hours: expected an object, not {data!r}")
    if data.get("format", FORMAT) != FORMAT:
        raise codec.DecodeError(f"format: expected {FORMAT}, not {data['format']!r}")
    return codec.decode(VenueHours, {name: value for name, value in data.items() if name != "format"})


def digest(hours: VenueHours) -> str:
    """Return a sha256 in hex that does not depend on the order of schedules, rules, sessions or areas."""
    canonical = json.dumps(_sorted(to_dict(hours)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _sorted(value: Any) -> Any:
    """Sort every list but the pairs of month and day, whose order is their meaning."""
    if isinstance(value, dict):
        return {
            name: item if name in ("annual_from", "annual_to") else _sorted(item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value
