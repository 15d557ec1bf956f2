"""modelsearch's own tests of an Elasticsearch backend hold for ours, but for the exceptions named in the suite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.elasticsearch
def test_the_elasticsearch_backend_passes_the_tests_of_modelsearch() -> None:
    suite = "tests.search.upstream.elasticsearch_suite"
    # The books are kept in memory, whichever database the run has.
    without_database = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-m", "django", "test", "--settings=tests.search.upstream.settings", suite],
        cwd=ROOT,
        env={**without_database, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stderr.split("Ran ")[1].split()[0]) > 130
    assert "skipped=2" in run.stderr, "test_boost, and a test of modelsearch's own that it skips"
