"""Headings in brackets: 【闭馆时间】周一 is 闭馆时间：周一."""

from venues.hours.parse.tokens import Token
from venues.hours.parse.words import Word

_HEADINGS = frozenset(
    {Word.LABEL, Word.OPENS_AT, Word.CLOSES_AT, Word.CLOSING_DAYS, Word.NO_ENTRY, Word.NO_TICKETS}
)


def without_brackets(source: str, tokens: list[Token]) -> list[Token]:
    """Return the tokens with the brackets around a single heading as a stop and a colon."""
    plain = list(tokens)
    for place in range(len(tokens) - 2):
        first, word, last = tokens[place : place + 3]
        if first.kind != Word.OPENING or last.kind != Word.CLOSING:
            continue
        is_closing_day = word.kind == Word.CLOSED and source[word.start : word.end] in ("闭馆日", "閉館日")
        if word.kind in _HEADINGS or is_closing_day:
            plain[place] = first._replace(kind=Word.STOP, value=2)
            plain[place + 1] = word._replace(kind=Word.CLOSING_DAYS) if is_closing_day else word
            plain[place + 2] = last._replace(kind=Word.COLON)
    return plain
