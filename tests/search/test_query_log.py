"""What was asked is counted, and nothing about who asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections
from django.test import RequestFactory

from openness.core import clock
from search import query_log
from search.analysis import fold
from search.models import AskedQuestion
from search.questions import SearchQuestion

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def nothing_waits(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    query_log.write_waiting()
    AskedQuestion.objects.all().delete()
    monkeypatch.setattr(query_log, "_written_at", float("-inf"))


def rows() -> list[tuple[str, str, int, int]]:
    return sorted(AskedQuestion.objects.values_list("language", "words", "times", "found"))


def response_is_out() -> None:
    """Tell what Django tells then, as its test client does: the connection of the test stays open."""
    request_finished.disconnect(close_old_connections)
    try:
        request_finished.send(sender=None)
    finally:
        request_finished.connect(close_old_connections)


def test_the_same_words_are_one_row_a_day_and_language() -> None:
    for q, found in (("圖書館 開放", 3), ("图书馆　开放", 4), ("停车", 0)):
        query_log.record(SearchQuestion(q=q), found, "zh-hans")
    query_log.record(SearchQuestion(q="停车"), 1, "en")
    query_log.write_waiting()
    query_log.record(SearchQuestion(q="停车"), 2, "zh-hans")
    query_log.write_waiting()
    assert rows() == [("en", "停车", 1, 1), ("zh-hans", "停车", 2, 2), ("zh-hans", "图书馆 开放", 2, 4)]


def test_another_day_is_another_row(settings: Any) -> None:
    for day in ("2026-11-19", "2026-11-20"):
        settings.OPENNESS_FROZEN_NOW = f"{day}T10:00:00+08:00"
        query_log.record(SearchQuestion(q="停车"), 0, "zh-hans")
        query_log.write_waiting()
    assert AskedQuestion.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三 13800001234", "张三 ***"),
        ("１３８ ０００ ０１２３４ 预约", "*** 预约"),
        ("138-0000-1234", "***"),
        ("35050319800101001X 社保", "*** 社保"),
        ("0595-22222222", "***"),
        ("zhang.san@example.com 投诉", "*** 投诉"),
        ("泉政办〔2020〕15号", "泉政办〔2020〕15号"),
        ("2026年10月1日开放", "2026年10月1日开放"),
        ("12345热线", "12345热线"),
        ("馆" * 200, "馆" * 100),
    ],
)
def test_what_may_be_about_a_person_is_masked(typed: str, kept: str) -> None:
    assert query_log.masked(typed) == fold(kept)


def test_asking_writes_nothing_until_the_response_is_out(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        query_log.record(SearchQuestion(q="停车"), 0, "zh-hans")
    response_is_out()
    assert rows() == [("zh-hans", "停车", 1, 0)]
    # The next ones are written together, some time later.
    query_log.record(SearchQuestion(q="停车"), 0, "zh-hans")
    with django_assert_num_queries(0):
        response_is_out()


def test_a_database_that_does_not_take_it_harms_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked() -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(query_log, "write_waiting", locked)
    query_log.record(SearchQuestion(q="停车"), 0, "zh-hans")
    response_is_out()
    assert "could not be counted" in caplog.text


def test_a_flood_of_questions_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_log, "MOST_WAITING", 3)
    for number in range(10):
        query_log.record(SearchQuestion(q=f"问{number}"), 0, "zh-hans")
    query_log.record(SearchQuestion(q="问0"), 0, "zh-hans")
    query_log.write_waiting()
    assert rows() == [("zh-hans", "问0", 2, 0), ("zh-hans", "问1", 1, 0), ("zh-hans", "问2", 1, 0)]


def test_filters_alone_are_no_words() -> None:
    query_log.record(SearchQuestion(kind="news"), 4, "zh-hans")
    query_log.write_waiting()
    assert rows() == []


@pytest.mark.parametrize(
    ("query", "headers", "is_counted"),
    [
        ("q=a", {"User-Agent": BROWSER}, True),
        ("q=a&page=1", {"User-Agent": BROWSER}, True),
        ("q=a&page=2", {"User-Agent": BROWSER}, False),
        ("q=a", {}, False),
        ("q=a", {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"}, False),
        ("q=a", {"User-Agent": "curl/8.0"}, False),
        ("q=a", {"User-Agent": BROWSER, "Sec-Purpose": "prefetch;prerender"}, False),
        ("q=a", {"User-Agent": BROWSER, "Purpose": "prefetch"}, False),
    ],
)
def test_people_are_counted(query: str, headers: dict[str, str], is_counted: bool) -> None:
    request = RequestFactory(headers=headers).get(f"/search/?{query}")
    assert query_log.is_counted(request) is is_counted


def test_old_numbers_are_forgotten() -> None:
    for days in (399, 400, 401):
        day = clock.today() - timedelta(days=days)
        AskedQuestion.objects.create(day=day, language="zh-hans", words="停车", times=1)
    assert query_log.prune() == 1
    assert AskedQuestion.objects.count() == 2
