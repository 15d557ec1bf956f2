"""Each file is read by a process of its own: no file hangs it, fills the machine or gets at secrets."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from openness.media import reading
from openness.media.limits import MAX_TEXT_LENGTH
from openness.media.reading import UnreadableFile, read_text
from tests.media import hostile, samples


@pytest.mark.parametrize(
    ("content", "detected_type"),
    [
        (samples.TEXT.encode("gb18030"), "text"),
        (samples.pdf(samples.TEXT), "pdf"),
        (samples.word(samples.TEXT), "docx"),
        (samples.workbook({samples.TEXT: []}), "xlsx"),
    ],
)
def test_text_comes_back_whole(content: bytes, detected_type: str) -> None:
    assert read_text(content, detected_type) == samples.TEXT


def test_several_threads_read_at_once() -> None:
    texts: list[str] = []
    threads = [
        Thread(target=lambda content: texts.append(read_text(content, "pdf")), args=(samples.pdf(f"{n}"),))
        for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts) == ["0", "1", "2"]


def test_longest_text_of_the_longest_characters() -> None:
    text = "\U00020000" * (MAX_TEXT_LENGTH + 1)
    assert read_text(text.encode(), "text") == text[:-1]


def test_why_there_is_no_text() -> None:
    with pytest.raises(UnreadableFile, match="No text is read from 'exe'"):
        read_text(b"", "exe")


@pytest.mark.parametrize(
    ("content", "detected_type"),
    [
        (hostile.laughing_word, "docx"),
        (hostile.laughing_sheet, "xlsx"),
        (hostile.word_of_elements, "docx"),
        (hostile.endless_pdf, "pdf"),
        (lambda: hostile.cell_of(200_000_000), "xlsx"),
    ],
    ids=["laughs in Word", "laughs in Excel", "elements", "endless PDF", "bomb"],
)
def test_file_that_asks_for_too_much_memory_is_not_read(content, detected_type: str) -> None:
    with pytest.raises(UnreadableFile):
        read_text(content(), detected_type)


def test_huge_cell_is_cut() -> None:
    text = read_text(hostile.cell_of(20_000_000), "xlsx")
    assert len(text) == MAX_TEXT_LENGTH


def test_ten_thousand_sheets_are_read() -> None:
    assert read_text(hostile.many_sheets(10_000), "xlsx").endswith("9999\n开放\n10000\n开放")


def test_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_SECONDS", 1)
    with pytest.raises(UnreadableFile, match="SIGKILL"):
        read_text(hostile.endless_sheet(), "xlsx")


@pytest.mark.deep
def test_reader_ends_by_itself_when_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_SECONDS", 300)
    with pytest.raises(UnreadableFile, match="SIGALRM|SIGXCPU|SIGKILL"):
        read_text(hostile.endless_sheet(), "xlsx")


@pytest.mark.parametrize(
    ("act", "error"),
    [
        ("bytes(600 * 1024 * 1024)", "MemoryError"),
        ("open({file!r}, 'wb').write(bytes(9_000_000))", "File too large"),
    ],
)
def test_limits_hold_for_whatever_runs_in_the_reader(act: str, error: str, tmp_path: Path) -> None:
    program = "from openness.media.limits import limit_this_process\nlimit_this_process()\n" + act.format(
        file=str(tmp_path / "filled")
    )
    done = _python("-c", program)
    assert (done.returncode, error in done.stderr) == (1, True)


def test_reader_starts_without_django() -> None:
    program = (
        "import sys, openness.media.reading_child, openness.media.extraction; print('django' in sys.modules)"
    )
    assert _python("-c", program).stdout == "False\n"


def test_reader_knows_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    # Another program in the reader's place.
    place = tmp_path / "openness" / "media"
    place.mkdir(parents=True)
    (place / "reading_child.py").write_text("import os; print(sorted(os.environ))")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    names = read_text(b"", "text")
    assert "PYTHONPATH" in names
    assert "SECRET_KEY" not in names


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
