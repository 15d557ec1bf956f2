"""The npm package `opening_hours` as a second oracle: installed once below `var/`, asked a batch at a time."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

CITY_TZ = ZoneInfo("Asia/Shanghai")
SOURCE = Path(__file__).parent / "opening_hours"
HOME = Path(__file__).resolve().parents[2] / "var" / "opening_hours"
FILES = ("package.json", "package-lock.json", "evaluate.js")


class NodeMissingError(RuntimeError):
    """Node.js or its package is not here and cannot be had; the message says what to do."""


def installed() -> Path:
    """Return the folder with the package in the locked version, installing it when it is not there yet.

    Raises NodeMissingError without Node.js, and without a registry to install from.
    """
    npm = shutil.which("npm")
    if not (npm and shutil.which("node")):
        raise NodeMissingError(
            "Node.js and npm are not here; install Node.js 20 or newer for the second oracle"
        )
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / ".installing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # several test processes may begin here at once
        _install(npm)
    return HOME


def _install(npm: str) -> None:
    lock = HOME / "package-lock.json"
    is_current = lock.exists() and lock.read_bytes() == (SOURCE / lock.name).read_bytes()
    if not (is_current and (HOME / "node_modules" / "opening_hours").exists()):
        for name in FILES:
            shutil.copy(SOURCE / name, HOME / name)
        done = subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=HOME,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            lock.unlink()
            raise NodeMissingError(f"npm ci could not install the second oracle:\n{done.stdout}")
    shutil.copy(SOURCE / "evaluate.js", HOME / "evaluate.js")


Stretch = tuple[datetime, datetime, bool, str]


def evaluate(questions: Iterable[tuple[str, date, date]]) -> list[list[Stretch]]:
    """Return, for each (string, first, last), the stretches of these days (both included) that are not closed.

    A stretch is (start, end, is uncertain, comment). One process answers all. Raises ValueError for a string
    that the package refuses.
    """
    asked = list(questions)
    lines = (
        json.dumps({"value": value, "from": _midnight(first), "to": _midnight(last + timedelta(days=1))})
        for value, first, last in asked
    )
    done = subprocess.run(
        ["node", "evaluate.js"],
        cwd=installed(),
        input="\n".join(lines),
        env={**os.environ, "TZ": CITY_TZ.key},
        stdout=subprocess.PIPE,
        text=True,
        timeout=300,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for (value, *__), answer in zip(asked, answers, strict=True):
        if "error" in answer:
            raise ValueError(f"{value}: {answer['error']}")
    return [
        [
            (_instant(start), _instant(end), uncertain, comment)
            for start, end, uncertain, comment in answer["stretches"]
        ]
        for answer in answers
    ]


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), CITY_TZ).isoformat()


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, CITY_TZ)
