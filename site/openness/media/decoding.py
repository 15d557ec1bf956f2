"""The characters of a plain text, whatever encoding it is in."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

# The type of a plain text, csv included.
TEXT = "text"

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def decode_text(content: bytes) -> str | None:
    """Return ``content`` as text (UTF-8, UTF-16 with its mark, GB 18030), or None when it is no text."""
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROL_CHARACTERS.search(text) else text
    return None
