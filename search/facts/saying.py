"""One page while its facts are gathered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openness.core.gate import visible
from openness.core.models import BasePage
from openness.core.plain_text import documents_in, text_of
from openness.departments.models import Department, Term
from openness.departments.selectors import SOURCE_LANGUAGE


@dataclass(slots=True)
class Saying:
    """A page, the page its facts stand on, and what was gathered so far; codes compare, empty means unknown."""

    page: Any
    source: Any
    language: str
    department: Department | None
    names: list[str] = field(default_factory=list)
    # Words beside those of the fields that the type declares.
    words: list[str] = field(default_factory=list)
    # Keys of files with the titles they have on this page; an empty title is the file's own.
    documents: list[tuple[int, str]] = field(default_factory=list)
    number: str = ""
    region_lineage: str = ""
    topic_code: str = ""
    admission: str = ""
    validity: str = ""
    dated: date | None = None
    year: int | None = None

    def text(self) -> str:
        """Return the words of the declared fields, then those that were gathered, a line each."""
        declared = (text_of(getattr(self.page, name)) for name in self.page.searched_fields)
        return "\n".join(filter(None, [*declared, *dict.fromkeys(self.words)]))

    def all_documents(self) -> dict[int, str]:
        """Return all files of the page, those in its texts last, each with its title on this page."""
        found = dict(reversed(self.documents))
        for name in self.page.searched_fields:
            for key in documents_in(getattr(self.page, name)):
                found.setdefault(key, "")
        return found


def sources(sayings: Iterable[Saying]) -> list[int]:
    """Return the keys of the pages on which facts stand, each once."""
    return list({each.source.pk: None for each in sayings})


def by_page(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Gather words by the page they belong to, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for page, word in rows:
        if word:
            found[page].append(word)
    return found


def common_lineage(lineages: Iterable[str]) -> str:
    """Return the deepest place that all of these lie in: ``/350500/350502/`` and ``/350500/`` give ``/350500/``."""
    lines = [lineage.strip("/").split("/") for lineage in lineages if lineage]
    shared = []
    for codes in zip(*lines, strict=False):
        if len(set(codes)) > 1:
            break
        shared.append(codes[0])
    return f"/{'/'.join(shared)}/" if shared else ""


class Names:
    """The names of terms in the language of a page, read at once and from the database.

    Not from the cached names: a row that was written with an old name would keep it.
    """

    def __init__(self, model: type[Term], codes: Iterable[str]) -> None:
        rows = model._default_manager.filter(code__in={code for code in codes if code})
        self._names: dict[tuple[str, str], str] = {
            (language, code): name
            for language, code, name in rows.values_list("locale__language_code", "code", "name")
        }

    def __call__(self, codes: Iterable[str], language: str) -> list[str]:
        """Return the names of codes, in ``language`` where translated; codes without a name are left out."""
        found = (
            self._names.get((language, code)) or self._names.get((SOURCE_LANGUAGE, code)) for code in codes
        )
        return [name for name in found if name]


def codes_of(lineage: str) -> list[str]:
    """Return the codes of a lineage, the root first."""
    return [code for code in lineage.split("/") if code]


class Titles:
    """The titles of public pages that others name, in the language of the page that names them. Two queries."""

    def __init__(self, model: type[BasePage], keys: Iterable[int | None]) -> None:
        named = model._default_manager.filter(pk__in={key for key in keys if key}).order_by()
        self._translation_keys = dict(named.values_list("pk", "translation_key"))
        pages = model._default_manager.filter(
            translation_key__in=set(self._translation_keys.values())
        ).order_by()
        self._titles = {
            (key, language): title
            for key, language, title in visible(pages).values_list(
                "translation_key", "locale__language_code", "title"
            )
        }

    def __call__(self, keys: Iterable[int | None], language: str) -> list[str]:
        """Return the titles of pages by their keys; what is not public is left out."""
        found = []
        for key in keys:
            named = self._translation_keys.get(key) if key else None
            titles = (self._titles.get((named, each)) for each in (language, SOURCE_LANGUAGE) if named)
            found += [title for title in titles if title][:1]
        return found
