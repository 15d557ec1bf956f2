"""When two descriptions are of one document."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from policies.numbers import normalise


def key_of(*, title: str, number: str, issuers: Iterable[str], written_on: date | None) -> str:
    """Return 64 characters that are the same for the same document.

    A number is unique within its issuer; without one, title and day stand for the document.
    """
    if number:
        # A number with its issuers says enough; the issuers' order does not matter.
        parts = ["number", normalise(number), *sorted(map(_squeezed, issuers))]
    else:
        parts = ["title", _squeezed(title), written_on.isoformat() if written_on else ""]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
