"""PostgreSQL's tsvector and tsquery, written here: its own parser would take tokens for addresses and hyphens apart."""

from collections.abc import Iterable, Sequence

from search.backends.cut import Piece
from search.backends.expressions import Dialect

# PostgreSQL counts positions up to this one, and keeps at most so many of one lexeme.
LAST_POSITION = 16_383
MOST_POSITIONS = 255
# A tsvector holds 1 MB less one byte, the one of title and body joined too.
LARGEST = {"title": 100_000, "body": 900_000, "autocomplete": 900_000}
# Bytes of an entry beside its lexeme: its own place, the number of positions, and what alignment may take.
ENTRY_BYTES = 8
POSITION_BYTES = 2


def tsvector(pieces: Iterable[Piece], column: str) -> str:
    """Return the text of the tsvector of one column, each token with its place and the weight of its field.

    What would not fit into the 1 MB of a tsvector is left out, from the end of the text.
    """
    places: dict[str, dict[int, str]] = {}
    room, position = LARGEST[column], 0
    for piece in pieces:
        if piece.column != column:
            continue
        weight = _weight(piece)
        for token in piece.tokens.split():
            position = min(position + 1, LAST_POSITION)
            known = places.get(token)
            if known is None:
                needed = len(token.encode()) + ENTRY_BYTES + POSITION_BYTES
                if needed > room:
                    continue
                places[token] = {position: weight}
                room -= needed
            elif position not in known and len(known) < MOST_POSITIONS and room >= POSITION_BYTES:
                known[position] = weight
                room -= POSITION_BYTES
    return " ".join(
        f"{_quoted(token)}:{','.join(f'{position}{weight}' for position, weight in each.items())}"
        for token, each in places.items()
    )


class TSQuery(Dialect):
    """Every lexeme stands in quotes, so that nothing a reader types is syntax."""

    def token(self, token: str, *, is_prefix: bool = False) -> str:
        return _quoted(token) + (":*" if is_prefix else "")

    def run(self, tokens: Sequence[str]) -> str:
        return f"({' <-> '.join(map(_quoted, tokens))})"

    def all_of(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else f"({' & '.join(parts)})"

    def any_of(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"

    def without(self, wanted: str, unwanted: str) -> str:
        return f"({wanted} & !{unwanted})"


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _weight(piece: Piece) -> str:
    if piece.column == "title":
        return "A"
    return "B" if piece.boost >= 1 else "C" if piece.boost >= 0.5 else "D"
