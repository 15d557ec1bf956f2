"""What is refused before anything of it is kept."""

from collections.abc import Iterable

from django.utils.translation import gettext

from policies.importing.documents import Unreadable
from policies.secrecy import secret_marks


def refuse_secret(lines: Iterable[str]) -> None:
    """Raise Unreadable when the lines, the first ones of a document, carry the mark of a secret."""
    marks = secret_marks("\n".join(lines))
    if marks:
        text = gettext(
            "This document is marked “%(mark)s”. It must not be on this site, and nothing of it was kept: "
            "tell your office's secrecy officer."
        )
        raise Unreadable(text % {"mark": marks[0]})
