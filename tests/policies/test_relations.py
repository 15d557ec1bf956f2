"""Relations are shown on both sides, as far as they are public; those that cannot be are refused on every path."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from policies.enums import Outcome, Validity
from policies.models import PolicyIndexPage, PolicyPage, PolicyRelation
from policies.relations import RelationItem, relation_problems, relations_of, standing_of, standing_shown
from tests.policies.library import clearance, document, fresh, states
from tests.venues.editors import NOW, City, form_of, found_city, member, signed_in

OLD_DAY, NEW_DAY = date(2020, 1, 1), date(2024, 1, 1)


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    home = Page.objects.get(depth=2).specific
    home.add_child(instance=PolicyIndexPage(title="政策", slug="policies", locale=home.locale))
    return city


def shown(page: PolicyPage, locale: Locale | None = None) -> dict[str, list[RelationItem]]:
    return {group.label: group.items for group in relations_of(page, locale=locale or page.locale)}


# ---------------------------------------------------------------------------------------------------
# What is shown


def test_both_sides_tell_the_relation_with_day_and_note(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY, number="泉文旅规〔2020〕1号", slug="old")
    new = document(city, "修改决定", written_on=NEW_DAY, slug="new")
    new.relations = [
        PolicyRelation(kind="amends", target=old, note="第三条", holds_from=date(2024, 3, 1)),
        PolicyRelation(kind="based_on", target_title="公共文化服务保障法"),
    ]
    new.save()
    day = date(2024, 3, 1)
    assert shown(new) == {
        "修改": [RelationItem("旧办法", "/policies/old/", "泉文旅规〔2020〕1号", "第三条", day)],
        "依据": [RelationItem("公共文化服务保障法")],
    }
    assert shown(old) == {"被修改": [RelationItem("修改决定", "/policies/new/", "", "第三条", day)]}


def test_an_act_without_a_day_holds_when_its_document_does(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY)
    document(city, "新办法", ("repeals", old), written_on=NEW_DAY, effective_on=date(2024, 5, 1))
    assert shown(old)["被废止"][0].day == date(2024, 5, 1)


def test_a_hidden_document_is_named_on_neither_side(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY, below=city.union)
    new = document(city, "新办法", ("replaces", old), written_on=NEW_DAY)
    PageViewRestriction.objects.create(page=fresh(city.union).page_ptr, restriction_type="login")
    assert shown(new) == {}
    draft = document(city, "草案", ("amends", new), written_on=date(2025, 1, 1), live=False)
    assert shown(new) == {}
    assert shown(draft) != {}
    assert standing_shown(old, locale=old.locale).successor is not None


def test_a_clearance_is_told_on_the_document(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY, valid_until=date(2025, 12, 31))
    notice = clearance(city, (old, Outcome.CONTINUES), holds_from=date(2026, 1, 20), slug="notice")
    expected = RelationItem("清理结果", "/policies/notice/", day=date(2026, 1, 20))
    assert shown(old) == {"清理结果：继续有效": [expected]}
    told = standing_shown(old, locale=old.locale)
    assert (told.state, told.since) == (Validity.IN_FORCE, date(2026, 1, 20))
    assert told.because == RelationItem("清理结果", "/policies/notice/")
    notice.unpublish()
    assert shown(old) == {}
    assert standing_of(old).state == Validity.AWAITING_CLEARANCE


def test_a_replaced_document_leads_to_its_successor(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY)
    new = document(city, "新办法", ("replaces", old), written_on=NEW_DAY, slug="new")
    told = standing_shown(old, locale=old.locale)
    assert told.has_ended
    assert told.successor == RelationItem("新办法", "/policies/new/")
    new.unpublish()
    assert standing_shown(old, locale=old.locale).successor is None


def test_a_translation_reads_the_relations_of_its_source(city: City) -> None:
    english = Locale.objects.create(language_code="en")
    old = document(city, "旧办法", written_on=OLD_DAY)
    document(city, "新办法", ("replaces", old), written_on=NEW_DAY)
    Page.objects.get(depth=2).copy_for_translation(english)
    translated = old.copy_for_translation(english, copy_parents=True)
    translated.title = "Old rules"
    translated.save_revision().publish()
    assert standing_of(translated).state == Validity.REPLACED
    # The other side has no English page: its Chinese one is named.
    assert [item.title for item in shown(translated, english)["被代替"]] == ["新办法"]


def test_the_standing_is_right_before_the_daily_job_has_run(city: City, settings: Any) -> None:
    page = document(city, "办法", written_on=OLD_DAY, valid_until=date(2026, 12, 31))
    settings.OPENNESS_FROZEN_NOW = "2027-01-01T00:01:00+08:00"
    assert states() == {"办法": "in_force"}
    assert standing_of(page).state == Validity.AWAITING_CLEARANCE


def test_a_draft_is_looked_at_by_its_own_dates(city: City) -> None:
    page = document(city, "办法", written_on=OLD_DAY, live=False)
    page.effective_on = date(2027, 1, 1)
    assert standing_of(page).state == Validity.NOT_YET


def test_many_relations_cost_as_much_as_few(city: City) -> None:
    law = document(city, "法", written_on=OLD_DAY)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            standing_shown(law, locale=law.locale)
            relations_of(law, locale=law.locale)
        return len(seen)

    assert cost() <= 5
    document(city, "办法0", ("based_on", law), written_on=NEW_DAY)
    cost()  # where the site's pages begin is asked for once
    one = cost()
    for number in range(1, 6):
        document(city, f"办法{number}", ("based_on", law), written_on=NEW_DAY)
    assert cost() == one <= 12
    assert len(shown(law)["作为依据"]) == 6


# ---------------------------------------------------------------------------------------------------
# What is refused


def problems(page: PolicyPage, *acts: tuple[str, Any], **fields: Any) -> list[str]:
    rows = [PolicyRelation(kind=kind, target=target, **fields) for kind, target in acts]
    return relation_problems(page, rows)


def test_circles_are_named(city: City) -> None:
    first = document(city, "甲", written_on=OLD_DAY)
    second = document(city, "乙", ("amends", first), written_on=OLD_DAY)
    third = document(city, "丙", ("based_on", second), written_on=OLD_DAY)
    assert problems(first, ("forwards", first)) == ["文件不能与自身建立关系。"]
    (text,) = problems(first, ("implements", third))
    assert "“甲” → “丙” → “乙” → “甲”" in text
    assert problems(third, ("replaces", second), ("repeals", first)) == []


def test_a_document_does_not_act_on_a_later_one(city: City) -> None:
    old, new = document(city, "旧", written_on=OLD_DAY), document(city, "新", written_on=NEW_DAY)
    assert "《旧》（2020-01-01）早于《新》" in problems(old, ("repeals", new))[0]
    assert problems(new, ("repeals", old)) == []
    new.relations = [PolicyRelation(kind="repeals", target=old)]
    new.save()
    old.written_on = date(2025, 1, 1)
    assert "《新》（2024-01-01）早于《旧》（2025-01-01）" in problems(old)[0]
    with pytest.raises(ValidationError):
        old.save()


def test_a_relation_does_not_hold_before_its_document(city: City) -> None:
    old = document(city, "旧", written_on=OLD_DAY)
    new = document(city, "新", written_on=NEW_DAY)
    assert "不得早于本文件的施行日期" in problems(new, ("repeals", old), holds_from=date(2023, 1, 1))[0]
    assert problems(new, ("repeals", old), holds_from=NEW_DAY) == []


def test_a_relation_names_one_thing(city: City) -> None:
    page, other = document(city, "甲"), document(city, "乙")
    assert problems(page, ("based_on", None))
    assert problems(page, ("based_on", other), target_title="法")
    assert problems(page, ("based_on", None), target_title="法") == []


def test_the_second_half_of_a_circle_is_not_published(city: City) -> None:
    """Each draft is sound as long as the other is one; the one that comes second is refused."""
    first = document(city, "甲", written_on=OLD_DAY, live=False)
    second = document(city, "乙", written_on=OLD_DAY, live=False)
    revisions = []
    for page, other in ((first, second), (second, first)):
        page.relations = [PolicyRelation(kind="replaces", target=other)]
        revisions.append(page.save_revision())
    revisions[0].publish()
    with pytest.raises(ValidationError) as caught:
        revisions[1].publish()
    assert "循环" in caught.value.messages[0]
    assert states() == {"甲": "in_force"}
    assert not PolicyRelation.objects.filter(page=second).exists()


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_the_form_says_what_is_wrong(city: City, action: str) -> None:
    old, new = document(city, "旧的办法", written_on=OLD_DAY), document(city, "新的办法", written_on=NEW_DAY)
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[old.pk])
    data = form_of(client, address)
    data.update(
        {
            "body-count": "0",
            "relations-TOTAL_FORMS": "1",
            "relations-0-kind": "repeals",
            "relations-0-target": str(new.pk),
            "relations-0-ORDER": "1",
        }
    )
    if action:
        data[action] = "1"
    response = client.post(address, data)
    assert response.status_code == 200
    assert "《旧的办法》（2020-01-01）早于" in response.content.decode()
    assert not PolicyRelation.objects.exists()


def test_a_draft_opens_when_what_it_names_is_gone(city: City) -> None:
    other, page = document(city, "别的", live=False), document(city, "办法", live=False)
    page.relations = [PolicyRelation(kind="amends", target=other)]
    page.save_revision()
    Page.objects.get(pk=other.pk).delete()
    assert list(fresh(page).get_latest_revision_as_object().relations.all()) == []
