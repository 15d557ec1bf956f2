"""The last part of an address, in pinyin: Chinese characters in an address break when it is copied."""

import hashlib
import re
import unicodedata

from pypinyin import lazy_pinyin

MAX_LENGTH = 60


def pinyin_slug(text: str) -> str:
    """Return lower-case ASCII syllables and words joined by hyphens, at most 60 characters, never empty.

    A long text ends after a whole syllable. A text without a letter or digit (an emoji, another
    script) gets ten characters that always are the same for the same text.
    """
    slug = ""
    for word in _words(text):
        longer = f"{slug}-{word}" if slug else word[:MAX_LENGTH]
        if len(longer) > MAX_LENGTH:
            break
        slug = longer
    return slug or hashlib.sha256(text.encode()).hexdigest()[:10]


def _words(text: str) -> list[str]:
    spelled = " ".join(lazy_pinyin(unicodedata.normalize("NFKC", text)))
    # Accents fall away (é is e), and so does what ASCII has no letter for.
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", ascii_only.lower())
