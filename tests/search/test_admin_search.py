"""Editors search with the same backend: the administration's own search, and the choosers of pages."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Page

from openness.media.models import Document
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PAGES = ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search")
ODD = ['"', 'a"b', "   ", "，", "\0", "图\0", "\ud800", "NEAR(", "title:x*", "图" * 5_000, "live:true AND ("]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(administrator=True))
    return client


@pytest.fixture
def _pages():
    root = Page.objects.get(depth=1)
    for slug, title in {"library": "泉州市图书馆少儿分馆", "museum": "古船博物馆"}.items():
        root.add_child(instance=Page(title=title, slug=slug))


@pytest.mark.parametrize("typed", ["少儿分", "圖書館", "tsg", "qzstsg"])
@pytest.mark.usefixtures("_pages")
def test_a_page_is_found_by_a_part_of_its_title_and_by_its_sound(editor, typed):
    for name in PAGES:
        answer = editor.get(reverse(name), {"q": typed}).content.decode()
        assert "泉州市图书馆少儿分馆" in answer
        assert "古船博物馆" not in answer


def test_a_document_is_found_by_its_title(editor):
    Document.objects.create(title="泉州市图书馆借阅须知", file=ContentFile(b"%PDF-1.4", "rules.pdf"))

    assert "借阅须知" in editor.get(reverse("wagtaildocs:index"), {"q": "借阅"}).content.decode()


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
@pytest.mark.usefixtures("_pages")
def test_odd_words_give_an_answer(editor, typed):
    for name in (
        "wagtailadmin_pages:search",
        "wagtailadmin_choose_page_search",
        "wagtaildocs:index",
        "wagtailimages:index",
    ):
        query = "q=" + "".join(f"%{byte:02X}" for byte in typed.encode("utf-8", "surrogatepass"))
        assert editor.get(f"{reverse(name)}?{query}").status_code == 200
