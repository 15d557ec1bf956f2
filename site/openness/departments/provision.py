"""Give a department all it works with: groups with rights, a media collection, a workflow.

It runs when a department's page is created and may be run again at any time: it adds what is
missing and takes away what the table in ``roles.py`` no longer grants.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from openness.departments.enums import CITY_ROLES, DEPARTMENT_ROLES, Role
from openness.departments.memberships import synchronise_members
from openness.departments.models import Department, DepartmentRole
from openness.departments.roles import RIGHTS


@transaction.atomic
def provision(*, department: Department, page: Page) -> None:
    """Bring groups, collection and workflow of ``department``, whose pages live below ``page``, up to date."""
    collection = _collection(department)
    groups = {role: _group(department, role) for role in sorted(DEPARTMENT_ROLES)}
    for role, group in groups.items():
        _grant(group, role, page=page, collection=collection)
    _workflow(department, page, groups[Role.PUBLISHER])
    # Somebody may have been made a member before the groups were there.
    synchronise_members(department)


@transaction.atomic
def provision_city(*, page: Page) -> None:
    """Bring the groups of the city-wide roles up to date; ``page`` is the page above all departments."""
    for role in sorted(CITY_ROLES):
        _grant(_group(None, role), role, page=page, collection=Collection.get_first_root_node())
    synchronise_members(None)


def _collection(department: Department) -> Collection:
    if department.collection is None:
        department.collection = Collection.get_first_root_node().add_child(name=department.name)
        department.save(update_fields=["collection"])
    elif department.collection.name != department.name:
        department.collection.name = department.name
        department.collection.save()
    return department.collection


def _group(department: Department | None, role: Role) -> Group:
    name = " · ".join(filter(None, [department.name if department else "", _label(role)]))
    link = DepartmentRole.objects.filter(department=department, role=role).select_related("group").first()
    if link is None:
        group = Group.objects.create(name=name[:150])
        DepartmentRole.objects.create(department=department, role=role, group=group)
        return group
    if link.group.name != name[:150]:
        link.group.name = name[:150]
        link.group.save()
    return link.group


def _label(role: Role) -> str:
    """The role's name in the source language, whoever runs this."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(role.label)


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    """Return the permissions named ``app.codename``; an unknown name is an error, not a gap."""
    found = []
    for name in names:
        app_label, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return found


def _grant(group: Group, role: Role, *, page: Page, collection: Collection) -> None:
    rights = RIGHTS[role]
    group.permissions.set(_permissions(rights.models))

    page_permissions = _permissions(tuple(f"wagtailcore.{name}" for name in rights.page))
    GroupPagePermission.objects.filter(group=group).exclude(
        page=page, permission__in=page_permissions
    ).delete()
    for permission in page_permissions:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)

    collection_permissions = _permissions(rights.collection)
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=collection, permission__in=collection_permissions
    ).delete()
    for permission in collection_permissions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _workflow(department: Department, page: Page, publishers: Group) -> None:
    """One review by the department's publishers, for all pages below its own."""
    name = f"{department.name} · {_label(Role.PUBLISHER)}"
    if department.workflow is None:
        department.workflow = Workflow.objects.create(name=department.name)
        department.save(update_fields=["workflow"])
    Workflow.objects.filter(pk=department.workflow_id).update(name=department.name, active=True)
    tasks = GroupApprovalTask.objects.filter(workflow_tasks__workflow=department.workflow)
    task = tasks.order_by("workflow_tasks__sort_order").first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=name)
        WorkflowTask.objects.create(workflow=department.workflow, task=task, sort_order=0)
    GroupApprovalTask.objects.filter(pk=task.pk).update(name=name, active=True)
    task.groups.set([publishers])
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": department.workflow})
