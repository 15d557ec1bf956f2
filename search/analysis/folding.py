"""One character for one: case, width, accents, traditional forms and radicals become what one would type."""

import unicodedata
from functools import cache

import opencc

# Han characters: the unified ones of all planes.
HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
# Blocks whose characters Unicode itself equates with one plain character: Latin-1 and its extensions, symbols such
# as ⑤, Kangxi radicals (as PDF files hold them), compatibility ideographs, full and half width.
_PLAIN_RANGES = ((0x00A0, 0x058F), (0x1E00, 0x33FF), (0xF900, 0xFFEF), (0x2F800, 0x2FA1F))
# Letters with an accent; Cyrillic й is a letter of its own.
_ACCENTED = ((0x00C0, 0x024F), (0x1E00, 0x1EFF))
_STROKED = dict(zip("øđłħŧƀɨ", "odlhtbi", strict=True))
# Radicals that fonts put in place of whole characters and that Unicode's normalisation leaves: it knows only those
# of Kangxi (EquivalentUnifiedIdeograph.txt has the pairs).
_RADICALS = dict(
    zip(
        "⺁⺇⺊⺎⺒⺓⺜⺝⺟⺠⺧⺩⺪⺬⺮⺶⺼⺽⻁⻃⻄⻅⻆⻉⻊⻋⻌⻍⻎⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻲⻳",
        "厂几卜兀巳幺日月母民牛王疋示竹羊月臼虎西西见角贝足车辶辶辶长长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齐齿龙龙龟龟",
        strict=True,
    )
)
# Zero as dates and numbers of documents write it.
_ZEROS = dict.fromkeys("〇○◯", "零")


def fold(text: str) -> str:
    """Return ``text`` in one form for comparing; as long as before, so that places in one hold in the other."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    plain = {chr(code): _plain(chr(code)) for code in range(ord("A"), ord("Z") + 1)}
    for first, last in _PLAIN_RANGES:
        plain |= {chr(code): _plain(chr(code)) for code in range(first, last + 1)}
    plain |= _RADICALS | _ZEROS
    han = [chr(code) for first, last in HAN_RANGES for code in range(first, last + 1)]
    simplified = dict(zip(han, _simplified(han), strict=True))
    folded = simplified | {character: simplified.get(form, form) for character, form in plain.items()}
    return {ord(character): form for character, form in folded.items() if form != character}


def _plain(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    form = (form if len(form) == 1 else character).lower()
    if any(first <= ord(character) <= last for first, last in _ACCENTED):
        form = unicodedata.normalize("NFD", form)[0]
        return _STROKED.get(form, form)
    return form if len(form) == 1 else character


def _simplified(characters: list[str]) -> list[str]:
    """Return the simplified form of each character by itself; without a table for words, none becomes two.

    Forms outside the basic plane stand in books about characters; people write 蟳埔 everywhere.
    """
    forms = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return [
        form if form <= "\uffff" else character for character, form in zip(characters, forms, strict=True)
    ]
