"""A question put to modelsearch, as one expression in the words of an engine's full text.

SQLite (FTS5) and PostgreSQL (tsquery) differ in how they write the same things; neither can ask for what does *not*
hold some words alone, so every question becomes an expression and whether its hits or all others are meant.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search import analysis

# A word of at least this many letters may be mistyped.
SHORTEST_FUZZY = 4


@dataclass(frozen=True)
class Leaf:
    """Words to be found: the expression of each, and that of all of them in one run ("" for a single one).

    ``rarity``: how much each word counts, where the engine does not know by itself.
    """

    terms: tuple[str, ...]
    run: str = ""
    is_any: bool = False
    boost: float = 1.0
    rarity: tuple[float, ...] = ()


@dataclass(frozen=True)
class Match:
    """What a question finds: the hits of ``expression``, or all but them if ``is_negated``.

    An empty expression has no hits. ``leaves`` are the words that add to the score of a hit.
    """

    expression: str
    is_negated: bool = False
    leaves: tuple[Leaf, ...] = ()


EVERYTHING = Match("", is_negated=True)
NOTHING = Match("")


class Dialect(ABC):
    """How one engine writes an expression."""

    @abstractmethod
    def token(self, token: str, *, is_prefix: bool = False) -> str:
        """Return the expression of one token, or of all that begin with it."""

    @abstractmethod
    def run(self, tokens: Sequence[str]) -> str:
        """Return the expression of tokens that follow one another."""

    @abstractmethod
    def all_of(self, parts: Sequence[str]) -> str: ...

    @abstractmethod
    def any_of(self, parts: Sequence[str]) -> str: ...

    @abstractmethod
    def without(self, wanted: str, unwanted: str) -> str: ...

    def leaf(self, leaf: Leaf) -> str:
        """Return the expression that finds what a leaf finds."""
        return self.any_of(leaf.terms) if leaf.is_any else self.all_of(leaf.terms)


Read = Callable[[SearchQuery, float, Dialect], Leaf | None]


def compiled(query: SearchQuery, read: Read, dialect: Dialect, boost: float = 1.0) -> Match:
    """Write a question in a dialect; ``read`` reads its leaves (PlainText, Phrase, Fuzzy).

    A leaf without words finds nothing. NotImplementedError for a kind of question that modelsearch does not have.
    """
    match query:
        case MatchAll():
            return EVERYTHING
        case Not():
            inner = compiled(query.subquery, read, dialect, boost)
            return Match(inner.expression, not inner.is_negated, inner.leaves)
        case Boost():
            return compiled(query.subquery, read, dialect, boost * query.boost)
        case And():
            return _all_of([compiled(each, read, dialect, boost) for each in query.subqueries], dialect)
        case Or():
            return _any_of([compiled(each, read, dialect, boost) for each in query.subqueries], dialect)
        case PlainText() | Phrase() | Fuzzy():
            leaf = read(query, boost * getattr(query, "boost", 1.0), dialect)
            return Match(dialect.leaf(leaf), leaves=(leaf,)) if leaf else NOTHING
    raise NotImplementedError(f"{type(query).__name__} is no question that this backend knows.")


def read_words(query: SearchQuery, boost: float, dialect: Dialect) -> Leaf | None:
    """Read a leaf of a search: words as ``search.analysis`` cuts them, with their synonyms."""
    question = analysis.parse(query.query_string)
    run = dialect.run(question.run) if len(question.run) > 1 else ""
    if isinstance(query, Phrase) and run:
        return Leaf((run,), boost=boost)
    is_fuzzy = isinstance(query, Fuzzy)
    terms = [
        dialect.any_of([_alternative(alternative, dialect, is_fuzzy) for alternative in term.alternatives])
        for term in question.terms
    ]
    is_any = getattr(query, "operator", "and") == "or"
    # Of words that must all stand one of each; where any will do, what is said twice weighs twice.
    return Leaf(tuple(terms if is_any else dict.fromkeys(terms)), run, is_any, boost) if terms else None


def read_beginnings(query: SearchQuery, boost: float, dialect: Dialect) -> Leaf | None:
    """Read a leaf of a completion: each run of characters, letters or digits begins something."""
    beginnings = analysis.prefix_terms(query.query_string[: analysis.LONGEST_QUERY])
    is_fuzzy = isinstance(query, Fuzzy)
    terms = [
        dialect.token(_half_sure(beginning) if is_fuzzy else beginning, is_prefix=True)
        for beginning in beginnings
    ]
    is_any = getattr(query, "operator", "and") == "or"
    return Leaf(tuple(dict.fromkeys(terms)), is_any=is_any, boost=boost) if terms else None


def _alternative(tokens: Sequence[str], dialect: Dialect, is_fuzzy: bool) -> str:
    return dialect.all_of([_token(token, dialect, is_fuzzy) for token in tokens])


def _token(token: str, dialect: Dialect, is_fuzzy: bool) -> str:
    if is_fuzzy and (beginning := _half_sure(token)) != token:
        return dialect.token(beginning, is_prefix=True)
    # A single character stands for all words that begin with it.
    return dialect.token(token, is_prefix=analysis.is_one_han(token))


def _half_sure(word: str) -> str:
    """Leave out the end of a word of letters that may be mistyped."""
    if word.isascii() and word.isalpha() and len(word) >= SHORTEST_FUZZY:
        return word[: len(word) - max(1, len(word) // 4)]
    return word


def _all_of(parts: Sequence[Match], dialect: Dialect) -> Match:
    if NOTHING in parts:
        return NOTHING
    wanted = [part for part in parts if not part.is_negated]
    unwanted = [part.expression for part in parts if part.is_negated and part.expression]
    if not wanted:
        return Match(dialect.any_of(unwanted), is_negated=True) if unwanted else EVERYTHING
    expression = dialect.all_of([part.expression for part in wanted])
    if unwanted:
        expression = dialect.without(expression, dialect.any_of(unwanted))
    return Match(expression, leaves=_leaves(wanted))


def _any_of(parts: Sequence[Match], dialect: Dialect) -> Match:
    if any(part.is_negated and not part.expression for part in parts):
        return EVERYTHING
    wanted = [part for part in parts if not part.is_negated and part.expression]
    unwanted = [part.expression for part in parts if part.is_negated]
    if not unwanted:
        expressions = [part.expression for part in wanted]
        return Match(dialect.any_of(expressions), leaves=_leaves(wanted)) if wanted else NOTHING
    # "a or not b" is all but what holds b and not a.
    expression = dialect.all_of(unwanted)
    if wanted:
        expression = dialect.without(expression, dialect.any_of([part.expression for part in wanted]))
    return Match(expression, is_negated=True)


def _leaves(parts: Sequence[Match]) -> tuple[Leaf, ...]:
    return tuple(leaf for part in parts for leaf in part.leaves)
