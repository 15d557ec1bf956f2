"""An image says what it shows, and a damaged one is an error in the form."""

import json
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, UploadedFile

from openness.media.models import Image, Rendition
from tests.factories.accounts import UserFactory
from tests.factories.media import ImageFactory
from tests.media import samples

pytestmark = pytest.mark.django_db

PNG_HEADER = b"\x89PNG\r\n\x1a\n"
DAMAGED = {
    "signature and zeros": ("a.png", PNG_HEADER + bytes(200)),
    "signature only": ("a.png", PNG_HEADER),
    "header without data": ("a.png", samples.picture()[:60]),
    "PNG cut in the middle": ("a.png", samples.picture()[:20_000]),
    "JPEG cut in the middle": ("a.jpg", samples.picture("JPEG")[:5_000]),
    "GIF cut in the middle": ("a.gif", samples.picture("GIF")[:5_000]),
    "WebP cut in the middle": ("a.webp", samples.picture("WEBP")[:5_000]),
    "AVIF cut in the middle": ("a.avif", samples.picture("AVIF")[:5_000]),
    "page named as a picture": ("a.png", samples.HTML),
    "empty": ("a.png", b""),
    "JPEG named as PNG": ("a.png", samples.picture("JPEG")),
    "SVG": ("a.svg", samples.SVG),
    "too many pixels": (
        "a.png",
        PNG_HEADER + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0) + bytes(100),
    ),
}
damaged_files = pytest.mark.parametrize(("filename", "content"), DAMAGED.values(), ids=DAMAGED.keys())


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(UserFactory(administrator=True))
    return client


def _data(filename: str, content: bytes, **fields) -> dict:
    return {
        "title": "图书馆正门",
        "collection": Collection.get_first_root_node().pk,
        "file": SimpleUploadedFile(filename, content),
        **fields,
    }


def _upload_multiple(client: Client, filename: str, content: bytes) -> dict:
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": filename, "files[]": SimpleUploadedFile(filename, content)},
    )
    assert response.status_code == 200
    return json.loads(response.content)


def test_image_is_uploaded_with_what_it_shows(admin: Client) -> None:
    fields = {"alt_text": "图书馆正门", "credit": "林小红", "source": "市图书馆"}
    admin.post(reverse("wagtailimages:add"), _data("泉州市图书馆.png", samples.picture(), **fields))
    image = Image.objects.get()
    assert (image.alt_text, image.credit, image.source) == ("图书馆正门", "林小红", "市图书馆")
    assert image.uploaded_by_user.full_name
    assert admin.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    assert admin.get(reverse("wagtailimages:index")).status_code == 200


def test_image_needs_words_or_the_decorative_mark(admin: Client) -> None:
    url = reverse("wagtailimages:add")
    response = admin.post(url, _data("a.png", samples.picture(), alt_text="  "))
    assert set(response.context["form"].errors) == {"alt_text"}
    assert len(response.context["form"].errors["alt_text"]) == 1
    assert Image.objects.count() == 0
    assert admin.post(url, _data("a.png", samples.picture(), is_decorative="on")).status_code == 302
    assert Image.objects.get().is_decorative


def test_database_refuses_an_image_that_says_nothing() -> None:
    with pytest.raises(IntegrityError):
        ImageFactory(alt_text="")


def test_rendition_carries_the_alternative_text() -> None:
    rendition = ImageFactory(alt_text="门前的坡道").get_rendition("width-100")
    assert isinstance(rendition, Rendition)
    assert rendition.alt == "门前的坡道"


def test_decorative_image_is_silent_even_when_words_were_kept() -> None:
    assert ImageFactory(alt_text="花边", is_decorative=True).get_rendition("width-100").alt == ""


@damaged_files
def test_damaged_image_is_an_error_in_the_form(admin: Client, filename: str, content: bytes) -> None:
    response = admin.post(reverse("wagtailimages:add"), _data(filename, content, alt_text="门"))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}
    assert Image.objects.count() == 0


@damaged_files
def test_damaged_image_among_many_is_refused(admin: Client, filename: str, content: bytes) -> None:
    answer = _upload_multiple(admin, filename, content)
    assert answer["success"] is False
    assert answer["error_message"]
    assert Image.objects.count() == 0
    assert UploadedFile.objects.count() == 0


def test_damaged_image_leaves_the_old_one_in_place(admin: Client) -> None:
    image = ImageFactory()
    before = image.file.name
    url = reverse("wagtailimages:edit", args=[image.pk])
    response = admin.post(url, _data("a.png", samples.picture()[:20_000], alt_text="门"))
    assert response.status_code == 200
    image.refresh_from_db()
    assert image.file.name == before
    assert image.file.storage.exists(before)


def test_damaged_image_in_the_chooser_is_an_error_in_the_form(admin: Client) -> None:
    data = {
        f"image-chooser-upload-{name}": value
        for name, value in _data("a.png", samples.picture()[:20_000], alt_text="门").items()
    }
    response = admin.post(reverse("wagtailimages_chooser:create"), data)
    assert response.status_code == 200
    assert json.loads(response.content)["step"] == "reshow_creation_form"


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_whole_images_of_every_format_are_taken(admin: Client, image_format: str) -> None:
    filename = f"图书馆.{image_format.lower()}"
    data = _data(filename, samples.picture(image_format), alt_text="门")
    assert admin.post(reverse("wagtailimages:add"), data).status_code == 302


def test_image_of_more_than_ten_megabytes_is_refused(admin: Client) -> None:
    content = samples.picture() + bytes(10 * 1024 * 1024)
    response = admin.post(reverse("wagtailimages:add"), _data("a.png", content, alt_text="门"))
    assert set(response.context["form"].errors) == {"file"}


def test_one_of_many_asks_for_its_words_before_it_is_an_image(admin: Client) -> None:
    answer = _upload_multiple(admin, "泉州市图书馆.png", samples.picture())
    assert answer["success"] is True
    assert Image.objects.count() == 0
    number = answer["uploaded_file_id"]
    assert f'name="uploaded-image-{number}-alt_text"' in answer["form"]

    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    fields = {"title": "正门", "collection": Collection.get_first_root_node().pk}

    def post(**more) -> dict:
        data = {f"uploaded-image-{number}-{name}": value for name, value in {**fields, **more}.items()}
        return json.loads(admin.post(url, data).content)

    assert post()["success"] is False
    assert post(alt_text="图书馆正门")["success"] is True
    image = Image.objects.get()
    assert (image.alt_text, image.width) == ("图书馆正门", 300)
    assert image.file_hash
