"""For whom a person speaks: the whole city, or the departments in which they work."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from openness.accounts.models import User
from openness.departments.enums import Role
from openness.departments.models import Department

OFFICE_ROLES = frozenset({Role.OFFICE, Role.ADMINISTRATOR})
# Who writes in the name of a department; contributors, translators and auditors do not.
WRITERS = frozenset({Role.EDITOR, Role.PUBLISHER, Role.MANAGER})


def is_of_office(user: User | AnonymousUser) -> bool:
    """Whether the person speaks for the city: the office, an administrator, a superuser.

    One query, kept with the person for the request, as Django keeps permissions: each item of the menu asks.
    """
    if not user.is_active or user.is_superuser:
        return user.is_active
    known = vars(user)
    if "_is_of_office" not in known:
        roles = user.groups.filter(department_role__department=None, department_role__role__in=OFFICE_ROLES)
        known["_is_of_office"] = roles.exists()
    return bool(known["_is_of_office"])


def departments_in_which(user: User | AnonymousUser, roles: Iterable[str] = WRITERS) -> QuerySet[Department]:
    """Return the departments in which the person has one of these roles today; none for somebody signed out."""
    if not user.is_authenticated or not user.is_active:
        return Department.objects.none()
    return Department.objects.filter(roles__group__user=user, roles__role__in=list(roles)).distinct()
