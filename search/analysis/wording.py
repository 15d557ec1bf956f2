"""Words, as a dictionary of Chinese and the names of this place see them. Borders for people; recall uses pairs."""

import rjieba

from search import local_names
from search.analysis.cutting import RUNS
from search.analysis.folding import fold


def words(text: str) -> list[str]:
    """Return the words of ``text``, folded and in order; names of the site's places stay whole."""
    found = []
    for han, other in RUNS.findall(fold(text)):
        found += han_words(han) if han else [other]
    return found


def han_words(run: str) -> list[str]:
    """Return the words of a run of folded Chinese; together they are the run."""
    found, end = [], 0
    for start, stop in local_names.current().spans(run):
        found += rjieba.cut(run[end:start]) if start > end else []
        found.append(run[start:stop])
        end = stop
    return found + (rjieba.cut(run[end:]) if end < len(run) else [])


def subwords(run: str) -> set[str]:
    """Return the words of a run of folded Chinese, with the words and names inside the longer ones."""
    found = {word for word in rjieba.cut_for_search(run) if len(word) > 1}
    return found | {run[start:stop] for start, stop in local_names.current().spans(run)}


def borders(run: str) -> set[int]:
    """Return the places in a run of folded Chinese where a word begins or ends, its two ends among them."""
    found, at = {0}, 0
    for word in rjieba.cut(run):
        at += len(word)
        found.add(at)
    return found.union(*local_names.current().spans(run))
