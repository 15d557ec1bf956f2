"""The state of documents: one for each on every day, whatever they do to each other."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.enums import Outcome, Relation, Validity
from policies.validity import (
    ENDED,
    Act,
    Decision,
    DocumentDates,
    Library,
    Standing,
    find_cycle,
    is_too_early,
    months_before,
    standings,
)
from tests.policies.graphs import ALL_DAYS, Graph, graphs, told_day_by_day

OLD, NEW, LATEST, NOTICE = 1, 2, 3, 9
EXAMPLES = {"deadline": None, "max_examples": 150}
MANY = {"deadline": None, "max_examples": 5_000}


def document(key: int, begins: date | None = None, until: date | None = None) -> DocumentDates:
    return DocumentDates(key, effective_on=begins, valid_until=until)


def stands(
    on: date, *acts: Act, decisions: tuple[Decision, ...] = (), key: int = OLD, until: date | None = None
) -> Standing:
    """Return how a document stands that is in force since 2020; NEW begins in 2024, LATEST in 2026."""
    documents = [
        document(OLD, date(2020, 1, 1), until),
        document(NEW, date(2024, 1, 1)),
        document(LATEST, date(2026, 1, 1)),
    ]
    return standings(documents, acts, decisions, on=on)[key]


# ---------------------------------------------------------------------------------------------------
# Single rules


def test_a_document_is_not_in_force_before_its_day() -> None:
    before = stands(date(2019, 12, 31))
    assert before == Standing(Validity.NOT_YET, changes_on=date(2020, 1, 1))
    assert stands(date(2020, 1, 1)) == Standing(Validity.IN_FORCE, since=date(2020, 1, 1))


def test_without_a_day_of_its_own_it_begins_when_it_was_written() -> None:
    dates = [DocumentDates(OLD, written_on=date(2020, 5, 1)), DocumentDates(NEW)]
    told = standings(dates, [], [], on=date(2020, 4, 1))
    assert told[OLD].state == Validity.NOT_YET
    assert told[NEW] == Standing(Validity.IN_FORCE)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Relation.AMENDS, Validity.AMENDED),
        (Relation.PARTLY_REPEALS, Validity.PARTLY_REPEALED),
        (Relation.REPEALS, Validity.REPEALED),
        (Relation.REPLACES, Validity.REPLACED),
        (Relation.BASED_ON, Validity.IN_FORCE),
        (Relation.IMPLEMENTS, Validity.IN_FORCE),
        (Relation.FORWARDS, Validity.IN_FORCE),
    ],
)
def test_an_act_holds_when_the_acting_document_does(kind: Relation, state: Validity) -> None:
    act = Act(kind, NEW, OLD)
    before, after = stands(date(2023, 12, 31), act), stands(date(2024, 1, 1), act)
    assert before.state == Validity.IN_FORCE
    assert after.state == state
    if state != Validity.IN_FORCE:
        assert before.changes_on == date(2024, 1, 1)
        assert (after.since, after.because) == (date(2024, 1, 1), NEW)


def test_a_replacement_names_its_successor() -> None:
    assert stands(date(2024, 1, 1), Act(Relation.REPLACES, NEW, OLD)).successor == NEW
    assert stands(date(2023, 1, 1), Act(Relation.REPLACES, NEW, OLD)).successor is None


def test_an_act_may_hold_later_than_its_document_and_never_earlier() -> None:
    later = Act(Relation.REPEALS, NEW, OLD, date(2025, 6, 1))
    assert stands(date(2025, 5, 31), later).state == Validity.IN_FORCE
    assert stands(date(2025, 6, 1), later).state == Validity.REPEALED
    earlier = Act(Relation.REPEALS, NEW, OLD, date(2021, 1, 1))
    assert stands(date(2023, 12, 31), earlier).state == Validity.IN_FORCE


def test_repealing_the_repealing_document_brings_nothing_back() -> None:
    acts = (Act(Relation.REPEALS, NEW, OLD), Act(Relation.REPEALS, LATEST, NEW))
    assert stands(date(2026, 6, 1), *acts) == Standing(Validity.REPEALED, date(2024, 1, 1), NEW)


def test_what_has_ended_does_nothing_any_more() -> None:
    acts = (Act(Relation.REPEALS, NEW, OLD, date(2027, 1, 1)), Act(Relation.REPEALS, LATEST, NEW))
    assert stands(date(2027, 6, 1), *acts).state == Validity.IN_FORCE


def test_a_document_ends_once_and_still_learns_its_successor() -> None:
    acts = (Act(Relation.REPEALS, NEW, OLD), Act(Relation.REPLACES, LATEST, OLD))
    assert stands(date(2025, 1, 1), *acts) == Standing(
        Validity.REPEALED, date(2024, 1, 1), NEW, changes_on=date(2026, 1, 1)
    )
    assert stands(date(2026, 1, 1), *acts) == Standing(Validity.REPEALED, date(2024, 1, 1), NEW, LATEST)


def test_the_end_of_a_term_asks_for_a_clearance() -> None:
    until = date(2025, 12, 31)
    assert stands(until, until=until).state == Validity.IN_FORCE
    over = stands(date(2026, 1, 1), until=until)
    assert over == Standing(Validity.AWAITING_CLEARANCE, since=date(2026, 1, 1))
    assert stands(date(2040, 1, 1), until=until).state == Validity.AWAITING_CLEARANCE


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.CONTINUES, Validity.IN_FORCE),
        (Outcome.TO_AMEND, Validity.IN_FORCE),
        (Outcome.REPEALED, Validity.REPEALED),
        (Outcome.EXPIRED, Validity.EXPIRED),
    ],
)
def test_a_clearance_decides(outcome: Outcome, state: Validity) -> None:
    decision = Decision(NOTICE, OLD, outcome, date(2026, 3, 1))
    for until in (date(2025, 12, 31), None):
        after = stands(date(2026, 3, 1), decisions=(decision,), until=until)
        assert after.state == state
        if until or state != Validity.IN_FORCE:
            assert (after.since, after.because) == (date(2026, 3, 1), NOTICE)
    assert stands(date(2026, 2, 1), decisions=(decision,), until=date(2025, 12, 31)).state == (
        Validity.AWAITING_CLEARANCE
    )


@pytest.mark.parametrize(
    ("decided", "state"),
    [(date(2025, 6, 29), Validity.AWAITING_CLEARANCE), (date(2025, 6, 30), Validity.IN_FORCE)],
)
def test_only_a_decision_about_this_term_keeps_a_document_beyond_it(decided: date, state: Validity) -> None:
    """The reminder six months ahead begins the time in which the end of the term is what is decided on."""
    decision = Decision(NOTICE, OLD, Outcome.CONTINUES, decided)
    after = stands(date(2026, 1, 1), decisions=(decision,), until=date(2025, 12, 31))
    assert after.state == state
    if state == Validity.IN_FORCE:
        assert (after.since, after.because) == (date(2020, 1, 1), NOTICE)


def test_a_clearance_brings_nothing_back() -> None:
    decision = Decision(NOTICE, OLD, Outcome.CONTINUES, date(2025, 1, 1))
    act = Act(Relation.REPEALS, NEW, OLD)
    assert stands(date(2025, 6, 1), act, decisions=(decision,)).state == Validity.REPEALED


def test_months_before_keep_to_the_end_of_the_month() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 3) == date(2025, 10, 15)
    assert months_before(date(2026, 11, 19), -3) == date(2027, 2, 19)


def test_an_older_document_does_not_act_on_a_later_one() -> None:
    older, later = (
        DocumentDates(1, written_on=date(2020, 1, 1)),
        DocumentDates(2, written_on=date(2021, 1, 1)),
    )
    assert is_too_early(older, later)
    assert not is_too_early(later, older)
    assert not is_too_early(later, later)
    assert is_too_early(DocumentDates(3, effective_on=date(2020, 6, 1)), later)
    assert not is_too_early(DocumentDates(4), later)


# ---------------------------------------------------------------------------------------------------
# Whatever is drawn


def check_against_the_days(graph: Graph) -> None:
    library = Library(graph.documents, graph.acts, graph.decisions)
    told = told_day_by_day(graph)
    for each in graph.documents:
        before: Standing | None = None
        for day in ALL_DAYS:
            now = library.standing(each.key, on=day)
            assert now.state == told[day][each.key], (each, day)
            if before is not None:
                check_step(before, now, day)
            before = now


def check_step(before: Standing, now: Standing, day: date) -> None:
    """What holds between two days that follow each other."""
    if before.changes_on is None or day < before.changes_on:
        assert now == before
    if before.has_ended:
        assert (now.state, now.since, now.because) == (before.state, before.since, before.because)
    if now.state != before.state:
        assert before.changes_on == day
        assert now.state != Validity.NOT_YET
        assert now.since == day
    if before.successor is not None:
        assert now.successor == before.successor
    assert now.changes_on is None or now.changes_on > day
    assert now.since is None or now.since <= day
    assert (now.state in ENDED) == now.has_ended
    assert now.state not in ENDED or now.because is not None


@settings(**EXAMPLES)
@given(graphs())
def test_every_document_has_the_state_that_the_days_bring(graph: Graph) -> None:
    check_against_the_days(graph)


@pytest.mark.deep
@settings(**MANY)
@given(graphs(largest=15))
def test_many_documents_have_the_states_that_the_days_bring(graph: Graph) -> None:
    check_against_the_days(graph)


@settings(**EXAMPLES)
@given(graphs(), st.randoms(use_true_random=False), st.sampled_from(ALL_DAYS))
def test_the_order_of_what_is_given_makes_no_difference(graph: Graph, random: Any, day: date) -> None:
    def shuffled(rows: tuple[Any, ...]) -> list[Any]:
        return random.sample(rows, len(rows)) + list(rows[:1])

    again = standings(shuffled(graph.documents), shuffled(graph.acts), shuffled(graph.decisions), on=day)
    assert again == standings(graph.documents, graph.acts, graph.decisions, on=day)


edges = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=14)


def reaches(pairs: list[tuple[int, int]], start: int, end: int) -> bool:
    known, waiting = set(), [target for source, target in pairs if source == start]
    while waiting:
        key = waiting.pop()
        if key == end:
            return True
        if key not in known:
            known.add(key)
            waiting += [target for source, target in pairs if source == key]
    return False


@settings(**EXAMPLES)
@given(edges)
def test_no_circle_is_overlooked_and_none_is_invented(pairs: list[tuple[int, int]]) -> None:
    line = find_cycle(pairs)
    if line is None:
        assert not any(reaches(pairs, key, key) for key in range(1, 9))
    else:
        assert len(set(line)) == len(line)
        assert all(step in pairs for step in zip(line, [*line[1:], line[0]], strict=True))


def test_a_long_line_is_no_circle() -> None:
    line = [(number, number + 1) for number in range(20_000)]
    assert find_cycle(line) is None
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(3_000)]
    documents = [document(number, day) for number, day in enumerate(days)]
    acts = [Act(Relation.REPLACES, number + 1, number) for number in range(2_999)]
    told = standings(documents, acts, [], on=days[-1])
    assert {told[number].state for number in range(2_999)} == {Validity.REPLACED}
    assert told[2_999].state == Validity.IN_FORCE
