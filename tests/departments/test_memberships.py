"""Memberships give groups, from their first day to their last, and take them away again."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from openness.accounts.models import User
from openness.core import daily
from openness.departments.enums import Role
from openness.departments.memberships import synchronise_all
from openness.departments.models import Department, Membership
from tests.factories.accounts import GroupFactory, UserFactory
from tests.venues.editors import City

TODAY = date(2026, 11, 19)


def roles_of(user: User) -> set[tuple[str, str]]:
    """Return department code and role of each role group that the person is in."""
    links = User.objects.get(pk=user.pk).groups.filter(department_role__isnull=False)
    return set(links.values_list("department_role__department__code", "department_role__role"))


def join(user: User, code: str | None, role: str, **fields: Any) -> Membership:
    department = Department.objects.get(code=code) if code else None
    return Membership.objects.create(
        user=user, department=department, role=role, **{"since": date(2026, 1, 1), **fields}
    )


def on(settings: Any, day: str) -> None:
    """Move the clock to the early morning of a day, and let the daily jobs run."""
    settings.OPENNESS_FROZEN_NOW = f"{day}T00:05:00+08:00"
    assert daily.run_jobs() == []


def test_a_membership_gives_the_group_of_its_role(city: City) -> None:
    user = UserFactory()
    join(user, "culture", Role.EDITOR)
    join(user, "union", Role.PUBLISHER)
    join(user, None, Role.AUDITOR)
    assert roles_of(user) == {("culture", "editor"), ("union", "publisher"), (None, "auditor")}


def test_a_change_of_role_changes_the_group(city: City) -> None:
    user = UserFactory()
    membership = join(user, "culture", Role.EDITOR)
    membership.role = Role.PUBLISHER
    membership.save()
    assert roles_of(user) == {("culture", "publisher")}


def test_an_ended_membership_takes_its_group_along(city: City) -> None:
    user = UserFactory()
    join(user, "union", Role.EDITOR)
    join(user, "culture", Role.EDITOR).delete()
    assert roles_of(user) == {("union", "editor")}


def test_a_membership_given_to_somebody_else_leaves_the_first(city: City) -> None:
    user, other = UserFactory(), UserFactory()
    membership = join(user, "culture", Role.EDITOR)
    membership.user = other
    membership.save()
    assert roles_of(user) == set()
    assert roles_of(other) == {("culture", "editor")}


def test_two_memberships_of_one_role_end_with_the_last(city: City) -> None:
    user = UserFactory()
    first = join(user, "culture", Role.EDITOR)
    second = join(user, "culture", Role.EDITOR)
    first.delete()
    assert roles_of(user) == {("culture", "editor")}
    second.delete()
    assert roles_of(user) == set()


def test_groups_from_elsewhere_stay(city: City) -> None:
    user, group = UserFactory(), GroupFactory()
    user.groups.add(group)
    join(user, "culture", Role.EDITOR).delete()
    assert list(user.groups.all()) == [group]


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (date(2026, 11, 20), None, False),
        (date(2026, 1, 1), date(2026, 11, 18), False),
    ],
)
def test_both_days_are_included(city: City, since: date, until: date | None, holds: bool) -> None:
    user = UserFactory()
    join(user, "culture", Role.EDITOR, since=since, until=until)
    assert bool(roles_of(user)) is holds


def test_the_daily_job_lets_memberships_begin_and_end(city: City, settings: Any) -> None:
    user = UserFactory()
    join(user, "culture", Role.EDITOR, since=date(2026, 11, 21), until=date(2026, 11, 22))
    assert roles_of(user) == set()
    on(settings, "2026-11-20")
    assert roles_of(user) == set()
    on(settings, "2026-11-21")
    assert roles_of(user) == {("culture", "editor")}
    on(settings, "2026-11-22")
    assert roles_of(user) == {("culture", "editor")}
    on(settings, "2026-11-23")
    assert roles_of(user) == set()


def test_the_day_is_the_citys(city: City, settings: Any) -> None:
    settings.OPENNESS_FROZEN_NOW = ""
    user = UserFactory()
    join(user, "culture", Role.EDITOR, since=date(2026, 11, 21))
    with time_machine.travel("2026-11-20T16:00:00+00:00", tick=False):  # midnight in Quanzhou
        synchronise_all()
        assert roles_of(user) == {("culture", "editor")}


def test_the_daily_job_finds_what_was_changed_past_it(city: City) -> None:
    user = UserFactory()
    membership = join(user, "culture", Role.EDITOR)
    Membership.objects.filter(pk=membership.pk)._raw_delete("default")
    assert synchronise_all() == 1
    assert roles_of(user) == set()


def test_a_person_can_be_deleted(city: City) -> None:
    user = UserFactory()
    join(user, "culture", Role.EDITOR)
    join(user, None, Role.OFFICE)
    user.delete()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": "office", "department": True}, "department"),
        ({"role": "editor"}, "department"),
        ({"role": "translator", "department": True}, "language"),
        ({"role": "editor", "department": True, "until": date(2025, 1, 1)}, "until"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(city: City, fields: dict, field: str) -> None:
    department = Department.objects.get(code="culture") if fields.pop("department", False) else None
    membership = Membership(user=UserFactory(), department=department, since=date(2026, 1, 1), **fields)
    with pytest.raises(ValidationError) as caught:
        membership.full_clean()
    assert field in caught.value.message_dict


def test_the_database_refuses_an_end_before_the_beginning(city: City) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        join(UserFactory(), "culture", Role.EDITOR, until=date(2025, 1, 1))
