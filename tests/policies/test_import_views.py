"""Importing a file as an editor: who may, what is shown before anything is saved, what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openness.media.models import Document
from policies.importing.waiting import drop_old
from policies.models import PolicyPage, WaitingImport
from tests.policies import import_samples, pdf_samples
from tests.policies.test_policies import city  # noqa: F401
from tests.venues.editors import City, member, signed_in

GIVE = "policies_give_file"


def give(client: Client, parent: Any, content: bytes, name: str = "开放意见.docx") -> Any:
    data = {"file": SimpleUploadedFile(name, content), "parent": parent.pk}
    return client.post(reverse(GIVE), data)


def given(
    client: Client, parent: Any, content: bytes | None = None, name: str = "开放意见.docx"
) -> WaitingImport:
    response = give(client, parent, content or import_samples.joint_opinion(), name)
    assert response.status_code == 302, response.context["form"].errors
    return WaitingImport.objects.get()


def posted(client: Client, waiting: WaitingImport, **changed: str) -> Any:
    address = reverse("policies_import", args=[waiting.pk])
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return client.post(address, {**data, "action": "confirm", **changed})


def test_a_word_file_becomes_a_draft_with_its_original(city: City) -> None:  # noqa: F811
    editor = member("editor", city.culture)
    client = signed_in(editor)
    waiting = given(client, city.culture)
    assert not PolicyPage.objects.exists()
    assert not Document.objects.exists()
    given_digest = waiting.sha256
    shown = client.get(reverse("policies_import", args=[waiting.pk])).content.decode()
    for part in ("晴文旅规〔2026〕7号", "总体要求", "共青团晴川市委", "舞蹈室", "抄送：市人大常委会办公室"):
        assert part in shown
    response = posted(client, waiting, remark="此件公开发布", issuers="市文旅局\n晴川市教育局")
    page = PolicyPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(response.url).status_code == 200
    assert not page.live
    assert page.owner == editor
    draft = page.get_latest_revision_as_object()
    assert (draft.number, draft.remark) == ("晴文旅规〔2026〕7号", "此件公开发布")
    assert draft.issuer_names == ["市文旅局", "晴川市教育局"]
    assert page.issuers.first().department == city.culture.department
    assert len(draft.body) == 14
    document = page.attachments.get().document
    assert document.title == "开放意见"
    assert document.collection == city.culture.department.collection
    assert document.sha256 == given_digest
    assert not WaitingImport.objects.exists()
    assert client.get(page.get_url()).status_code == 404


def test_a_pdf_becomes_the_signed_original(city: City) -> None:  # noqa: F811
    client = signed_in(member("publisher", city.culture))
    posted(client, given(client, city.culture, pdf_samples.joint_notice(), "通知.pdf"))
    page = PolicyPage.objects.get()
    assert page.signed_original.detected_type == "pdf"
    assert not page.attachments.exists()
    assert page.valid_until.isoformat() == "2028-12-31"


def test_what_was_typed_is_kept_when_it_is_wrong(city: City) -> None:  # noqa: F811
    client = signed_in(member("editor", city.culture))
    waiting = given(client, city.culture)
    response = posted(client, waiting, title="", written_on="昨天", remark="我的附注")
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"title", "written_on"}
    assert "我的附注" in response.content.decode()
    assert "昨天" in response.content.decode()
    assert [each.level_tag for each in response.context["messages"]] == ["error"]
    assert not PolicyPage.objects.exists()
    assert WaitingImport.objects.exists()


def test_what_the_page_refuses_is_said_in_the_form(city: City) -> None:  # noqa: F811
    client = signed_in(member("editor", city.culture))
    waiting = given(client, city.culture)
    PolicyPage.objects.all().delete()
    other = PolicyPage(title="另一", index_number="A-1", live=False, locale=city.culture.locale)
    type(city.culture).objects.get(pk=city.culture.pk).add_child(instance=other)
    response = posted(client, waiting, index_number="A-1")
    assert set(response.context["form"].errors) == {"index_number"}


def test_discarding_leaves_nothing(city: City, django_capture_on_commit_callbacks: Any) -> None:  # noqa: F811
    client = signed_in(member("editor", city.culture))
    waiting = given(client, city.culture)
    assert waiting.file.storage.exists(waiting.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("policies_import", args=[waiting.pk]), {"action": "discard"})
    assert not WaitingImport.objects.exists()
    assert not waiting.file.storage.exists(waiting.file.name)
    assert not PolicyPage.objects.exists()


def test_files_that_nobody_confirmed_go(city: City, django_capture_on_commit_callbacks: Any) -> None:  # noqa: F811
    client = signed_in(member("editor", city.culture))
    waiting = given(client, city.culture)
    assert waiting.file.storage.exists(waiting.file.name)
    assert drop_old() == 0
    WaitingImport.objects.update(created_at=waiting.created_at - timedelta(days=4))
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_old() == 1
    assert not waiting.file.storage.exists(waiting.file.name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.doc", b"x"),
        ("通知.exe", b"MZ"),
        ("通知.docx", b"not a word file"),
        ("通知.pdf", import_samples.plain_word("x")),
        ("通知.docx", import_samples.plain_word("机密★5年", "正文。")),
        ("扫描.pdf", pdf_samples.scan()),
    ],
)
def test_what_is_refused_is_not_kept(city: City, name: str, content: bytes) -> None:  # noqa: F811
    response = give(signed_in(member("editor", city.culture)), city.culture, content, name)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not WaitingImport.objects.exists()


def test_a_file_that_is_too_large_is_refused(city: City, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("policies.import_forms.MAX_FILE_SIZE", 100)
    response = give(signed_in(member("editor", city.culture)), city.culture, bytes(101))
    assert response.context["form"].errors["file"]


def test_only_ones_own_departments_take_files(city: City) -> None:  # noqa: F811
    client = signed_in(member("editor", city.culture))
    response = give(client, city.union, import_samples.plain_word("正文。"))
    assert response.context["form"].errors["parent"]
    assert not WaitingImport.objects.exists()


def test_nobody_else_sees_or_confirms_it(city: City) -> None:  # noqa: F811
    waiting = given(signed_in(member("editor", city.culture)), city.culture)
    address = reverse("policies_import", args=[waiting.pk])
    for person in (member("editor", city.union), member("publisher", city.culture)):
        client = signed_in(person)
        assert client.get(address).status_code == 404
        assert client.post(address, {"action": "confirm", "title": "x"}).status_code == 404
    assert Client().get(address).status_code == 302
    assert not PolicyPage.objects.exists()


def test_who_lost_the_right_meanwhile_cannot_confirm(city: City) -> None:  # noqa: F811
    editor = member("editor", city.culture)
    client = signed_in(editor)
    waiting = given(client, city.culture)
    editor.memberships.all().delete()
    member_elsewhere = member("editor", city.union)
    WaitingImport.objects.update(user=member_elsewhere)
    response = signed_in(member_elsewhere).post(
        reverse("policies_import", args=[waiting.pk]), {"action": "confirm", "title": "x"}
    )
    # Wagtail answers a refusal in its admin by leading back with a message.
    assert response.status_code in {302, 403}
    assert not PolicyPage.objects.exists()


def test_translators_have_no_import(city: City) -> None:  # noqa: F811
    client = signed_in(member("auditor"))
    assert client.get(reverse(GIVE)).status_code in {302, 403}


def test_a_department_offers_the_import(city: City) -> None:  # noqa: F811
    client = signed_in(member("editor", city.culture))
    address = f"{reverse(GIVE)}?parent={city.culture.pk}"
    page = client.get(reverse("wagtailadmin_explore", args=[city.culture.pk])).content.decode()
    assert address in page
    form = client.get(address).context["form"]
    assert str(form["parent"].value()) == str(city.culture.pk)
    assert (
        reverse(GIVE) + "?"
        not in client.get(reverse("wagtailadmin_explore", args=[city.union.pk])).content.decode()
    )


def test_markup_in_a_file_is_shown_as_text(city: City) -> None:  # noqa: F811
    client = signed_in(member("editor", city.culture))
    content = import_samples.plain_word("<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    waiting = given(client, city.culture, content, '<b>"x.docx')
    page = client.get(reverse("policies_import", args=[waiting.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>&quot;" not in page
