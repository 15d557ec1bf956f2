"""Data for search engines in a page's head (JSON-LD, schema.org): how it is written, and what all pages share."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# What must not stand inside a script element, as JSON may write it.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def script_data(data: Mapping[str, Any]) -> SafeString:
    """Return data as JSON that can stand inside a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 escaped here


def known(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what has a value: schema.org says nothing by an empty text, an empty list or null."""
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def organization(name: str, url: str = "") -> dict[str, Any]:
    """Return a public body by its name."""
    return known({"@type": "GovernmentOrganization", "name": name, "url": url})


def breadcrumb_list(steps: Iterable[tuple[str, str]], request: HttpRequest) -> dict[str, Any]:
    """Return the way from the home page to a page: name and address of each step."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": request.build_absolute_uri(url)}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }
