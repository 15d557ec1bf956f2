"""What a result shows: whole sentences, marked, safe, and where they are from."""

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import parse
from search.models import SearchEntry, SynonymGroup
from search.snippets import LOOKED_THROUGH, highlight, snippet

pytestmark = pytest.mark.django_db
FILLER = "本办法自公布之日起施行，由主管部门负责解释。"


def shown(text: str, asked: str, **facts) -> str:
    return str(snippet(SearchEntry(text=text, **facts), parse(asked)).html)


def plain(marked: str) -> str:
    return html.unescape(re.sub(r"</?mark>|…", "", marked))


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("泉州市图书馆免费开放", "图书馆", "泉州市<mark>图书馆</mark>免费开放"),
        ("泉州市圖書館", "图书馆", "泉州市<mark>圖書館</mark>"),
        ("泉州市图书馆", "圖書館", "泉州市<mark>图书馆</mark>"),
        ("Libraries & rooms", "library", "<mark>Libraries</mark> &amp; rooms"),
        (
            "按泉政办[２０２０]第15号办理，附15号楼",
            "泉政办〔2020〕15号",
            "按<mark>泉政办[２０２０]第15号</mark>办理，附<mark>15</mark>号楼",
        ),
        ("税务局的税", "税", "<mark>税</mark>务局的<mark>税</mark>"),
        ("2020年", "02", "2020年"),
        ("<script>图书馆", "script 图书馆", "&lt;<mark>script</mark>&gt;<mark>图书馆</mark>"),
        ("没有", "", "没有"),
    ],
)
def test_words_are_marked_in_the_text_as_it_is_written(text: str, asked: str, marked: str) -> None:
    assert highlight(text, parse(asked)) == marked


def test_synonyms_are_marked() -> None:
    SynonymGroup.objects.create(words="书斋 读书处")
    assert highlight("读书处在左", parse("书斋")) == "<mark>读书处</mark>在左"


def test_the_sentence_that_answers_is_shown_from_its_beginning() -> None:
    text = FILLER * 8 + "图书馆周一闭馆，周末开放到晚上九点。" + FILLER * 8
    answer = shown(text, "图书馆周末")
    assert answer.startswith("<mark>图书馆</mark>周一闭馆，<mark>周末</mark>开放到晚上九点。")
    assert plain(answer).endswith("。")
    assert "…" not in answer


def test_a_long_sentence_is_cut_at_a_clause_and_says_so() -> None:
    text = "一" * 200 + "，其中图书馆每周开放不少于六十小时，" + "二" * 200
    answer = shown(text, "图书馆")
    assert answer.startswith("…其中<mark>图书馆</mark>")
    assert answer.endswith("…")
    assert len(plain(answer)) <= 90


def test_the_place_with_more_of_the_question_wins() -> None:
    text = "图书馆很好。" + FILLER * 10 + "免费开放的图书馆有三座。" + FILLER * 10
    assert "免费开放的图书馆" in plain(shown(text, "图书馆免费开放"))


def test_two_places_are_shown_when_each_adds_words() -> None:
    answer = shown("羽毛球馆在二楼。" + FILLER * 10 + "停车场在地下。" + FILLER * 10, "羽毛球 停车场")
    assert "<mark>羽毛球" in answer
    assert "<mark>停车场</mark>" in answer


def test_without_a_hit_the_text_begins() -> None:
    assert shown("第一句。" + FILLER * 10, "不相干").startswith("第一句。")
    assert shown("", "图书馆") == ""
    assert shown("正文。", "不相干", summary="摘要。") == "摘要。"


def test_latin_text_is_shown_at_twice_the_width() -> None:
    text = "The library lends books to everyone who lives here. " * 10
    answer = plain(shown(text, "books"))
    assert 100 < len(answer) <= 180
    assert answer.endswith(".")


def test_a_hit_in_an_attachment_says_in_which() -> None:
    entry = SearchEntry(
        title="关于印发办法的通知",
        text=FILLER,
        attachments=[
            {"document": 1, "title": "附件1", "text": FILLER},
            {"document": 2, "title": "附件2：补贴标准", "text": "羽毛球馆每小时补贴二十元。"},
        ],
    )
    answer = snippet(entry, parse("羽毛球馆"))
    assert answer.attachment_title == "附件2：补贴标准"
    assert answer.html == "<mark>羽毛球馆</mark>每小时补贴二十元。"
    assert snippet(entry, parse("通知")).attachment_title == ""
    assert snippet(entry, parse("公布之日")).attachment_title == ""


def test_deep_in_a_book_the_place_is_found() -> None:
    text = FILLER * (3 * LOOKED_THROUGH // len(FILLER)) + "图书馆在此。" + FILLER * 1000
    assert "<mark>图书馆</mark>在此" in shown(text, "图书馆")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.text(st.sampled_from("图书馆圖免费。，；\n ab.<>&\"'\0\ud80012〔〕号"), max_size=400),
    asked=st.text(st.sampled_from('图书馆免费ab<&" 12号'), max_size=12),
)
def test_whatever_is_shown_is_a_part_of_the_text_and_safe(text: str, asked: str) -> None:
    query = parse(asked)
    assert plain(str(highlight(text, query))) == re.sub(r"\s+", " ", text).strip()
    answer = str(snippet(SearchEntry(text=text), query).html)
    assert not re.search(r"<(?!/?mark>)", answer)
    assert answer.count("<mark>") == answer.count("</mark>")
    whole = re.sub(r"\s+", "", text)
    pieces = re.split("…", html.unescape(re.sub(r"</?mark>", "", answer)))
    assert all(re.sub(r"\s+", "", piece) in whole for piece in pieces if len(pieces) < 3)
