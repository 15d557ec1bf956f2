"""Folding, tokens, document numbers and what questions become."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import (
    LONGEST_QUERY,
    Query,
    document_numbers,
    fold,
    index_tokens,
    initials_of,
    is_one_han,
    loose_sound,
    parse,
    pinyin_of,
    prefix_terms,
    prefix_tokens,
    words,
)
from search.analysis.cutting import RUNS, run_tokens
from search.analysis.prefixes import LONGEST_PREFIX
from search.models import SynonymGroup

# Any characters at all: NUL, lone surrogates, unassigned ones.
ANY = st.text(st.characters())
# What documents are made of, so that runs, numbers and borders come up often.
LIKELY = st.text(
    st.sampled_from(
        "泉州市图书馆圖書館政办令第号〔〕[]（）() 　，。0123２０２０〇二十abcTSGéß'-\0\ud800⺠⽣々𠮷"
    ),
    max_size=60,
)
# Each example reads the same synonyms and names.
SAME_DATABASE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def stands(query: Query, tokens: str) -> bool:
    """Tell whether all terms of a question stand among the tokens of a document, as engines compare them."""
    there = tokens.split()

    def has(token: str) -> bool:
        return any(each.startswith(token) for each in there) if is_one_han(token) else token in there

    return all(any(all(map(has, tokens)) for tokens in term.alternatives) for term in query.terms)


@given(ANY | LIKELY)
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("圖書館免費開放", "图书馆免费开放"),
        ("ＡＢＣ　２０２０", "abc 2020"),
        ("⺠⽣⼯程", "民生工程"),  # as PDF files hold it
        ("Café Řeka Đà", "cafe reka da"),
        ("二○二〇年", "二零二零年"),
        ("裏裡里後后", "里里里后后"),
        ("豈⾦", "岂金"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_every_radical_becomes_a_character_that_one_types() -> None:
    radicals = [chr(code) for code in range(0x2F00, 0x2FD6)]
    assert all(unicodedata.name(fold(each)).startswith("CJK UNIFIED") for each in radicals)


def test_pairs_and_the_last_character() -> None:
    assert index_tokens("图书馆，税 3.5%") == "图书 书馆 馆 税 3 5"


def test_an_english_plural_is_its_singular() -> None:
    assert index_tokens("Libraries buses class bus") == index_tokens("library buse class bus")


def test_a_word_without_end_is_cut() -> None:
    assert len(index_tokens("x" * 100_000)) == 64


@given(ANY | LIKELY)
def test_tokens_hold_nothing_that_an_engine_could_take_for_syntax(text: str) -> None:
    kinds = {unicodedata.category(character) for character in index_tokens(text).replace(" ", "")}
    assert not {kind for kind in kinds if kind[0] in "PSZ" or kind in {"Cc", "Cs"}}


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("泉政办〔2020〕15号", "泉政办〔2020〕15号"),
        ("泉政办[2020]015号", "泉政办〔2020〕15号"),
        ("泉政办 （２０２０） 第15号", "泉政办〔2020〕15号"),
        ("泉政辦【二〇二〇】十五號", "泉政办〔2020〕15号"),
        ("泉政办<2020>15", "泉政办〔2020〕15号"),
        ("国务院令 711号", "国务院令第711号"),
        ("国务院令（第七百一十一号）", "国务院令第711号"),
        ("财政部公告2020年第3号", "财政部公告2020年第3号"),
    ],
)
def test_a_number_is_found_however_it_is_written(db: None, written: str, standard: str) -> None:
    assert document_numbers(f"按照《办法》（{written}）执行") == [standard]
    assert document_numbers(written) == [standard]
    tokens = index_tokens(f"按照《办法》（{written}），请见")
    assert stands(parse(standard), tokens)
    assert stands(parse(written), index_tokens(standard))
    assert parse(written).run == parse(standard).run
    assert " ".join(parse(written).run) in tokens


def test_a_year_in_brackets_and_in_words_is_one_number(db: None) -> None:
    assert stands(parse("财政部公告〔2020〕3号"), index_tokens("见财政部公告2020年第3号。"))


def test_words_before_a_number_are_words_to_look_for(db: None) -> None:
    asked = parse("图书馆 晋江 泉政办[2020]15号")
    assert asked.numbers == ("泉政办〔2020〕15号",)
    assert stands(asked, index_tokens("晋江市图书馆依据泉政办〔2020〕15号开放"))
    assert parse("泉 政 办 〔2020〕 15 号").numbers == ("泉政办〔2020〕15号",)
    assert parse("泉政办 （2020） 15号").numbers == ("泉政办〔2020〕15号",)


def test_what_a_sentence_says_before_a_number_is_no_mark() -> None:
    assert document_numbers("根据泉政办〔2020〕15号和闽政〔2021〕3号") == [
        "泉政办〔2020〕15号",
        "闽政〔2021〕3号",
    ]


@pytest.mark.parametrize("text", ["第15号", "2020年1月15号", "3号线", "〔2020〕15号", "会议室（第2号）"])
def test_what_is_no_number(text: str) -> None:
    assert document_numbers(text) == []


@SAME_DATABASE
@given(LIKELY | st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)), st.data())
def test_any_part_of_a_run_finds_its_text(db: None, text: str, data: st.DataObject) -> None:
    tokens = index_tokens(text)
    for run in RUNS.finditer(fold(text)):
        if not run[1]:
            continue
        start = data.draw(st.integers(run.start(), run.end() - 1))
        end = data.draw(st.integers(start + 1, run.end()))
        part = text[start:end]
        if not document_numbers(part):
            assert stands(parse(part), tokens)


@SAME_DATABASE
@given(ANY | LIKELY)
def test_nothing_raises(db: None, text: str) -> None:
    parse(text).words  # noqa: B018 it reads words
    words(text), prefix_tokens(text), prefix_terms(text), document_numbers(text)


def test_a_pasted_text_is_asked_by_its_beginning(db: None) -> None:
    assert parse("馆" * 100_000) == parse("馆" * LONGEST_QUERY)


@pytest.mark.parametrize("text", ["", " ", "，", '"', "\0", "\ud800", "★ ※", "( * )"])
def test_a_question_without_letters_has_no_terms(db: None, text: str) -> None:
    assert parse(text).terms == ()
    assert parse(text).run == ()


def test_the_run_goes_on_in_a_document(db: None) -> None:
    assert parse("图书馆").run == ("图书", "书馆")
    assert parse("图书馆 免费").run == ("图书", "书馆", "馆", "免费")
    assert parse("税").run == ("税",)


def test_a_synonym_is_an_alternative(db: None) -> None:
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.create(words="群艺馆 文化館 Culture")
    first, *rest = parse("群艺馆开放").terms
    assert first.alternatives == (("群艺", "艺馆"), ("文化", "化馆"), ("culture",))
    assert [term.alternatives for term in rest] == [(("开放",),)]
    assert stands(parse("群艺馆开放"), index_tokens("文化馆的开放时间"))
    assert parse("culture").terms[0].alternatives[1:] == (("群艺", "艺馆"), ("文化", "化馆"))


def test_a_word_at_the_end_has_its_synonyms_beside_longer_ones_with_its_beginning(db: None) -> None:
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.create(words="群艺馆 文化馆")
    SynonymGroup.objects.create(words="文体中心 文化馆服务中心")
    assert parse("泉州文化馆").terms[-1].alternatives == (("文化", "化馆"), ("群艺", "艺馆"))


def test_a_synonym_is_a_word_and_no_piece_of_two(db: None) -> None:
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.create(words="国会 议会")
    assert all(len(term.alternatives) == 1 for term in parse("中国会计").terms)


def test_what_is_said_twice_weighs_twice(db: None) -> None:
    assert len(parse("承包合同的承包").terms) == len(index_tokens("承包合同的承包").split()) - 1


def test_sounds() -> None:
    assert pinyin_of("图书馆") == "tushuguan"
    assert initials_of("图书馆") == "tsg"
    assert pinyin_of("重庆") == "chongqing"
    assert loose_sound("shengning") == loose_sound("senlin")
    assert pinyin_of("") == initials_of("") == ""


TITLES = ["泉州市图书馆免费开放", "晋江文化馆", "源和1916创意产业园", "Quanzhou Library", "西安路社区"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("tsg", TITLES[0]),
        ("tush", TITLES[0]),
        ("tu shu g", TITLES[0]),
        ("图书", TITLES[0]),
        ("泉州市图", TITLES[0]),
        ("圖書", TITLES[0]),
        ("mianfei", TITLES[0]),
        ("jjwhg", TITLES[1]),
        ("文化 jinj", TITLES[1]),
        ("源和1916", TITLES[2]),
        ("yuanhe19", TITLES[2]),
        ("1916", TITLES[2]),
        ("quanz lib", TITLES[3]),
        ("xi'an", TITLES[4]),
    ],
)
def test_titles_are_found_as_one_types(db: None, typed: str, title: str) -> None:
    terms = prefix_terms(typed)
    found = [
        each
        for each in TITLES
        if all(any(token.startswith(term) for token in prefix_tokens(each).split()) for term in terms)
    ]
    assert found == [title]


def test_beginnings_are_no_longer_than_somebody_types(db: None) -> None:
    assert all(len(token) <= LONGEST_PREFIX for token in prefix_tokens("图书馆" * 100).split())
    assert all(len(term) <= LONGEST_PREFIX for term in prefix_terms("a" * 100))


def test_a_run_of_one_character_is_its_own_token() -> None:
    assert run_tokens("税") == ["税"]
