"""Production settings: complete or refused. Each case starts Django anew, as a server does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "site" / "openness" / "settings"


def _production() -> dict[str, str]:
    """Return the least that production settings ask for."""
    lines = (ROOT / "tests" / "production.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": ".:site", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_is_ready_to_deploy() -> None:
    done = _python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **_production())
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, ""], ids=["absent", "empty"])
def test_production_refuses_to_start_half_configured(missing: str, value: str | None) -> None:
    environment = {**_production(), missing: value}
    given = {name: text for name, text in environment.items() if text is not None}
    done = _python("-c", "import openness.wsgi", **given)
    assert done.returncode != 0
    assert missing in done.stderr


def test_every_variable_stands_in_the_example() -> None:
    read = {
        name
        for path in SETTINGS.glob("*.py")
        for name in re.findall(r"\benv\.\w+\(\s*\"([A-Z0-9_]+)\"", path.read_text())
    }
    told = set(re.findall(r"^#? ?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert told == read
