"""The documents of the demonstration city: their measures, interpretation and evidence, loaded once."""

import pytest

from demo import policies
from policies.measures import carried_out_by, measures_of
from policies.models import InterpretationPage, MeasureEvidence, MeasureReport, PolicyPage
from venues.models import VenuePage


@pytest.fixture
def opinion(demo_city: None) -> PolicyPage:
    return PolicyPage.objects.get(slug="qz-2020-impl")


def test_the_opinion_has_its_twenty_measures_and_its_interpretation(opinion: PolicyPage) -> None:
    measures = measures_of(opinion, locale=opinion.locale)
    assert [measure.key for measure in measures] == [f"m{number}" for number in range(1, 21)]
    assert not any(measure.lead or measure.target_on for measure in measures)  # the sources name none
    assert [page.live for page in InterpretationPage.objects.filter(policy=opinion)] == [True]


def test_venues_say_what_they_carry_out(opinion: PolicyPage) -> None:
    venue = VenuePage.objects.get(code="haixia-track")
    (measure,) = carried_out_by(venue, locale=opinion.locale)
    assert (measure.number, measure.policy_title) == ("7", opinion.title)


def test_a_second_load_changes_nothing(opinion: PolicyPage) -> None:
    def stock() -> list[int]:
        return [
            model.objects.count()
            for model in (PolicyPage, InterpretationPage, MeasureEvidence, MeasureReport)
        ]

    before = stock()
    policies.load(lambda line: None)
    assert stock() == before
