"""发文字号: whatever way somebody types it, it is one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.numbers import DocumentNumber, normalise, parse_number

ONE_NUMBER = [
    "泉政规〔2022〕3号",
    "泉政规[2022]3号",
    "泉政规【2022】3号",
    "泉政规（2022）3号",
    "泉政规(2022)3号",
    "泉政规［２０２２］３号",
    "泉政规〔２０２２〕３号",
    " 泉政规 〔 2022 〕 3 号 ",
    "泉政规　〔2022〕　3号",
    "泉政规〔2022〕第3号",
    "泉政规〔2022〕03号",
    "泉政规〔2022年〕3号",
    "泉政规〔2022〕3",
    "泉政规〔二〇二二〕三号",
    "泉政规{2022}3号",
]
OTHERS = [
    ("国办发〔2017〕47号", DocumentNumber("国办发", 2017, 47), "国办发〔2017〕47号"),
    ("国务院令第711号", DocumentNumber("国务院令", None, 711), "国务院令第711号"),
    ("国务院令 711号", DocumentNumber("国务院令", None, 711), "国务院令第711号"),
    ("国务院令（第711号）", DocumentNumber("国务院令", None, 711), "国务院令第711号"),
    ("主席令第四十二号", DocumentNumber("主席令", None, 42), "主席令第42号"),
    ("主席令第一百一十号", DocumentNumber("主席令", None, 110), "主席令第110号"),
    ("主席令第十号", DocumentNumber("主席令", None, 10), "主席令第10号"),
    ("财政部公告2020年第3号", DocumentNumber("财政部公告", 2020, 3), "财政部公告2020年第3号"),
    ("闽财(综)〔2020〕12号", DocumentNumber("闽财（综）", 2020, 12), "闽财（综）〔2020〕12号"),
]
NO_NUMBER = [
    "",
    " ",
    "无",
    "2022",
    "3号",
    "第3号",
    "〔2022〕3号",
    "泉政规",
    "泉政规〔2022〕",
    "泉政规〔22〕3号",
    "泉政规〔0022〕3号",
    "泉政规〔2022〕0号",
    "泉政规〔2022〕3号、泉文旅〔2022〕5号",
    "泉政规〔2022〕3号附件",
    "泉政规〔2022〕3-4号",
    "《泉政规》〔2022〕3号",
]


@pytest.mark.parametrize("text", ONE_NUMBER)
def test_a_number_is_read_in_any_way_it_is_typed(text: str) -> None:
    assert parse_number(text) == DocumentNumber("泉政规", 2022, 3)
    assert normalise(text) == "泉政规〔2022〕3号"


@pytest.mark.parametrize(("text", "number", "normalised"), OTHERS)
def test_orders_and_announcements_count_on_their_own(
    text: str, number: DocumentNumber, normalised: str
) -> None:
    assert parse_number(text) == number
    assert normalise(text) == normalised


@pytest.mark.parametrize("text", NO_NUMBER)
def test_what_is_no_single_number_stays_as_it_is(text: str) -> None:
    assert parse_number(text) is None
    assert normalise(text) == text.strip()


def test_the_year_printed_otherwise_is_the_same_number() -> None:
    printed = [parse_number("财政部公告2020年第3号"), parse_number("财政部公告〔2020〕3号")]
    assert printed[0] == printed[1]
    assert printed[0].normalised != printed[1].normalised
    assert set(printed[0].spellings) == set(printed[1].spellings) == {each.normalised for each in printed}


marks = st.text(st.sampled_from("泉政办规文旅教体闽国令发函综字AZ·-"), min_size=1, max_size=12)
numbers = st.builds(
    DocumentNumber,
    marks | st.builds("{}（{}）{}".format, marks, st.sampled_from("综规密"), marks),
    st.none() | st.integers(1900, 2199),
    st.integers(1, 99_999),
    is_yearly=st.booleans(),
)
brackets = st.sampled_from(["〔〕", "[]", "【】", "()", "（）", "［］"])
spaces = st.sampled_from(["", " ", "\u3000", "  "])
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@given(numbers)
def test_what_was_normalised_is_read_again(number: DocumentNumber) -> None:
    assert parse_number(number.normalised) == number
    assert normalise(number.normalised) == number.normalised


@given(numbers, brackets, spaces, st.booleans(), st.booleans())
def test_brackets_widths_and_spaces_change_nothing(
    number: DocumentNumber, pair: str, space: str, is_wide: bool, has_ordinal: bool
) -> None:
    year = f"{pair[0]}{space}{number.year}{space}{pair[1]}" if number.year else ""
    ordinal = "第" if has_ordinal or not year else ""
    text = f"{space}{number.issuer_mark}{space}{year}{space}{ordinal}{number.serial}{space}号"
    assert parse_number(text.translate(WIDE) if is_wide else text) == number


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
