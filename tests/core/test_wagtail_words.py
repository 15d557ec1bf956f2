"""The words of Wagtail that our catalogue translates are Wagtail's, and it has no Chinese for them."""

from pathlib import Path

import polib
import wagtail

from openness.core.wagtail_words import COUNTS, WORDS


def _texts(language: str) -> set[str]:
    places = Path(wagtail.__file__).parent.glob(f"**/locale/{language}/LC_MESSAGES/django.po")
    return {entry.msgid for path in places for entry in polib.pofile(str(path))}


def test_each_is_a_word_of_wagtail() -> None:
    assert COUNTS
    assert set(WORDS) - _texts("en") == set()


def test_none_is_translated_by_wagtail_itself() -> None:
    assert set(WORDS) & _texts("zh_Hans") == set()
