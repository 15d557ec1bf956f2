"""The Chinese catalogue has every text of the source, and its compiled form is the same."""

import shutil
from pathlib import Path

import polib
import pytest
import wagtail
from django.core.management import call_command

from .engines import REQUIRED

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "site" / "openness" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

# Words for which ours suit Wagtail's screens as well.
SHARED = frozenset({"All", "Change", "Document", "File", "Name", "Next", "Number", "Previous", "created at"})
SHARED |= {"document", "documents", "group", "name"}


def _texts(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], tuple[str, ...]]:
    """Return context and English text → the translation, or its plural forms."""
    return {
        (entry.msgctxt, entry.msgid): tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
        for entry in catalogue
        if not entry.obsolete
    }


def test_every_text_of_the_source_is_translated(
    tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("xgettext") is None:
        if REQUIRED:
            pytest.fail("gettext is required, and is not installed.")
        pytest.skip("gettext is not installed (Debian: apt install gettext).")
    settings.LOCALE_PATHS = [tmp_path]
    monkeypatch.chdir(ROOT)
    ignored = ["site/openness/locale", "var", "tests", "demo", "benchmarks"]
    call_command("makemessages", locale=["zh_Hans"], ignore_patterns=ignored, verbosity=0)
    wanted = polib.pofile(str(tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    catalogue = polib.pofile(str(CATALOGUE))
    translated = {key: text for key, text in _texts(catalogue).items() if all(text)}
    fuzzy = {(entry.msgctxt, entry.msgid) for entry in catalogue.fuzzy_entries()}
    assert sorted(str(key[1]) for key in _texts(wanted) if key not in translated or key in fuzzy) == []


def test_compiled_catalogue_is_the_catalogue() -> None:
    # It is kept in the repository, so that a site starts on a machine without gettext.
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert _texts(compiled) == _texts(polib.pofile(str(CATALOGUE)))


def test_our_words_do_not_rename_wagtails_screens() -> None:
    # Our catalogue comes before Wagtail's: the same English text in another sense would rename its menus.
    ours = _texts(polib.pofile(str(CATALOGUE)))
    others: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for path in Path(wagtail.__file__).parent.glob("**/locale/zh_Hans/LC_MESSAGES/django.po"):
        others |= {key: text for key, text in _texts(polib.pofile(str(path))).items() if all(text)}
    assert others
    renamed = {key[1] for key, text in others.items() if key in ours and ours[key] != text}
    assert renamed - SHARED == set()
