"""The house stands as drawn in docs/conventions.md."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["home", "news", "policies", "search", "venues"]
OUR_PYTHON = sorted(
    path
    for folder in [*ROOMS, "site", "tests", "demo", "benchmarks"]
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != "__pycache__"}


def _imports(path: Path) -> set[str]:
    """Return the absolute names of the modules that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            # One dot is the file's own folder, each further dot the one above.
            folders = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            found.add(".".join([*folders, *([node.module] if node.module else [])]))
    return found


def test_site_holds_one_package_and_is_none_itself() -> None:
    # With an __init__.py, or a second package, it would fight with Python's own module `site`.
    assert _names(ROOT / "site") == {"openness"}


def test_top_level_packages_are_the_rooms() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*ROOMS, "demo", "tests"}


@pytest.mark.parametrize("room", ROOMS)
def test_room_has_no_name_of_the_standard_library(room: str) -> None:
    assert room not in sys.stdlib_module_names


@pytest.mark.parametrize("path", sorted((ROOT / "venues" / "hours").glob("*.py")), ids=lambda path: path.name)
def test_engine_of_hours_imports_the_standard_library_and_itself(path: Path) -> None:
    strangers = {
        name
        for name in _imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("venues.hours.")
    }
    assert strangers == set()


def test_no_room_imports_tests_and_only_the_command_imports_the_demo() -> None:
    outside = {
        (str(path.relative_to(ROOT)), name)
        for path in OUR_PYTHON
        if path.relative_to(ROOT).parts[0] in {*ROOMS, "site"}
        for name in _imports(path)
        if name.split(".")[0] in {"tests", "demo", "benchmarks"}
    }
    assert {path for path, _ in outside} <= {"home/management/commands/city.py"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in OUR_PYTHON}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_every_requirement_is_exact_and_locked() -> None:
    def pins(name: str) -> dict[str, str]:
        lines = [line for line in (ROOT / name).read_text().splitlines() if line and line[0] not in "#-"]
        pairs = [re.sub(r"\[.*\]", "", line).split("==") for line in lines]
        return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in pairs}

    lock = pins("requirements.lock")
    wanted = {**pins("requirements.txt"), **pins("requirements-dev.txt")}
    assert {name: lock.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []
