"""Chinese and Latin text as tokens, the same for every engine.

The text of a document becomes tokens with spaces between them (``index_tokens``, ``prefix_tokens``); a question
becomes a ``Query`` of such tokens (``parse``). Engines split on spaces and compare, and need no analyser of their
own. Tokens hold letters and digits only.
"""

from search.analysis.cutting import index_tokens, is_one_han, tokens_of
from search.analysis.folding import fold
from search.analysis.numbering import document_numbers
from search.analysis.prefixes import prefix_terms, prefix_tokens
from search.analysis.query import LONGEST_QUERY, Query, Term, parse
from search.analysis.sound import initials_of, loose_sound, pinyin_of
from search.analysis.wording import words

__all__ = [
    "LONGEST_QUERY",
    "Query",
    "Term",
    "document_numbers",
    "fold",
    "index_tokens",
    "initials_of",
    "is_one_han",
    "loose_sound",
    "parse",
    "pinyin_of",
    "prefix_terms",
    "prefix_tokens",
    "tokens_of",
    "words",
]
