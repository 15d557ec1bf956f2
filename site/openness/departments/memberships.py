"""Memberships yield groups: the one place where a person's groups are set."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q

from openness.accounts.models import User
from openness.departments.models import Department, DepartmentRole, Membership


@transaction.atomic
def synchronise(user: User) -> None:
    """Give ``user`` exactly the role groups of the memberships that hold today; other groups stay."""
    wanted = {
        link.group_id
        for membership in Membership.objects.active().filter(user=user)
        for link in DepartmentRole.objects.filter(department=membership.department_id, role=membership.role)
    }
    held = set(user.groups.filter(department_role__isnull=False).values_list("pk", flat=True))
    user.groups.remove(*Group.objects.filter(pk__in=held - wanted))
    user.groups.add(*Group.objects.filter(pk__in=wanted - held))


def synchronise_members(department: Department | None) -> None:
    """Do so for the members of one department, or of the city's own roles."""
    for user in User.objects.filter(memberships__department=department, memberships__isnull=False).distinct():
        synchronise(user)


def synchronise_all() -> int:
    """Do so for everyone with a membership or a role's group; daily, since memberships begin and end.

    Return the number of people.
    """
    concerned = Q(memberships__isnull=False) | Q(groups__department_role__isnull=False)
    users = User.objects.filter(concerned).distinct()
    for user in users:
        synchronise(user)
    return len(users)
