import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.core.slugs import pinyin_slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("泉州湾古船陈列馆", "quan-zhou-wan-gu-chuan-chen-lie-guan"),
        ("鯉城區圖書館", "li-cheng-qu-tu-shu-guan"),
        ("市图书馆24小时自助阅览室", "shi-tu-shu-guan-24-xiao-shi-zi-zhu-yue-lan-shi"),
        ("AAC文化中心（北区）", "aac-wen-hua-zhong-xin-bei-qu"),
        ("重庆长春", "chong-qing-chang-chun"),
        ("绿洲", "lv-zhou"),
        ("Café de la Gare", "cafe-de-la-gare"),
        ("２０２６年", "2026-nian"),
        ("  《关于……》 ", "guan-yu"),
    ],
)
def test_slug_spells_the_text_in_pinyin(text: str, expected: str):
    assert pinyin_slug(text) == expected


def test_long_text_is_cut_after_a_whole_syllable():
    slug = pinyin_slug("关于进一步推动公共文化体育设施错时延时免费或低收费开放的实施意见")
    assert slug == "guan-yu-jin-yi-bu-tui-dong-gong-gong-wen-hua-ti-yu-she-shi"
    assert len(slug) <= 60


def test_a_single_word_longer_than_a_slug_is_cut():
    assert pinyin_slug("x" * 100) == "x" * 60


@pytest.mark.parametrize("text", ["", "🙂", "——", "ひらがな"])
def test_text_without_a_usable_character_still_has_a_slug(text: str):
    assert re.fullmatch(r"[0-9a-f]{10}", pinyin_slug(text))
    assert pinyin_slug(text) == pinyin_slug(text)


def test_different_unusable_texts_differ():
    assert pinyin_slug("🙂") != pinyin_slug("🙃")


@given(st.text())
def test_slug_is_always_a_valid_address_part(text: str):
    slug = pinyin_slug(text)
    assert len(slug) <= 60
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
