"""Memberships yield groups: the one place where a person's groups are set."""

from django.contrib.auth.models import Group
from django.db import transaction

from openness.accounts.models import User
from openness.departments.models import DepartmentRole, Membership


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


def synchronise_all() -> int:
    """Do so for everyone who has or had a membership, since those begin and end; return how many people."""
    users = User.objects.filter(memberships__isnull=False).distinct()
    for user in users:
        synchronise(user)
    return len(users)
