"""The demo city as a person starts it: its own folder, web server and worker, clock frozen."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# A Thursday morning in the city. Every journey starts then.
FROZEN_NOW = "2026-11-19T10:00:00+08:00"
START_SECONDS = 60


def _environment(folder: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "openness.settings.dev",
        "OPENNESS_VAR_DIR": str(folder),
        "OPENNESS_FROZEN_NOW": FROZEN_NOW,
    }


def _run(*command: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}")


def load_demo_city(folder: Path) -> None:
    """Make the folder's database and load the demo city into it."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("manage.py", "migrate", "--verbosity=0", folder=folder)
    _run("manage.py", "city", "demo", folder=folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=START_SECONDS):
            return True
    except urllib.error.HTTPError:
        return True  # a page of ours that says no: the test will see it
    except OSError:
        return False


@contextmanager
def serving(folder: Path, *, prefix: str = "") -> Iterator[str]:
    """Serve a folder that holds a city; yield the address, without a slash at the end.

    With ``prefix`` (``/kfwh``) the site stands under that path of a larger one; the server leaves the prefix
    off what the application sees, as a proxy in front does.
    """
    port = _free_port()
    under = {"OPENNESS_PATH_PREFIX": prefix, "SCRIPT_NAME": prefix} if prefix else {}
    log = folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "demo/serve.py", "--prepared", f"--port={port}"],
            cwd=ROOT,
            env=_environment(folder) | under,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://localhost:{port}{prefix}"
    deadline = time.monotonic() + START_SECONDS
    try:
        while not _answers(f"{url}/"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The site did not start:\n{log.read_text()}")
            time.sleep(0.2)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
