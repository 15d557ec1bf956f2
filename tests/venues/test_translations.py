"""Facts are edited once, on the source page; words travel to each translation."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from openness.core import clock
from tests.venues.editors import NOW, City, found_city, notice
from venues.models import (
    Interval,
    Offer,
    Schedule,
    VenueDay,
    VenueEntry,
    VenueFacility,
    VenuePage,
    VenueWording,
)
from venues.wordings import Words, wording_key


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def translated(page: Page, locale: Locale) -> Any:
    """Copy a page and those above it into a language, and publish all of them."""
    copy = page.copy_for_translation(locale, copy_parents=True)
    for each in copy.get_ancestors(inclusive=True).filter(depth__gt=1).specific():
        each.alias_of = None
        each.save()
        each.save_revision().publish()
    for channel in Page.objects.filter(locale=page.locale, depth=3).specific():
        if not channel.has_translation(locale):
            channel.copy_for_translation(locale).save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


@pytest.fixture
def library(city: City, english: Locale) -> VenuePage:
    """The English page of the library, with an offer on its source page."""
    source = VenuePage.objects.get(pk=city.library.pk)
    source.offers = [Offer(name="讲座票", price=10, condition="凭读者证")]
    source.full_clean()
    source.save()
    return translated(source, english)


def test_rows_of_facts_stay_on_the_source_page(city: City, library: VenuePage) -> None:
    assert not library.is_source
    assert library.source_page == city.library
    assert library.code == ""
    for model in (Schedule, Offer, VenueFacility, VenueDay):
        owner = "venue" if model is VenueDay else "page"
        assert not model.objects.filter(**{owner: library.pk}).exists(), model
    assert Schedule.objects.filter(page=city.library).count() == 2


def test_words_travel(city: City, library: VenuePage) -> None:
    source = VenuePage.objects.get(pk=city.library.pk)
    assert {word.text for word in source.wordings.all()} == {"讲座票", "凭读者证"}
    assert {word.key for word in library.wordings.all()} == {word.key for word in source.wordings.all()}
    assert [area.key for area in library.areas.all()] == ["evening"]
    assert library.areas.get().translation_key == source.areas.get().translation_key


def test_words_are_looked_up_by_what_they_say_in_the_source_language(library: VenuePage) -> None:
    VenueWording.objects.filter(page=library, key=wording_key("讲座票")).update(text="Lecture ticket")
    words = Words(VenuePage.objects.get(pk=library.pk))
    assert words("讲座票") == "Lecture ticket"
    assert words("新的词") == "新的词"
    assert words("") == ""
    assert Words(library.source_page)("讲座票") == "讲座票"


def test_known_words_keep_their_row_when_others_come(city: City, library: VenuePage) -> None:
    source = VenuePage.objects.get(pk=city.library.pk)
    before = {word.key: word.pk for word in source.wordings.all()}
    source.offers = [Offer(name="讲座票", price=12, condition="凭身份证")]
    source.save()
    after = {word.key: word.pk for word in VenuePage.objects.get(pk=source.pk).wordings.all()}
    assert set(after) == {wording_key("讲座票"), wording_key("凭身份证")}
    assert after[wording_key("讲座票")] == before[wording_key("讲座票")]


def test_the_english_page_shows_the_hours_of_the_source(
    city: City, library: VenuePage, client: Client
) -> None:
    library.title = "Quanzhou Library"
    library.save_revision().publish()
    assert VenuePage.objects.get(pk=library.pk).get_url() == "/en/venues/shi-tu-shu-guan/"
    response = client.get("/en/venues/shi-tu-shu-guan/")
    assert response.status_code == 200
    content = response.content.decode()
    assert "Quanzhou Library" in content
    assert "17:00" in content
    assert not Interval.objects.filter(venue=library.pk).exists()


def test_each_language_has_its_own_entry(city: City, library: VenuePage) -> None:
    library.title = "Quanzhou Library"
    library.save_revision().publish()
    entries = VenueEntry.objects.filter(venue=city.library)
    assert set(entries.values_list("locale__language_code", "title", "code")) == {
        ("zh-hans", "市图书馆", "library"),
        ("en", "Quanzhou Library", "library"),
    }
    assert {entry.type_lineage for entry in entries} == {"/library/"}


def test_a_fact_changed_on_the_source_reaches_every_language(city: City, library: VenuePage) -> None:
    source = VenuePage.objects.get(pk=city.library.pk)
    source.admission = "low_fee"
    source.save_revision().publish()
    assert set(VenueEntry.objects.filter(venue=source).values_list("admission", flat=True)) == {"low_fee"}


def test_a_notice_on_the_source_closes_it_in_every_language(
    city: City, library: VenuePage, client: Client
) -> None:
    notice(city.culture, city.library, first=clock.today())
    assert "Closed" in client.get("/en/venues/shi-tu-shu-guan/").content.decode()


def test_a_hidden_source_hides_its_translations(city: City, library: VenuePage, client: Client) -> None:
    VenuePage.objects.get(pk=city.library.pk).unpublish()
    assert not VenueEntry.objects.filter(venue=city.library).exists()
    assert "shi-tu-shu-guan" not in client.get("/en/venues/").content.decode()


def test_a_hidden_translation_leaves_the_source(city: City, library: VenuePage, client: Client) -> None:
    library.unpublish()
    assert client.get("/en/venues/shi-tu-shu-guan/").status_code == 404
    assert client.get("/venues/shi-tu-shu-guan/").status_code == 200
    assert VenueEntry.objects.get(venue=city.library).locale.is_default


def test_a_deleted_translation_leaves_the_source(city: City, library: VenuePage) -> None:
    library.delete()
    assert VenueEntry.objects.get(venue=city.library).locale.is_default
    assert VenueDay.objects.filter(venue=city.library).exists()


def test_synchronising_leaves_the_rows_where_they_are(
    city: City, library: VenuePage, english: Locale
) -> None:
    source = VenuePage.objects.get(pk=city.library.pk)
    translation_source, __ = TranslationSource.update_or_create_from_instance(source)
    translation = Translation.objects.create(source=translation_source, target_locale=english)
    translation.save_target(publish=True)
    page = VenuePage.objects.get(pk=library.pk)
    assert not page.schedules.exists()
    assert not page.offers.exists()
    assert page.code == ""
    assert [area.key for area in page.areas.all()] == ["evening"]
    assert VenuePage.objects.get(pk=source.pk).schedules.count() == 2
