"""Many documents at once: each wholly or not at all, the same file twice changes nothing, what is refused is told."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from policies.importing import json_lines
from policies.models import ImportedLine, PolicyEntry, PolicyPage
from tests.policies.test_policies import city, policy  # noqa: F401
from tests.venues.editors import City

LAW = {
    "title": "晴川市公共图书馆条例",
    "text": "第一章　总则\n\n第一条 为了保障公众阅读，制定本条例。\n\n第二条 馆藏向公众开放。\n\n"
    "儿童不收押金。\n\n第二章　附则\n\n第三条 本条例自2020年5月1日起施行。",
    "date": "2020-03-02",
    "issuer": "晴川市人民代表大会常务委员会",
    "doc_no": "",
}
ORDER = {
    "title": "晴川市体育场地办法",
    "text": "第一条 体育场地应当开放。",
    "date": "2021-01-05",
    "issuer": "市文旅局、晴川市教育局",
    "doc_no": "晴政令[2021]第03号",
}


def file_of(folder: Path, *lines: Any, packed: bool = False) -> Path:
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path = folder / "laws.jsonl"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return path


def run(path: Path, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    with override("en"):
        call_command("policies", "import", str(path), department="culture", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_lines_become_public_documents(city: City, tmp_path: Path, packed: bool) -> None:  # noqa: F811
    out, __ = run(file_of(tmp_path, LAW, "", ORDER, packed=packed))
    assert out.startswith("2 imported, 0 there already, 0 refused; 2 lines")
    law = PolicyPage.objects.get(title=LAW["title"])
    assert law.live
    assert law.get_parent().specific == city.culture
    assert [block.block_type for block in law.body] == ["section", "clause", "clause", "section", "clause"]
    assert law.body[2].value["text"].source == "<p>馆藏向公众开放。</p><p>儿童不收押金。</p>"
    assert (law.document_kind, law.effective_on.isoformat(), law.written_on.isoformat()) == (
        "regulation",
        "2020-05-01",
        "2020-03-02",
    )
    assert law.first_public_at.isoformat() == "2020-03-02T04:00:00+00:00"
    assert law.live_revision is not None
    order = PolicyPage.objects.get(title=ORDER["title"])
    assert order.number == "晴政令〔2021〕3号"
    assert order.issuer_names == ["市文旅局", "晴川市教育局"]
    assert order.issuers.first().department == city.culture.department
    assert set(PolicyEntry.objects.values_list("policy_id", flat=True)) == {law.pk, order.pk}


def test_a_second_run_changes_nothing(city: City, tmp_path: Path) -> None:  # noqa: F811
    path = file_of(tmp_path, LAW, ORDER, LAW)
    run(path)
    before = list(PolicyPage.objects.order_by("pk").values_list("pk", "latest_revision", "last_published_at"))
    assert len(before) == 2
    out, __ = run(path)
    assert out.startswith("0 imported, 3 there already, 0 refused")
    assert (
        list(PolicyPage.objects.order_by("pk").values_list("pk", "latest_revision", "last_published_at"))
        == before
    )


def test_what_an_editor_corrected_is_still_known(city: City, tmp_path: Path) -> None:  # noqa: F811
    path = file_of(tmp_path, LAW)
    run(path)
    page = PolicyPage.objects.get()
    page.title, page.written_on = "晴川市公共图书馆条例（修正）", None
    page.save_revision().publish()
    assert run(path)[0].startswith("0 imported, 1 there already")


def test_what_an_editor_entered_by_hand_is_known(city: City, tmp_path: Path) -> None:  # noqa: F811
    policy(city, LAW["title"], written_on=LAW["date"])
    assert run(file_of(tmp_path, LAW))[0].startswith("0 imported, 1 there already")


def test_a_dry_run_changes_nothing(city: City, tmp_path: Path) -> None:  # noqa: F811
    out, __ = run(file_of(tmp_path, LAW, LAW, ORDER), dry_run=True)
    assert out.startswith("2 would be imported, 1 there already, 0 refused")
    assert not PolicyPage.objects.exists()
    assert not ImportedLine.objects.exists()


REFUSED = [
    ("{broken", "not JSON"),
    ("[1]", "not an object"),
    ({**LAW, "title": " "}, "empty: title"),
    ({**LAW, "text": ""}, "empty: text"),
    ({**LAW, "text": ["a"]}, "no text: text"),
    ({**LAW, "title": "长" * 256}, "longer than"),
    ({**LAW, "date": "2020年3月2日"}, "not YYYY-MM-DD"),
    ({**LAW, "date": "2999-01-01"}, "lies ahead"),
    ({**LAW, "text": "机密★5年\n第一条 x。"}, "must not be on this site"),
]


@pytest.mark.parametrize(("line", "reason"), REFUSED)
def test_what_cannot_be_taken_is_told_and_the_rest_is_in(
    city: City,  # noqa: F811
    tmp_path: Path,
    line: Any,
    reason: str,
    capsys: pytest.CaptureFixture,
) -> None:
    out, err = StringIO(), StringIO()
    with override("en"), pytest.raises(CommandError) as caught:
        call_command(
            "policies",
            "import",
            str(file_of(tmp_path, ORDER, line)),
            department="culture",
            stdout=out,
            stderr=err,
        )
    assert caught.value.returncode == 1
    assert "1 imported, 0 there already, 1 refused" in out.getvalue()
    assert err.getvalue().startswith("line 2: ")
    assert reason in err.getvalue()
    assert [page.title for page in PolicyPage.objects.all()] == [ORDER["title"]]
    assert "2/2" in capsys.readouterr().err


def test_a_document_that_fails_halfway_leaves_nothing(
    city: City,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The title fits the line and not the page's slug and checks: the refusal comes from the page itself.
    monkeypatch.setattr(json_lines, "MAX_TITLE", 400)
    with pytest.raises(CommandError):
        run(file_of(tmp_path, {**LAW, "title": "长" * 300}, ORDER))
    assert [page.title for page in PolicyPage.objects.all()] == [ORDER["title"]]
    assert ImportedLine.objects.count() == 1


def test_a_line_that_is_too_long_is_refused_and_the_next_one_read(
    city: City,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_lines, "MAX_LINE", 2000)
    with pytest.raises(CommandError):
        run(file_of(tmp_path, {**LAW, "text": "长" * 5000}, ORDER))
    assert [page.title for page in PolicyPage.objects.all()] == [ORDER["title"]]


def test_court_interpretations_name_their_issuers_in_the_title(city: City, tmp_path: Path) -> None:  # noqa: F811
    run(
        file_of(
            tmp_path, {**LAW, "title": "最高人民法院、最高人民检察院关于开放的解释", "issuer": "", "date": ""}
        )
    )
    page = PolicyPage.objects.get()
    assert page.issuer_names == ["最高人民法院", "最高人民检察院"]
    assert page.written_on is None


@pytest.mark.parametrize(("name", "department"), [("none.jsonl", "culture"), ("laws.jsonl", "nobody")])
def test_a_wrong_file_or_department_is_said(city: City, tmp_path: Path, name: str, department: str) -> None:  # noqa: F811
    file_of(tmp_path, LAW)
    with pytest.raises(CommandError):
        call_command("policies", "import", str(tmp_path / name), department=department)
    assert not PolicyPage.objects.exists()
