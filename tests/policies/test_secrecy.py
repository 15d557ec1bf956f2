"""What is marked as a secret is refused; what only speaks of secrets is not."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection, UploadedFile

from openness.media.models import Document
from openness.media.secrecy import marks_in_file, secret_marks
from policies.models import PolicyAttachment, PolicyPage
from tests.factories.accounts import UserFactory
from tests.media import samples
from tests.policies.documents import fill_in, found_library, is_live, policy, post
from tests.venues.editors import NOW, City, member, signed_in

HEAD = "泉州市文化和旅游局文件\n泉文旅〔2026〕8号\n关于开放场馆的通知\n各县（市、区）文旅局："
MARKED = {
    "机密★1年": "机密★1年\n" + HEAD,
    "秘密★长期": "000012\n秘密★长期\n特急\n" + HEAD,
    "绝密★30年": "绝密★30年  特急\n" + HEAD,
    "绝 密 ★ 30年": "份号：000012\n绝 密 ★ 30年\n" + HEAD,
    "机密★": "机密★\n" + HEAD,
    "秘密 10年": "秘密 10年\n" + HEAD,
    "机密（20年）": "机密（20年）\n" + HEAD,
    "機密★1年": "機密★1年\n" + HEAD,
    "秘密": "000012\n秘密\n特急\n" + HEAD,
    "机密": "机密 特急\n" + HEAD,
    "密级：机密": "密级：机密\n期限：5年\n" + HEAD,
    "密 级: 秘密": "密 级: 秘密\n" + HEAD,
    "内部资料 注意保存": "内部资料 注意保存\n" + HEAD,
    "内部文件，注意保存": "（内部文件，注意保存）\n" + HEAD,
    "内部资料 请勿外传": HEAD + "\n内部资料 请勿外传",
}
# One line is a title.
MARKED_TITLES = [
    "关于开放场馆的通知（机密）",
    "【秘密】会议纪要",
    "关于巡查的通知(机密★1年)",
    "机密★关于演练的通知",
]
INNOCENT = [
    "",
    HEAD,
    "中华人民共和国保守国家秘密法\n第一条 为了保守国家秘密……\n第十四条 国家秘密的密级分为绝密、机密、秘密三级。",
    "绝密级国家秘密是最重要的国家秘密，泄露会使国家安全和利益遭受特别严重的损害；\n机密级国家秘密是重要的国家秘密；",
    "保守国家秘密法实施条例\n国家秘密标志形式为“密级★保密期限”、“密级★解密时间”或者“密级★解密条件”。",
    "关于保护商业秘密的规定\n商业秘密\n本规定所称商业秘密，是指不为公众所知悉的技术信息。",
    "保密期限：绝密级不超过30年，机密级不超过20年，秘密级不超过10年。",
    "话剧《绝密》演出公告\n绝密\n演出时间：2026年12月1日",
    "秘密花园\n亲子阅读活动",
    "机密机械设备有限公司",
    "密级：公开\n" + HEAD,
    "密级：□绝密 □机密 □秘密",
    "密级：绝密、机密或者秘密，由承办人提出。",
    "内部资料性出版物管理办法\n第一条 为规范内部资料性出版物管理……",
    "泉州文博\n内部资料 免费交流",
    "图书馆规章\n读者应当注意保存借书证。",
    "附件：档案移交目录\n序号 题名 密级 页数\n1 会议记录 秘密 12",
    "秘密关注名单",
    "场馆评分：★★★\n机密性、完整性与可用性",
]


@pytest.mark.parametrize(("mark", "text"), MARKED.items(), ids=MARKED)
def test_a_mark_at_the_beginning_is_found(mark: str, text: str) -> None:
    assert secret_marks(text) == [mark]


@pytest.mark.parametrize("title", MARKED_TITLES)
def test_a_mark_in_a_title_is_found(title: str) -> None:
    assert secret_marks(title)


@pytest.mark.parametrize("text", INNOCENT)
def test_a_text_about_secrets_is_none(text: str) -> None:
    assert secret_marks(text) == []


@pytest.mark.parametrize(
    "title", ["《保守国家秘密法》解读", "商业秘密保护规定", "关于加强秘密载体管理的通知", "话剧《机密》"]
)
def test_a_title_about_secrets_is_none(title: str) -> None:
    assert secret_marks(title) == []


def test_a_mark_far_down_the_text_is_an_example() -> None:
    assert secret_marks(HEAD + "\n正文一行。" * 60 + "\n机密★1年") == []


def test_first_pages_are_read_as_they_stand() -> None:
    text = "机密★1年\n特急\n关于演练的通知"
    assert marks_in_file(text.encode(), "text") == ["机密★1年"]
    assert marks_in_file(samples.word("机密★1年", "特急", "关于演练的通知"), "docx") == ["机密★1年"]
    assert marks_in_file(samples.word("关于演练的通知", "各单位："), "docx") == []
    assert marks_in_file(b"%PDF-1.4 broken %%EOF", "pdf") == []


# ---------------------------------------------------------------------------------------------------
# Upload


SECRET = "机密★1年\n泉文旅〔2026〕8号\n关于演练的通知".encode()


@pytest.mark.django_db
def test_a_marked_file_is_refused_and_not_kept() -> None:
    client = signed_in(UserFactory(administrator=True))
    root = Collection.get_first_root_node().pk
    data = {"title": "通知", "collection": root, "file": SimpleUploadedFile("通知.txt", SECRET)}
    response = client.post(reverse("wagtaildocs:add"), data)
    assert "机密★1年" in response.context["form"].errors["file"][0]
    many = client.post(
        reverse("wagtaildocs:add_multiple"), {"files[]": SimpleUploadedFile("通知.txt", SECRET)}
    )
    assert json.loads(many.content)["success"] is False
    named = client.post(
        reverse("wagtaildocs:add"),
        {**data, "file": SimpleUploadedFile("会议纪要（秘密）.txt", "会议纪要".encode())},
    )
    assert named.context["form"].errors["file"]
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()


# ---------------------------------------------------------------------------------------------------
# Publication


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_library()


def document(content: bytes, name: str = "附件.txt") -> Document:
    """Return a file that came in before anybody looked at marks."""
    file = ContentFile(content, name=name)
    return Document.objects.create(title="附件", file=file)


def draft(city: City, **fields: Any) -> PolicyPage:
    page = policy(city, live=False, **fields)
    page.save_revision()
    return page


MARKED_FIELDS = [
    {"title": "关于演练的通知（机密）"},
    {"remark": "机密★1年"},
    {"remark": "内部资料，注意保存"},
    {"body": [("paragraph", "<p>机密★1年</p><p>关于演练的通知</p>")]},
]


def test_marked_words_do_not_go_live(city: City) -> None:
    for fields in MARKED_FIELDS:
        page = draft(city, **fields)
        with pytest.raises(ValidationError):
            page.get_latest_revision().publish()
        page.live = True
        with pytest.raises(ValidationError):
            page.save()
        assert not is_live(page)


@pytest.mark.parametrize("as_original", [True, False])
def test_a_marked_file_does_not_go_live(city: City, as_original: bool) -> None:
    file = document(SECRET)
    page = policy(city, live=False, signed_original=file if as_original else None)
    if not as_original:
        page.attachments = [PolicyAttachment(document=file)]
    revision = page.save_revision()
    with pytest.raises(ValidationError) as caught:
        revision.publish()
    assert "机密★1年" in str(caught.value)
    assert not is_live(page)


def test_the_form_keeps_the_draft_and_says_what_to_do(city: City) -> None:
    page = draft(city)
    client = signed_in(member("publisher", city.culture))
    marked = fill_in(client, page, remark="机密★1年")
    kept = post(client, page, marked, follow=True)
    assert "机密★1年" in kept.content.decode()
    assert PolicyPage.objects.get(pk=page.pk).get_latest_revision_as_object().remark == "机密★1年"
    publish = {"action-publish": "1"}
    refused = post(client, page, {**marked, **publish})
    assert refused.context["form"].errors["remark"]
    refused = post(client, page, fill_in(client, page, remark="", summary="机密★1年", **publish))
    assert list(refused.context["form"].errors) == ["summary"]
    heading = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "section",
        "body-0-id": "",
    }
    words = {"body-0-value-number": "", "body-0-value-title": "机密★1年", "body-0-value-level": "first"}
    data = fill_in(client, page, remark="", **heading, **words, **publish)
    refused = post(client, page, data)
    assert list(refused.context["form"].errors) == ["body"]
    assert not is_live(page)


def test_a_document_about_secrets_is_published(city: City) -> None:
    file = document("保守国家秘密法\n国家秘密的密级分为绝密、机密、秘密三级。".encode())
    page = policy(
        city, "保守国家秘密法宣传方案", live=False, signed_original=file, written_on=date(2026, 1, 1)
    )
    page.save_revision().publish()
    assert is_live(page)
