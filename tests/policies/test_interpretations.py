"""Interpretations: their eight sections, the text beside every form, and the link with their document."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction

from policies.enums import InterpretationForm, InterpretationSection
from policies.interpretation_blocks import said
from policies.interpretation_checks import missing
from policies.interpretations import interpretations_of
from policies.models import InterpretationPage, PolicyIssuer, PolicyPage
from tests.factories.media import ImageFactory
from tests.policies.documents import found_library, policy
from tests.policies.explained import GOALS, draft_document, interpretation, sections
from tests.venues.editors import NOW, City, form_of, member, signed_in


@pytest.fixture
def city(db: None, settings: Any, tmp_path: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    settings.MEDIA_ROOT = tmp_path
    return found_library()


def content_of(client: Client, page: Any) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


# ---------------------------------------------------------------------------------------------------
# The page


def test_document_and_interpretation_lead_to_each_other(city: City, client: Client) -> None:
    document = policy(city, number="泉文旅规〔2026〕3号")
    page = interpretation(city, document, live=True, source="市文旅局")
    content = content_of(client, page)
    assert f'href="{document.get_url()}"' in content
    assert "泉文旅规〔2026〕3号" in content
    assert "2026-11-19 10:00" in content
    assert f'href="{page.get_url()}"' in content_of(client, document)


def test_it_says_that_the_document_no_longer_holds(city: City, client: Client) -> None:
    from policies.models import PolicyRelation

    old = policy(city, "旧办法", written_on="2020-01-01")
    page = interpretation(city, old, live=True)
    new = policy(city, "新办法", written_on="2026-01-01", effective_on="2026-01-01")
    new.relations = [PolicyRelation(kind="replaces", target=old)]
    new.save()
    content = content_of(client, page)
    assert "badge--notice" in content
    assert f'href="{new.get_url()}"' in content


def test_empty_sections_do_not_go_public(city: City, client: Client) -> None:
    body = [
        *sections(goals=GOALS),
        ("section", {"section": "terms", "text": ""}),
        ("section", {"section": "notes", "text": '<p data-block-key="a">\xa0</p>'}),
    ]
    page = interpretation(city, policy(city), live=True, body=body)
    content = content_of(client, page)
    assert str(InterpretationSection.GOALS.label) in content
    assert str(InterpretationSection.TERMS.label) not in content
    assert str(InterpretationSection.NOTES.label) not in content


def test_nothing_leads_to_a_draft_or_a_hidden_page(city: City, client: Client) -> None:
    document = policy(city)
    shown, draft = interpretation(city, document, live=True), interpretation(city, document, title="草稿解读")
    hidden = interpretation(city, document, title="内部解读", live=True)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert [each.title for each in interpretations_of(document, locale=document.locale)] == [shown.title]
    content = content_of(client, document) + content_of(client, shown)
    assert "草稿解读" not in content
    assert "内部解读" not in content
    assert client.get(draft.get_url()).status_code == 404


def test_a_hidden_document_is_not_named(city: City, client: Client) -> None:
    document = policy(city, "内部办法全文")
    page = interpretation(city, document, live=True)
    PageViewRestriction.objects.create(page=document, restriction_type=PageViewRestriction.LOGIN)
    assert "内部办法全文" not in content_of(client, page)


def test_readers_of_another_language_get_theirs_or_the_source(city: City) -> None:
    document, english = policy(city), Locale.objects.get_or_create(language_code="en")[0]
    first = interpretation(city, document, live=True)
    interpretation(city, document, title="解读二", live=True)
    translated = first.copy_for_translation(english, copy_parents=True)
    translated.title = "Explained"
    translated.live = True
    translated.save()
    assert [each.title for each in interpretations_of(document, locale=english)] == ["Explained", "解读二"]
    assert [each.title for each in interpretations_of(document, locale=document.locale)] == [
        "解读一",
        "解读二",
    ]


def test_the_number_of_queries_does_not_grow(
    city: City, client: Client, django_assert_max_num_queries: Any
) -> None:
    document = policy(city)
    page = interpretation(city, document, live=True)
    content_of(client, page)
    with django_assert_max_num_queries(80) as one:
        content_of(client, page)
    for number in range(4):
        interpretation(city, document, title=f"另一篇解读{number}", live=True)
    with django_assert_max_num_queries(len(one)):
        content_of(client, page)


# ---------------------------------------------------------------------------------------------------
# What it needs


ALL_OF_IT = "图解：一、各单位公布开放信息；二、博物馆和图书馆晚间延时开放；三、公共场馆免费或者优惠。"


# The form, the address of the video, the body, and what it lacks.
NEEDS: list[tuple[str, str, list[Any], set[str]]] = [
    ("text", "", [], {"body"}),
    ("text", "", sections(goals=GOALS), set()),
    ("questions", "", sections(goals=GOALS), {"body"}),
    ("questions", "", [("question", {"question": "免费吗？", "answer": "<p>免费。</p>"})], set()),
    ("video", "", [], {"body", "video_url"}),
    ("video", "https://example.org/v", [], {"body"}),
    ("video", "https://example.org/v", sections(content="视频说……"), set()),
    ("picture", "", sections(goals=GOALS), {"body"}),
    ("picture", "", ["短"], {"body"}),
    ("picture", "", [ALL_OF_IT], set()),
    ("picture", "", [ALL_OF_IT, "短"], {"body"}),
    ("picture", "", ["短", *sections(goals=GOALS)], set()),
]


def test_every_form_has_its_text(city: City) -> None:
    for form, video, blocks, lacking in NEEDS:
        page = InterpretationPage(form=form, video_url=video)
        page.body = [_block(each) for each in blocks]
        assert set(missing(page)) == lacking, (form, video, blocks)


def _block(each: Any) -> Any:
    if not isinstance(each, str):
        return each
    image = ImageFactory()
    image.contextual_alt_text, image.decorative = each, False
    return ("image", image)


def test_a_decorative_picture_says_nothing(city: City) -> None:
    page = InterpretationPage(form=InterpretationForm.PICTURE)
    image = ImageFactory()
    image.contextual_alt_text, image.decorative = ALL_OF_IT, True
    page.body = [("image", image)]
    assert set(missing(page)) == {"body"}


# ---------------------------------------------------------------------------------------------------
# The editors' screens


def add_address(place: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["policies", "interpretationpage", place.pk])


def write_address(document: PolicyPage) -> str:
    return reverse("policies_write_interpretation", args=[document.pk])


def test_a_new_one_begins_with_the_eight_sections(city: City) -> None:
    response = signed_in(member("editor", city.culture)).get(add_address(city.culture))
    body = response.context["form"].instance.body
    assert [block.value["section"] for block in body] == InterpretationSection.values
    assert said(body) == []


def test_write_the_interpretation_makes_a_linked_draft(city: City) -> None:
    document, client = draft_document(city), signed_in(member("editor", city.culture))
    assert client.get(write_address(document)).status_code == 200
    response = client.post(write_address(document), {"form": "questions", "place": city.culture.pk})
    page = InterpretationPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.policy_id, page.form, page.live) == (document.pk, "questions", False)
    assert page.get_parent().pk == city.culture.pk
    assert [block.value["section"] for block in page.get_latest_revision_as_object().body] == (
        InterpretationSection.values
    )
    assert client.get(response.url).status_code == 200


def test_another_department_writes_none(city: City) -> None:
    document, client = policy(city), signed_in(member("publisher", city.union))
    assert client.get(write_address(document)).status_code in {302, 403}
    client.post(write_address(document), {"form": "text", "place": city.union.pk})
    client.post(write_address(document), {"form": "text", "place": city.culture.pk})
    data = form_of_new(client, city.union)
    response = client.post(add_address(city.union), {**data, "policy": str(document.pk)})
    assert response.context["form"].errors["policy"]
    assert not InterpretationPage.objects.exists()


def form_of_new(client: Client, place: Any) -> dict[str, str]:
    data = form_of(client, add_address(place)).dict()
    return {**data, "title": "解读", "body-count": "0", "slug": "explained"}


def test_a_joint_issuer_writes_one_below_its_own_page(city: City) -> None:
    document = policy(city)
    document.issuers = [PolicyIssuer(department=city.union.department)]
    document.save()
    client = signed_in(member("editor", city.union))
    client.post(write_address(document), {"form": "text", "place": city.culture.pk})
    assert not InterpretationPage.objects.exists()
    client.post(write_address(document), {"form": "text", "place": city.union.pk})
    assert InterpretationPage.objects.get().get_parent().pk == city.union.pk


def test_the_office_writes_for_any_department(city: City) -> None:
    document, client = policy(city), signed_in(member("office"))
    client.post(write_address(document), {"form": "text", "place": city.culture.pk})
    assert InterpretationPage.objects.get().policy_id == document.pk


def test_a_draft_may_lack_everything_and_what_is_published_may_not(city: City) -> None:
    document, client = policy(city), signed_in(member("publisher", city.culture))
    data = {**form_of_new(client, city.culture), "policy": str(document.pk)}
    response = client.post(add_address(city.culture), {**data, "action-publish": "1"})
    assert response.context["form"].errors["body"]
    response = client.post(add_address(city.culture), data)
    assert response.status_code == 302, response.context["form"].errors
    assert not InterpretationPage.objects.get().live
