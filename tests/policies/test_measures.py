"""Measures as readers see them: what was promised, what was reported, which public pages show it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from openness.departments.models import Department
from policies.measures import UNREPORTED, carried_out_by, measures_of, summary_of
from policies.models import Measure, MeasureEvidence, MeasureReport, PolicyPage
from tests.policies.documents import fill_in, found_library, policy, post
from tests.policies.explained import measured
from tests.venues.editors import NOW, City, member, notice, signed_in


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_library()


def report(
    document: PolicyPage, key: str, state: str, at: datetime | None = None, note: str = "已办"
) -> MeasureReport:
    return MeasureReport.objects.create(
        policy=document,
        measure_key=key,
        department=Department.objects.get(code="culture"),
        state=state,
        note=note,
        **({"reported_at": at} if at else {}),
    )


def evidence(document: PolicyPage, key: str, page: Page, note: str = "") -> MeasureEvidence:
    return MeasureEvidence.objects.create(
        policy=document, measure_key=key, page=Page.objects.get(pk=page.pk), note=note
    )


def views(document: PolicyPage, locale: Locale | None = None) -> dict[str, Any]:
    return {each.key: each for each in measures_of(document, locale=locale or document.locale)}


def page_of(client: Client, document: PolicyPage) -> str:
    response = client.get(document.exit_url("measures"))
    assert response.status_code == 200
    return response.content.decode()


# ---------------------------------------------------------------------------------------------------
# Keys


def test_keys_are_made_of_the_numbers(city: City) -> None:
    assert list(views(measured(city))) == ["m1", "m2", "m3"]
    mixed = measured(
        city,
        Measure(number="（七）", title="甲"),
        Measure(number="7", title="乙"),
        Measure(number="7.", title="丙", key="m7"),
        Measure(number="其他", title="丁"),
        title="另一份意见",
    )
    assert list(views(mixed)) == ["m8", "m9", "m7", "m4"]


def test_two_measures_have_no_key_in_common(city: City) -> None:
    document = measured(city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.create(page=document, key="m1", number="9", title="重复", locale=document.locale)


def rows(*measures: dict[str, str]) -> dict[str, str]:
    data = {"measures-TOTAL_FORMS": str(len(measures))}
    for place, measure in enumerate(measures):
        fields = {"number": str(place + 1), "title": "举措", "ORDER": str(place + 1), **measure}
        data.update({f"measures-{place}-{name}": value for name, value in fields.items()})
    return data


def test_the_form_gives_keys_and_refuses_one_twice(city: City) -> None:
    document, client = policy(city, live=False), signed_in(member("editor", city.culture))
    response = post(client, document, fill_in(client, document, **rows({"key": "m1"}, {"key": "m1"})))
    assert response.status_code == 200
    forms = response.context["form"].formsets["measures"].forms
    assert all(form.errors["key"] for form in forms)
    response = post(client, document, fill_in(client, document, **rows({}, {"key": "opening"}, {})))
    assert response.status_code == 302, response.context["form"].errors
    draft = PolicyPage.objects.get(pk=document.pk).get_latest_revision_as_object()
    assert [measure.key for measure in draft.measures.all()] == ["m1", "opening", "m3"]


def test_a_key_is_permanent(city: City) -> None:
    measure = measured(city).measures.first()
    measure.key = "other"
    with pytest.raises(ValidationError) as caught:
        measure.clean()
    assert "key" in caught.value.message_dict


# ---------------------------------------------------------------------------------------------------
# Reports


def test_the_last_report_counts_and_all_are_told(city: City) -> None:
    document = measured(city)
    report(document, "m1", "under_way", datetime(2026, 3, 1, tzinfo=UTC), "已开始")
    report(document, "m1", "done", datetime(2026, 9, 1, tzinfo=UTC), "已公布")
    report(document, "m1", "planned", datetime(2026, 1, 1, tzinfo=UTC), "已安排")
    first = views(document)["m1"]
    assert first.state == "done"
    assert [each.note for each in first.reports] == ["已公布", "已开始", "已安排"]
    assert first.last_report.department == "市文旅局"
    assert views(document)["m2"].state == UNREPORTED


def test_a_report_is_never_changed(city: City) -> None:
    stored = report(measured(city), "m1", "done")
    stored.note = "改写"
    with pytest.raises(TypeError):
        stored.save()
    assert MeasureReport.objects.get().note == "已办"


def test_what_is_past_its_day_is_late_until_it_ends(city: City, client: Client) -> None:
    document = measured(city)
    late = {"": True, "planned": True, "under_way": True, "done": False, "lasting": False, "given_up": False}
    for state, is_late in late.items():
        if state:
            report(document, "m1", state)
        found = {key: each.is_late for key, each in views(document).items()}
        assert found == {"m1": is_late, "m2": False, "m3": False}, state
        assert ("measures__late" in page_of(client, document)) == is_late


def test_the_last_day_is_still_in_time(city: City, settings: Any) -> None:
    document = measured(city)
    settings.OPENNESS_FROZEN_NOW = "2026-06-30T23:59:00+08:00"
    assert not views(document)["m1"].is_late
    settings.OPENNESS_FROZEN_NOW = "2026-07-01T00:00:00+08:00"
    assert views(document)["m1"].is_late


def test_the_summary_counts_every_measure_once(city: City) -> None:
    document = measured(city)
    report(document, "m2", "under_way")
    found = summary_of(measures_of(document, locale=document.locale))
    assert [(part["state"], part["count"]) for part in found] == [("under_way", 1), (UNREPORTED, 2)]


def test_partners_are_named(city: City) -> None:
    document = measured(
        city,
        Measure(
            number="1",
            title="联合检查",
            lead=Department.objects.get(code="culture"),
            partners="union，各县（市、区）人民政府、 泉州开发区",
        ),
    )
    view = views(document)["m1"]
    assert view.lead == "市文旅局"
    assert view.partners == ("市总工会", "各县（市、区）人民政府", "泉州开发区")


# ---------------------------------------------------------------------------------------------------
# Evidence


def test_evidence_is_told_on_both_sides(city: City, client: Client) -> None:
    document = measured(city)
    closed = notice(city.culture, city.library)
    evidence(document, "m1", city.library, "公布了开放时间")
    evidence(document, "m1", closed)
    content = page_of(client, document)
    for page in (city.library, closed):
        assert f'href="{page.get_url()}"' in content
        other = client.get(page.get_url()).content.decode()
        assert f'href="{document.exit_url("measures")}#m1"' in other
        assert "公布开放信息" in other
    assert "公布了开放时间" in content
    assert "公布开放信息" not in client.get(city.museum.get_url()).content.decode()


def test_only_public_pages_are_shown(city: City, client: Client) -> None:
    document = measured(city)
    for page in (city.library, city.museum, city.palace):
        evidence(document, "m1", page)
    city.library.unpublish()
    PageViewRestriction.objects.create(page=city.museum, restriction_type=PageViewRestriction.LOGIN)
    shown = views(document)["m1"].evidence
    assert [each.link.title for each in shown] == ["工人文化宫"]
    content = page_of(client, document)
    assert "市图书馆" not in content
    assert "海交馆" not in content


def test_a_hidden_document_is_not_named_on_other_pages(city: City) -> None:
    document = measured(city)
    evidence(document, "m1", city.library)
    assert carried_out_by(city.library, locale=document.locale)
    restriction = PageViewRestriction.objects.create(
        page=document, restriction_type=PageViewRestriction.LOGIN
    )
    assert carried_out_by(city.library, locale=document.locale) == []
    restriction.delete()
    document.unpublish()
    assert carried_out_by(city.library, locale=document.locale) == []


def test_a_measure_that_is_gone_is_not_named(city: City) -> None:
    document = measured(city)
    evidence(document, "m1", city.library)
    document.measures = list(document.measures.exclude(key="m1"))
    document.save()
    assert carried_out_by(city.library, locale=document.locale) == []


def test_evidence_stands_once_and_goes_with_its_page(city: City) -> None:
    document = measured(city)
    row = evidence(document, "m1", city.library)
    with pytest.raises(IntegrityError), transaction.atomic():
        evidence(document, "m1", city.library)
    city.library.delete()
    assert not MeasureEvidence.objects.filter(pk=row.pk).exists()


# ---------------------------------------------------------------------------------------------------
# The page


def test_only_a_public_document_has_the_page(city: City, client: Client) -> None:
    document = measured(city)
    address = document.exit_url("measures")
    assert client.get(address).status_code == 200
    document.unpublish()
    assert client.get(address).status_code == 404


def test_a_document_without_measures_says_so(city: City, client: Client) -> None:
    document = policy(city)
    assert "measures__bar" not in page_of(client, document)
    assert document.exit_url("measures") not in client.get(document.get_url()).content.decode()
    # Nothing that one would look for.
    assert f'<link rel="canonical" href="{document.get_full_url()}">' in page_of(client, document)


def test_the_page_is_found_by_itself(city: City, client: Client) -> None:
    document = measured(city)
    page = BeautifulSoup(page_of(client, document), "html.parser")
    address = f"{document.get_full_url()}measures/"
    assert page.select_one("link[rel=canonical]")["href"] == address
    assert page.select_one("meta[name=Url]")["content"] == address
    assert page.title.get_text().startswith(page.select_one("meta[property='og:title']")["content"])
    assert document.title in page.title.get_text() != document.title


def test_the_words_are_those_of_the_readers_language(city: City) -> None:
    document, english = measured(city), Locale.objects.get_or_create(language_code="en")[0]
    report(document, "m1", "done")
    evidence(document, "m1", city.library)
    translated = document.copy_for_translation(english, copy_parents=True)
    row = translated.measures.get(key="m1")
    row.title, row.target_on = "Publish the hours", date(1999, 1, 1)
    translated.measures = [row, *translated.measures.exclude(key="m1")]
    translated.live = True
    translated.save()
    view = views(translated, english)["m1"]
    assert view.title == "Publish the hours"
    assert view.state == "done"
    assert view.target_on == date(2026, 6, 30)  # facts are the source's
    assert [each.link.title for each in view.evidence] == ["市图书馆"]
    assert views(document, document.locale)["m1"].title == "公布开放信息"


def test_the_number_of_queries_does_not_grow(
    city: City, client: Client, django_assert_max_num_queries: Any
) -> None:
    document = measured(city)
    evidence(document, "m1", city.library)
    report(document, "m1", "under_way")
    page_of(client, document)
    with django_assert_max_num_queries(80) as one:
        page_of(client, document)
    for page in (city.museum, city.palace):
        for key in ("m1", "m2", "m3"):
            evidence(document, key, page)
            report(document, key, "done")
    with django_assert_max_num_queries(len(one)):
        page_of(client, document)
    with django_assert_max_num_queries(12) as few:
        carried_out_by(city.library, locale=document.locale)
    evidence(document, "m2", city.library)
    evidence(document, "m3", city.library)
    with django_assert_max_num_queries(len(few)):
        assert len(carried_out_by(city.library, locale=document.locale)) == 3
