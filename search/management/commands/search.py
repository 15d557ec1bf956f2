"""How the search stands, and what mends it."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from elasticsearch.helpers import BulkIndexError

from search import engines, indexing
from search.did_you_mean import rebuild_all_words


class Command(BaseCommand):
    """``search status``, ``search rebuild``, ``search verify [--repair]``, each with ``--engine NAME``."""

    help = "Show how the search stands, build its index anew, or compare it with the pages and repair it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        about = {
            "status": "Say what each engine holds and what waits for it. Exit code 1 if one is behind or ill.",
            "rebuild": "Write all rows and build the index anew; searches go on meanwhile.",
            "verify": "Compare pages, rows and index. Exit code 1 if they differ.",
        }
        for act, words in about.items():
            one = acts.add_parser(act, help=words, description=words)
            one.add_argument("--engine", choices=list(engines.BACKENDS), help="only this engine")
            if act == "verify":
                one.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *args: Any, act: str, engine: str | None, **options: Any) -> None:
        if engine is not None and engine not in engines.names():
            raise CommandError(f"This site has no engine {engine}: ELASTICSEARCH_URL is not set.")
        names = [engine] if engine else list(engines.names())
        is_well = {"status": self._status, "rebuild": self._rebuild, "verify": self._verify}[act](
            names, **options
        )
        if not is_well:
            raise SystemExit(1)

    def _status(self, names: list[str], **options: Any) -> bool:
        is_well = True
        for each in indexing.status():
            if each.name not in names:
                continue
            holds = "no index" if each.indexed is None else f"{each.indexed} of {each.rows} rows"
            self.stdout.write(f"{each.name}: {holds}{f'; {each.details}' if each.details else ''}")
            if each.waiting:
                self.stdout.write(f"  {each.waiting} waiting since {each.waiting_since:%F %T %Z}")
            if each.problem:
                self.stdout.write(self.style.ERROR(f"  {each.problem}"))
            is_well = is_well and not each.problem and each.indexed == each.rows
        return is_well

    def _rebuild(self, names: list[str], **options: Any) -> bool:
        indexing.rewrite_rows(self._tell)
        rebuild_all_words()
        return self._each(names, lambda name: indexing.rebuild(name, self._tell) >= 0)

    def _verify(self, names: list[str], *, repair: bool, **options: Any) -> bool:
        untrue = indexing.verify_rows(repair=repair)
        self.stdout.write(f"rows: {self._number(untrue, 'differ from their pages')}")
        return self._each(names, lambda name: self._compare(name, repair)) and not untrue

    def _compare(self, name: str, repair: bool) -> bool:
        found = indexing.verify(name, repair=repair)
        parts = (
            (found.missing, "missing"),
            (found.outdated, "outdated"),
            (found.extra, "left over"),
        )
        self.stdout.write(f"{name}: {', '.join(self._number(keys, words) for keys, words in parts)}")
        return not found.keys()

    def _each(self, names: list[str], does: Callable[[str], bool]) -> bool:
        """Do something with each engine, also when another one fails; tell whether it went well with all."""
        is_well = True
        for name in names:
            try:
                is_well = does(name) and is_well
            except (*engines.ENGINE_ERRORS, BulkIndexError) as error:
                self.stderr.write(self.style.ERROR(f"{name}: {type(error).__name__}: {error}"))
                is_well = False
        return is_well

    def _number(self, keys: list[int], words: str) -> str:
        some = f" ({', '.join(map(str, keys[:5]))}{' …' if len(keys) > 5 else ''})" if keys else ""
        return f"{len(keys)} {words}{some}"

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
