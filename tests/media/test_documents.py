"""Documents come in through forms that check them, and go out through one door with safe headers."""

import hashlib
import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission, UploadedFile
from wagtail.users.models import UserProfile

from openness.media.enums import ExtractionState
from openness.media.models import Document, document_path
from tests.factories.accounts import GroupFactory, UserFactory
from tests.factories.media import DocumentFactory
from tests.media import samples

pytestmark = pytest.mark.django_db

REFUSED = {
    "page named .pdf": ("办法.pdf", samples.HTML),
    "program named .docx": ("申请表.docx", samples.EXE),
    "SVG named .txt": ("名单.txt", samples.SVG),
    "page named .csv": ("名单.csv", samples.HTML),
    "broken Word file": ("申请表.docx", samples.word("一")[:3000]),
    "Word file with macros": ("申请表.docx", samples.with_macros()),
    "old Word file named .docx": ("申请表.docx", samples.OLD_WORD),
    "archive named .ofd": ("公文.ofd", samples.archive({"a.txt": "a"})),
    "PDF cut off": ("办法.pdf", samples.pdf(samples.TEXT)[:-40]),
    "archive that explodes": ("附件.zip", samples.bomb()),
    "extension that is not offered": ("a.html", samples.HTML),
    "no extension": ("公告", samples.TEXT.encode()),
    "two extensions": ("公告.pdf.exe", samples.EXE),
    "empty": ("公告.txt", b""),
    "too large": ("公告.txt", b"a" * (10 * 1024 * 1024 + 1)),
}
refused_files = pytest.mark.parametrize(("filename", "content"), REFUSED.values(), ids=REFUSED.keys())


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(UserFactory(administrator=True))
    return client


def _data(filename: str, content: bytes) -> dict:
    return {
        "title": "延长开放时间的公告",
        "collection": Collection.get_first_root_node().pk,
        "file": SimpleUploadedFile(filename, content),
    }


def _upload_multiple(client: Client, filename: str, content: bytes, **fields) -> dict:
    response = client.post(
        reverse("wagtaildocs:add_multiple"), {"files[]": SimpleUploadedFile(filename, content), **fields}
    )
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.mark.parametrize(
    ("filename", "content", "detected"),
    [
        ("关于延长开放时间的公告.pdf", samples.pdf(samples.TEXT), "pdf"),
        ("申请表.DOCX", samples.word(samples.TEXT), "docx"),
        ("公文.ofd", samples.archive({"OFD.xml": "<x/>"}), "ofd"),
        ("名单.csv", "姓名,单位\n".encode("gb18030"), "text"),
    ],
)
def test_document_is_uploaded(admin: Client, filename: str, content: bytes, detected: str) -> None:
    response = admin.post(reverse("wagtaildocs:add"), _data(filename, content))
    assert response.status_code == 302
    document = Document.objects.get()
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.detected_type == detected
    assert document.file_size == len(content)
    assert document.filename == filename.lower()
    assert admin.get(reverse("wagtaildocs:edit", args=[document.pk])).status_code == 200
    assert admin.get(reverse("wagtaildocs:index")).status_code == 200


@refused_files
def test_other_document_is_an_error_at_the_field(admin: Client, filename: str, content: bytes) -> None:
    response = admin.post(reverse("wagtaildocs:add"), _data(filename, content))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}
    assert Document.objects.count() == 0


@refused_files
def test_other_document_among_many_is_refused(admin: Client, filename: str, content: bytes) -> None:
    answer = _upload_multiple(admin, filename, content)
    assert answer["success"] is False
    assert answer["error_message"]
    assert Document.objects.count() == UploadedFile.objects.count() == 0


def test_refused_document_leaves_the_old_one_in_place(admin: Client) -> None:
    document = DocumentFactory()
    before = (document.file.name, document.sha256)
    response = admin.post(reverse("wagtaildocs:edit", args=[document.pk]), _data("办法.pdf", samples.HTML))
    assert response.status_code == 200
    document.refresh_from_db()
    assert (document.file.name, document.sha256) == before
    assert document.file.storage.exists(document.file.name)


def test_refused_document_in_the_chooser_is_an_error_in_the_form(admin: Client) -> None:
    data = {f"document-chooser-upload-{name}": value for name, value in _data("a.pdf", samples.HTML).items()}
    response = admin.post(reverse("wagtaildocs_chooser:create"), data)
    assert json.loads(response.content)["step"] == "reshow_creation_form"


def test_one_of_many_gets_its_title_later(admin: Client) -> None:
    answer = _upload_multiple(admin, "公告.txt", samples.TEXT.encode(), title="")
    assert Document.objects.count() == 0
    number = answer["uploaded_file_id"]
    fields = {"title": "公告", "collection": Collection.get_first_root_node().pk}
    answer = json.loads(
        admin.post(
            reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[number]),
            {f"uploaded-document-{number}-{name}": value for name, value in fields.items()},
        ).content
    )
    assert answer["success"] is True
    document = Document.objects.get()
    assert document.detected_type == "text"
    assert document.sha256 == hashlib.sha256(samples.TEXT.encode()).hexdigest()


def test_title_of_many_is_edited(admin: Client) -> None:
    number = _upload_multiple(admin, "公告.txt", samples.TEXT.encode())["doc_id"]
    fields = {"title": "新标题", "collection": Collection.get_first_root_node().pk}
    answer = json.loads(
        admin.post(
            reverse("wagtaildocs:edit_multiple", args=[number]),
            {f"doc-{number}-{name}": value for name, value in fields.items()},
        ).content
    )
    assert answer["success"] is True
    assert Document.objects.get().title == "新标题"


@pytest.mark.parametrize(
    "name",
    [f"{'关于进一步延长公共文化设施开放时间的公告' * 12}.txt", "公\u202e告\u0000.txt", f"{'a' * 400}.txt"],
    ids=["long Chinese", "turned around", "long"],
)
def test_any_name_finds_a_place_on_disk(admin: Client, name: str) -> None:
    response = admin.post(reverse("wagtaildocs:add"), _data(name, samples.TEXT.encode()))
    assert response.status_code == 302
    document = Document.objects.get()
    assert len(document.file.name.encode()) < 255
    assert "\u202e" not in document.filename
    assert admin.get(document.url).status_code == 200


def test_two_documents_may_have_one_name() -> None:
    first, second = DocumentFactory(filename="公告.txt"), DocumentFactory(filename="公告.txt")
    assert first.filename == second.filename == "公告.txt"
    assert first.file.name != second.file.name


def test_name_on_disk_keeps_its_extension() -> None:
    assert document_path(Document(), f"{'公' * 200}.PDF").endswith(f"/{'公' * 60}.pdf")


def test_deleted_document_leaves_no_file(admin: Client, django_capture_on_commit_callbacks) -> None:
    document = DocumentFactory()
    storage, name = document.file.storage, document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert not Document.objects.exists()
    assert not storage.exists(name)


@pytest.mark.parametrize(
    ("filename", "content", "disposition"),
    [
        ("公告.pdf", samples.pdf(samples.TEXT), "inline"),
        ("公告.txt", samples.TEXT.encode(), "attachment"),
        ("公告.docx", samples.word(samples.TEXT), "attachment"),
    ],
)
def test_document_is_served_with_safe_headers(client: Client, filename, content, disposition) -> None:
    document = DocumentFactory(content=content, filename=filename)
    assert document.url == reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    response = client.get(document.url)
    assert response.status_code == 200
    assert b"".join(response) == content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Disposition"].startswith(disposition)
    if disposition == "attachment":
        assert "filename*=UTF-8''%E5%85%AC%E5%91%8A." in response["Content-Disposition"]


def test_document_of_a_private_collection_asks_to_sign_in(client: Client) -> None:
    private = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    response = client.get(DocumentFactory(collection=private).url)
    assert response.status_code == 302
    assert "/login/" in response.url


def test_document_is_not_served_from_the_folder_of_uploads(client: Client) -> None:
    document = DocumentFactory()
    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_rights_in_a_collection_are_those_of_wagtails_models(client: Client) -> None:
    group, user = GroupFactory(), UserFactory()
    user.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    own = Collection.get_first_root_node().add_child(name="市文旅局")
    GroupCollectionPermission.objects.create(
        group=group,
        collection=own,
        permission=Permission.objects.get(content_type__app_label="wagtaildocs", codename="change_document"),
    )
    mine, foreign = DocumentFactory(collection=own), DocumentFactory()
    client.force_login(user)
    assert client.get(reverse("wagtaildocs:edit", args=[mine.pk])).status_code == 200
    assert client.get(reverse("wagtaildocs:edit", args=[foreign.pk])).status_code == 302


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ExtractionState.DONE, ""),
        (ExtractionState.PENDING, ""),
        (ExtractionState.UNSUPPORTED, ""),
        (ExtractionState.EMPTY, "No text was found in this file"),
        (ExtractionState.FAILED, "The text of this file could not be read"),
    ],
)
def test_editor_is_told_when_readers_cannot_search_in_a_file(client: Client, state: str, told: str) -> None:
    user = UserFactory(administrator=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    document = DocumentFactory()
    Document.objects.filter(pk=document.pk).update(extraction_state=state)
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert document.filename in page
    assert told in page
    assert page.count("help-warning") == bool(told)
