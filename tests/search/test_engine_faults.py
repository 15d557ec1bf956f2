"""The engine dies and hangs under traffic: nobody waits, nothing is lost, and all is well by itself afterwards."""

import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.engines.elasticsearch import Node, running
from tests.engines.web import ROOT, _environment, load_demo_city, serving

pytestmark = [pytest.mark.deep, pytest.mark.usefixtures("can_run_elasticsearch")]
LONGEST = 2.0
CAUGHT_UP_SECONDS = 180
EDIT = """
import django; django.setup()
from venues.models import OpeningNoticePage
changed, other, hidden, gone = OpeningNoticePage.objects.filter(live=True).order_by("pk")[:4]
for page in (changed, other):
    page.title = "{word}" + page.title
    page.save_revision().publish()
hidden.unpublish()
gone.delete()
"""


class Traffic:
    """Readers who search again and again; what they got, and how long they waited."""

    def __init__(self, url: str) -> None:
        self._urls = [
            f"{url}/search/?q={quote(words)}" for words in ("图书馆", "免费开放", "泉州市 文化馆", "通知")
        ]
        self._ends = threading.Event()
        self.answers: list[tuple[int, float]] = []

    def _read(self) -> None:
        while not self._ends.is_set():
            for url in self._urls:
                self.answers.append(ask(url))

    @contextmanager
    def flowing(self) -> Iterator["Traffic"]:
        """Let two readers search while the block runs."""
        readers = [threading.Thread(target=self._read) for __ in range(2)]
        for reader in readers:
            reader.start()
        try:
            yield self
        finally:
            self._ends.set()
            for reader in readers:
                reader.join(timeout=60)


def ask(url: str) -> tuple[int, float]:
    """Return status and seconds of an answer."""
    begins = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            response.read()
            status = response.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, time.monotonic() - begins


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=_environment(folder) | {"PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )


def edit(folder: Path, word: str) -> None:
    """Change, unpublish and delete pages, as editors do while the engine is away."""
    done = run(folder, "-c", EDIT.format(word=word))
    assert done.returncode == 0, done.stderr


def wait_until_true(folder: Path) -> str:
    """Return the report of ``search verify`` as soon as it finds no difference and nothing waits."""
    deadline = time.monotonic() + CAUGHT_UP_SECONDS
    while True:
        found, status = (
            run(folder, "manage.py", "search", "verify"),
            run(folder, "manage.py", "search", "status"),
        )
        if found.returncode == 0 and status.returncode == 0 and "waiting" not in status.stdout:
            return found.stdout
        assert time.monotonic() < deadline, f"{found.stdout}{found.stderr}{status.stdout}{status.stderr}"
        time.sleep(3)


@pytest.fixture
def node() -> Iterator[Node]:
    with running() as (node,):
        yield node


def killed(node: Node) -> Callable[[], None]:
    node.kill()

    def come_back() -> None:
        node.start()
        node.wait()

    return come_back


def hangs(node: Node) -> Callable[[], None]:
    node.pause()
    return node.resume


def test_nobody_waits_and_nothing_is_lost(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", node.url)
    load_demo_city(tmp_path)
    with serving(tmp_path) as url:
        for __ in range(3):
            ask(f"{url}/search/?q=1")
        assert "0 missing, 0 outdated, 0 left over" in wait_until_true(tmp_path)
        for word, fault in (("甲", killed), ("乙", hangs)):
            with Traffic(url).flowing() as traffic:
                time.sleep(2)
                come_back = fault(node)
                edit(tmp_path, word)
                time.sleep(5)
                assert (
                    run(tmp_path, "manage.py", "search", "status", "--engine=elasticsearch").returncode == 1
                )
                come_back()
                wait_until_true(tmp_path)
            assert {status for status, __ in traffic.answers} == {200}
            assert max(seconds for __, seconds in traffic.answers) < LONGEST
            assert len(traffic.answers) > 20
