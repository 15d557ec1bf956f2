"""The text of an uploaded file, read by a process of its own, so that no file can hang or fill the worker."""

import os
import signal
import subprocess
import sys
import tempfile

from openness.media.limits import MAX_SECONDS

# A hostile file that takes over its reader finds no secrets in the environment.
KEPT_VARIABLES = ("LD_LIBRARY_PATH", "PATH", "TMPDIR")


class UnreadableFile(Exception):
    """The file gave no text: it is damaged or encrypted, or its reading reached a limit."""


def read_text(content: bytes, detected_type: str) -> str:
    """Return the text of a file of one of `extraction.SUPPORTED_TYPES`, empty for a scan.

    Takes at most what `openness.media.limits` allows. Raises UnreadableFile.
    """
    # Files, not pipes: nobody has to feed and to empty them meanwhile, and the limit of the size of files holds.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        code = _run(detected_type, given.fileno(), answer.fileno())
        answer.seek(0)
        text = answer.read().decode("utf-8", "replace")
    if code < 0:
        raise UnreadableFile(f"Its reader was ended by {signal.Signals(-code).name}.")
    if code:
        raise UnreadableFile(text or f"Its reader gave up ({code}).")
    return text


def _run(detected_type: str, given: int, answer: int) -> int:
    """Return the exit code of the child, or the negative number of the signal that ended it."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    with subprocess.Popen(  # noqa: S603 - our own program, and one of our own words
        # -P: nothing is imported from the current folder.
        [sys.executable, "-P", "-m", "openness.media.reading_child", detected_type],
        env={**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=given,
        stdout=answer,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            return child.wait(MAX_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()
        except BaseException:
            child.kill()
            raise
