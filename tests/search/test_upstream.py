"""modelsearch's own tests of a database backend hold for ours, but for the exceptions named in upstream.exceptions."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.search.upstream.exceptions import EXCEPTIONS

ROOT = Path(__file__).parents[2]
SUITE = "tests.search.upstream.database_suite"
CLASSES = {"sqlite": "SQLiteTests", "postgresql": "PostgreSQLTests"}


@pytest.mark.django_db  # so that it runs beside both databases
def test_the_database_backend_passes_the_tests_of_modelsearch():
    run = subprocess.run(
        [
            *(sys.executable, "-m", "django", "test", f"{SUITE}.{CLASSES[connection.vendor]}"),
            "--settings=tests.search.upstream.settings",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert run.returncode == 0, run.stderr
    assert int(re.search(r"Ran (\d+) tests", run.stderr)[1]) > 115
    assert int(re.search(r"skipped=(\d+)", run.stderr)[1]) == len(EXCEPTIONS[connection.vendor])
