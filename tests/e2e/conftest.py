"""The browser, and a running city for it.

`site_url` is one city for all tests that only read. A test that changes something asks for
`own_site_url`: a copy of the city for the tests of its file, which keep to venues of their own.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines import REQUIRED
from tests.engines.web import load_demo_city, serving

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium, and keep it from calling home."""
    if not Path(CHROMIUM).exists():
        if REQUIRED:
            pytest.fail("Chromium is required, and is not installed.")
        pytest.skip("Chromium is not installed (Debian: apt install chromium; elsewhere set CHROMIUM).")
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Be a reader in the city."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demo city, loaded once and never served from."""
    folder = tmp_path_factory.mktemp("city")
    load_demo_city(folder)
    return folder


@pytest.fixture(scope="session")
def site_url(city_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a city that all tests share; they only read it."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(city_folder, folder, dirs_exist_ok=True)
    with serving(folder) as url:
        yield url


@pytest.fixture(scope="module")
def own_site_url(city_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a city that the tests of one file may change."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(city_folder, folder, dirs_exist_ok=True)
    with serving(folder) as url:
        yield url
