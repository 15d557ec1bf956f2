"""What may be in a file that somebody gives, and what is told of it."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from venues.spreadsheets import COLUMNS, MAX_BYTES, MAX_ROWS, Unreadable, read_table, template

HEADINGS = ["名称", "地区", "开放时间"]


def xlsx(*rows: list[object], title_rows: int = 0, merge: str = "", sheets: int = 0) -> io.BytesIO:
    """Return a workbook with these rows below ``title_rows`` lines, behind ``sheets`` empty sheets."""
    book = openpyxl.Workbook()
    for __ in range(sheets):
        book.create_sheet()
    sheet = book.worksheets[-1]
    for number in range(title_rows):
        sheet.append([f"2026 年开放时间汇总表 {number}"])
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def test_a_workbook_is_read() -> None:
    table = read_table(xlsx(HEADINGS, ["市图书馆", "丰泽区", "9:00-17:00"], ["海交馆", None, "周一闭馆"]))
    assert table.rows == (
        (2, {"name": "市图书馆", "region": "丰泽区", "hours": "9:00-17:00"}),
        (3, {"name": "海交馆", "hours": "周一闭馆"}),
    )
    assert table.unknown == ()
    assert "address" in table.missing


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_any_usual_encoding_is_read(encoding: str, separator: str) -> None:
    lines = [["名称", "开放时间", "备注"], ["市图书馆", '"周一至周五，9:00-17:00\n周末休息"', "x"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    table = read_table(io.BytesIO(text.encode(encoding)))
    assert table.rows == ((2, {"name": "市图书馆", "hours": "周一至周五，9:00-17:00\n周末休息"}),)
    assert table.unknown == ("备注",)


@pytest.mark.parametrize(
    "headings",
    [["Name", "Opening hours"], ["场馆名称*", " 开馆 时间 "], ["CODE", "Hours："], ["编码", "服务时间"]],
)
def test_headings_are_known_by_other_words_too(headings: list[str]) -> None:
    table = read_table(xlsx(headings, ["x", "9:00-17:00"]))
    assert table.rows[0][1]["hours"] == "9:00-17:00"


def test_a_title_above_the_headings_and_empty_sheets_are_passed_over() -> None:
    table = read_table(xlsx(HEADINGS, [], ["市图书馆", "", "9-17"], title_rows=2, merge="A1:C1", sheets=2))
    assert table.rows == ((5, {"name": "市图书馆", "hours": "9-17"}),)


def test_numbers_and_dates_read_as_people_see_them() -> None:
    table = read_table(xlsx([*HEADINGS, "电话"], ["市图书馆", None, "9-17", 5952289110.0]))
    assert table.rows[0][1]["phone"] == "5952289110"


def test_the_template_is_a_file_that_can_be_read() -> None:
    table = read_table(io.BytesIO(template()))
    assert table.unknown == ()
    assert table.missing == ()
    assert len(table.rows) == 1
    assert set(COLUMNS) >= set(table.rows[0][1])


def big(rows: int) -> io.BytesIO:
    lines = ["名称,开放时间", *(f"馆{number},9:00-17:00" for number in range(rows))]
    return io.BytesIO("\n".join(lines).encode())


def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(read_table(big(MAX_ROWS)).rows) == MAX_ROWS


BAD = {
    "empty": io.BytesIO(b""),
    "blank": io.BytesIO(b"  \r\n"),
    "picture": io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00\x00"),
    "password or xls": io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    "a zip that is none": io.BytesIO(b"PK\x03\x04 nonsense"),
    "no hours": xlsx(["名称", "地址"], ["市图书馆", "某路"]),
    "no name": xlsx(["地址", "开放时间"], ["某路", "9-17"]),
    "no headings": xlsx(["市图书馆", "9-17"]),
    "headings only": xlsx(HEADINGS),
    "two columns of hours": xlsx(["名称", "开放时间", "开馆时间"], ["市图书馆", "9-17", "8-20"]),
    "headings in two rows": xlsx(["名称", "时间"], [None, "开放时间"], ["市图书馆", "9-17"]),
    "too many rows": big(MAX_ROWS + 1),
    "too large": io.BytesIO(b"x" * (MAX_BYTES + 1)),
    "an open quotation mark": io.BytesIO('名称,开放时间\n"市图书馆,9-17'.encode()),
}


def test_what_is_wrong_with_a_file_is_told() -> None:
    told = {}
    for name, file in BAD.items():
        with pytest.raises(Unreadable) as refusal:
            read_table(file)
        told[name] = str(refusal.value)
    assert all(told.values())
    # Each mistake has a sentence of its own.
    alike = [{"empty", "blank"}, {"picture", "a zip that is none"}]
    for group in alike:
        assert len({told[name] for name in group}) == 1
    assert len(set(told.values())) == len(BAD) - len(alike)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: f"名称,开放时间\n{text}".encode(errors="replace"))
)
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        table = read_table(io.BytesIO(content))
    except Unreadable as refusal:
        assert str(refusal)  # noqa: PT017
    else:
        assert table.rows


WORKBOOK = xlsx(HEADINGS, ["市图书馆", "", "9-17"]).getvalue()


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(WORKBOOK)
    for __ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_table(io.BytesIO(bytes(content)))
    except Unreadable as refusal:
        assert str(refusal)  # noqa: PT017
