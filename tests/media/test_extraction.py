"""The text inside documents is read for search, after the commit, and never stands in the way."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from openness.media.enums import ExtractionState
from openness.media.extraction import clean, extract
from openness.media.limits import MAX_TEXT_LENGTH
from openness.media.models import Document
from openness.media.tasks import extract_document_text
from tests.factories.media import DocumentFactory
from tests.media import samples


def test_pdf_gives_its_text() -> None:
    assert extract(samples.pdf("泉州市图书馆", "Opening hours"), "pdf") == "泉州市图书馆\nOpening hours"


def test_words_broken_at_the_end_of_a_line_are_whole_again() -> None:
    assert "延长图书馆开放时间" in extract(samples.pdf("关于延长图书", "馆开放时间的公告"), "pdf")


def test_word_file_gives_paragraphs_and_tables() -> None:
    text = extract(samples.word("开放时间", "周一闭馆", table=("周二至周日", "09:00")), "docx")
    assert text.splitlines() == ["开放时间", "周一闭馆", "周二至周日", "09:00"]


def test_workbook_gives_the_sheets_that_readers_see() -> None:
    sheets = {
        "开放时间": [
            ("图书馆", "09:00", None),
            (None, None, None),
            (date(2026, 10, 1), 1200.0, 0.5, True),
        ],
        "错误": [("合计", "#REF!", "=1+1")],
    }
    content = samples.workbook(sheets, hidden={"底稿": [("不公开",)]})
    assert extract(content, "xlsx").splitlines() == [
        "开放时间",
        "图书馆 09:00",
        "2026-10-01 1200 0.5 True",
        "错误",
        "合计",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_file_gives_its_text(encoding: str) -> None:
    assert extract(samples.TEXT.encode(encoding), "text") == samples.TEXT


def test_text_is_capped() -> None:
    assert len(extract(("开" * (MAX_TEXT_LENGTH + 1)).encode(), "text")) == MAX_TEXT_LENGTH


def test_text_fits_any_database_and_any_search() -> None:
    # U+2F42 and U+2F00 are radicals that look like 文 and 一; a fullwidth comma stays what it is.
    assert clean("\u2f42\u2f00，开\x00放\r\n\r\n \ud800 时间\u3000表") == "文一，开 放\n时间 表"


@pytest.fixture
def saved(db: None, django_capture_on_commit_callbacks):
    def save(content: bytes, filename: str) -> Document:
        with django_capture_on_commit_callbacks(execute=True):
            document = DocumentFactory(content=content, filename=filename)
            assert document.extraction_state == ExtractionState.PENDING
        document.refresh_from_db()
        return document

    return save


@pytest.mark.parametrize(
    ("content", "filename", "state", "text"),
    [
        (samples.pdf(samples.TEXT), "公告.pdf", ExtractionState.DONE, samples.TEXT),
        (samples.word(samples.TEXT), "公告.docx", ExtractionState.DONE, samples.TEXT),
        (samples.TEXT.encode(), "公告.txt", ExtractionState.DONE, samples.TEXT),
        (
            samples.workbook({"一": [(samples.TEXT,)]}),
            "公告.xlsx",
            ExtractionState.DONE,
            f"一\n{samples.TEXT}",
        ),
        (samples.pdf(), "扫描件.pdf", ExtractionState.EMPTY, ""),
        (b"%PDF-1.7\nnothing\n%%EOF", "坏.pdf", ExtractionState.FAILED, ""),
        (samples.office("wordprocessingml.document.main+xml"), "坏.docx", ExtractionState.FAILED, ""),
        (samples.archive({"OFD.xml": "<x/>"}), "公文.ofd", ExtractionState.UNSUPPORTED, ""),
    ],
)
def test_state_tells_what_came_of_it(saved, content, filename, state, text) -> None:
    document = saved(content, filename)
    assert (document.extraction_state, document.extracted_text) == (state, text)


def test_file_that_is_gone_is_no_error(saved) -> None:
    document = saved(samples.TEXT.encode(), "公告.txt")
    document.file.storage.delete(document.file.name)
    Document.objects.update(extraction_state=ExtractionState.PENDING)
    extract_document_text.enqueue(document.pk, document.sha256)
    document.refresh_from_db()
    assert document.extraction_state == ExtractionState.FAILED


def test_new_file_is_read_again(saved, django_capture_on_commit_callbacks) -> None:
    document = saved(samples.TEXT.encode(), "公告.txt")
    old = document.sha256
    with django_capture_on_commit_callbacks(execute=True):
        document.file = ContentFile("新的公告".encode(), name="新公告.txt")
        document.save()
        assert (document.extraction_state, document.extracted_text) == (ExtractionState.PENDING, "")
    document.refresh_from_db()
    assert document.sha256 != old
    assert document.extracted_text == "新的公告"


def test_late_task_leaves_the_text_of_the_newer_file_alone(saved) -> None:
    document = saved(samples.TEXT.encode(), "公告.txt")
    extract_document_text.enqueue(document.pk, "digest of an older file")
    extract_document_text.enqueue(document.pk + 1000, document.sha256)
    document.refresh_from_db()
    assert document.extracted_text == samples.TEXT


def test_change_of_the_title_reads_nothing(saved, django_capture_on_commit_callbacks) -> None:
    document = saved(samples.TEXT.encode(), "公告.txt")
    with django_capture_on_commit_callbacks() as callbacks:
        document.title = "另一个标题"
        document.save()
    assert [callback for callback in callbacks if "extract" in repr(callback)] == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_before_the_commit() -> None:
    with transaction.atomic():
        document = DocumentFactory()
        assert Document.objects.get(pk=document.pk).extraction_state == ExtractionState.PENDING
    assert Document.objects.get(pk=document.pk).extraction_state == ExtractionState.DONE


def test_longest_text_fits_the_search_index(saved) -> None:
    # Every word another one, so that the index can share nothing.
    text = " ".join(chr(0x4E00 + number % 20_000) * 3 + str(number) for number in range(250_000))
    document = saved(text.encode(), "汇编.txt")
    assert len(document.extracted_text) == MAX_TEXT_LENGTH
    assert document in Document.objects.search("一一一0")


def test_lists_of_documents_leave_their_texts_where_they_are(saved) -> None:
    document = Document.objects.get(pk=saved(samples.TEXT.encode(), "公告.txt").pk)
    assert document.get_deferred_fields() == {"extracted_text"}
    document.title = "另一个标题"
    document.save()
    assert Document.objects.get(pk=document.pk).extracted_text == samples.TEXT
