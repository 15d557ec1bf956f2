"""How Chinese words sound, in Latin letters."""

from functools import cache, lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

# What speakers of southern dialects, and those who type fast, do not tell apart.
_LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("n", "l"))


@lru_cache(20_000)
def syllables_of(word: str) -> tuple[str, ...]:
    """Return the sound of each character of ``word``, without tones; what is not Chinese stands for itself."""
    # Its annotation knows functions to strings only; a list keeps one entry for each character.
    return tuple(lazy_pinyin(word, errors=list))  # type: ignore[arg-type]


def pinyin_of(word: str) -> str:
    """Return the sound of a word without tones and spaces: 图书馆 → tushuguan."""
    return "".join(syllables_of(word))


def initials_of(word: str) -> str:
    """Return the first letter of each syllable: 图书馆 → tsg."""
    return "".join(syllable[0] for syllable in syllables_of(word))


def loose_sound(pinyin: str) -> str:
    """Return a sound without the differences that speakers of southern dialects do not hear (zh/z, ing/in, n/l)."""
    for precise, loose in _LOOSE:
        pinyin = pinyin.replace(precise, loose)
    return pinyin


@cache
def syllables() -> frozenset[str]:
    """Return all syllables of Chinese, without tones."""
    # Of each character all readings with their tones, as one text: ``mí,mǐ``.
    readings = set(PINYIN_DICT.values())
    sounds = {sound for reading in readings for sound in reading.split(",")}
    return frozenset(to_normal(sound).replace("ü", "v") for sound in sounds)
