"""The office's synonyms reach questions."""

import pytest

from search import synonyms
from search.analysis import fold, parse
from search.models import SynonymGroup

pytestmark = pytest.mark.django_db


def test_a_new_city_begins_with_synonyms() -> None:
    assert "文化馆" in synonyms.current().of("群艺馆")
    assert "周末" in synonyms.current().of("公休日")


def test_no_word_stands_in_two_groups_of_the_first() -> None:
    words = [word for group in SynonymGroup.objects.all() for word in fold(group.words).split()]
    assert len(words) == len(set(words))


def test_saving_and_deleting_hold_at_once() -> None:
    assert synonyms.current().of("书斋") == ()
    group = SynonymGroup.objects.create(words="书斋 讀書處 书斋")
    assert synonyms.current().of("书斋") == ("读书处",)
    group.words = "书斋 阅览处"
    group.save()
    assert synonyms.current().of("书斋") == ("阅览处",)
    group.delete()
    assert synonyms.current().of("书斋") == ()


def test_several_groups_of_a_word_are_joined_and_not_followed() -> None:
    SynonymGroup.objects.create(words="甲馆 乙馆")
    SynonymGroup.objects.create(words="乙馆 丙馆")
    assert set(synonyms.current().of("乙馆")) == {"甲馆", "丙馆"}
    assert synonyms.current().of("甲馆") == ("乙馆",)


def test_the_longest_word_counts() -> None:
    SynonymGroup.objects.create(words="少儿馆 儿童馆")
    SynonymGroup.objects.create(words="市少儿馆 市儿童馆")
    assert parse("市少儿馆").terms[0].alternatives == (("市少", "少儿", "儿馆"), ("市儿", "儿童", "童馆"))


def test_synonyms_cost_nothing_once_read(django_assert_num_queries) -> None:
    parse("文化馆")
    with django_assert_num_queries(0):
        parse("群艺馆公休日开放吗")
