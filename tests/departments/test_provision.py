"""A department gets its groups, rights, collection and workflow; a later run brings an older one up to date."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import translation
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
)

from home.models import DepartmentPage
from openness.departments import provision as module
from openness.departments.enums import CITY_ROLES, DEPARTMENT_ROLES, Role
from openness.departments.models import Department, DepartmentRole
from openness.departments.provision import provision, provision_city
from openness.departments.roles import RIGHTS
from tests.factories.accounts import GroupFactory
from tests.venues.editors import City, member


def run(page: DepartmentPage) -> Department:
    """Provision the department of a page as the database has them now."""
    department = Department.objects.get(pk=page.department_id)
    provision(department=department, page=DepartmentPage.objects.get(pk=page.pk))
    return Department.objects.get(pk=page.department_id)


def state() -> dict[str, set]:
    """Everything that provisioning makes."""
    return {
        "groups": set(Group.objects.values_list("pk", "name")),
        "roles": set(DepartmentRole.objects.values_list("pk", "department", "role", "group")),
        "pages": set(GroupPagePermission.objects.values_list("group", "page", "permission")),
        "collections": set(
            GroupCollectionPermission.objects.values_list("group", "collection", "permission")
        ),
        "folders": set(Collection.objects.values_list("pk", "name")),
        "workflows": set(Workflow.objects.values_list("pk", "name", "active")),
        "tasks": set(GroupApprovalTask.objects.values_list("pk", "name", "groups")),
        "places": set(WorkflowPage.objects.values_list("workflow", "page")),
        "models": set(Group.permissions.through.objects.values_list("group", "permission")),
    }


def group_of(page: DepartmentPage | None, role: Role) -> Group:
    return Group.objects.get(department_role__department=page and page.department, department_role__role=role)


def rights_on_pages(group: Group) -> set[tuple[int, str]]:
    return set(GroupPagePermission.objects.filter(group=group).values_list("page", "permission__codename"))


def test_a_page_gives_its_department_all_it_works_with(city: City) -> None:
    department = Department.objects.get(code="culture")
    roles = DepartmentRole.objects.filter(department=department)
    assert {link.role for link in roles} == set(DEPARTMENT_ROLES)
    for role in DEPARTMENT_ROLES:
        expected = {(city.culture.pk, name) for name in RIGHTS[role].page}
        assert rights_on_pages(group_of(city.culture, role)) == expected, role
    assert department.collection.name == "市文旅局"
    assert department.collection != Department.objects.get(code="union").collection
    task = GroupApprovalTask.objects.get(workflow_tasks__workflow=department.workflow)
    assert list(task.groups.all()) == [group_of(city.culture, Role.PUBLISHER)]
    assert city.culture.get_workflow() == department.workflow
    assert city.library.get_workflow() == department.workflow


def test_the_city_has_its_roles_over_all_departments(city: City) -> None:
    assert {link.role for link in DepartmentRole.objects.filter(department=None)} == set(CITY_ROLES)
    office = group_of(None, Role.OFFICE)
    assert {name for __, name in rights_on_pages(office)} == set(RIGHTS[Role.OFFICE].page)
    assert office.permissions.filter(codename="change_calendaryear").exists()
    assert not rights_on_pages(group_of(None, Role.AUDITOR))


def test_a_second_run_changes_nothing(city: City) -> None:
    before = state()
    run(city.culture)
    provision_city(page=city.culture.get_parent())
    assert state() == before


def test_a_right_that_the_table_no_longer_grants_is_taken_away(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = group_of(city.culture, Role.EDITOR)
    rights = replace(RIGHTS[Role.EDITOR], page=("add_page",), collection=("wagtailimages.choose_image",))
    monkeypatch.setitem(module.RIGHTS, Role.EDITOR, rights)
    run(city.culture)
    assert rights_on_pages(editor) == {(city.culture.pk, "add_page")}
    codenames = GroupCollectionPermission.objects.filter(group=editor)
    assert [row.permission.codename for row in codenames] == ["choose_image"]


def test_rights_that_somebody_added_by_hand_are_taken_away(city: City) -> None:
    editor = group_of(city.culture, Role.EDITOR)
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=editor, page=city.culture, permission=publish)
    GroupPagePermission.objects.create(group=editor, page=city.union, permission=publish)
    editor.permissions.add(Permission.objects.get(codename="add_department"))
    run(city.culture)
    assert rights_on_pages(editor) == {(city.culture.pk, name) for name in RIGHTS[Role.EDITOR].page}
    assert not editor.permissions.filter(codename="add_department").exists()


def test_a_right_that_the_table_grants_since_is_given(city: City) -> None:
    editor = group_of(city.culture, Role.EDITOR)
    GroupPagePermission.objects.filter(group=editor).delete()
    editor.permissions.clear()
    run(city.culture)
    assert rights_on_pages(editor) == {(city.culture.pk, name) for name in RIGHTS[Role.EDITOR].page}
    assert editor.permissions.filter(codename="access_admin").exists()


def test_a_missing_group_is_made_and_its_members_are_in_it(city: City) -> None:
    person = member(Role.PUBLISHER, city.culture)
    group_of(city.culture, Role.PUBLISHER).delete()
    assert not person.groups.exists()
    department = run(city.culture)
    made = group_of(city.culture, Role.PUBLISHER)
    assert list(person.groups.all()) == [made]
    task = GroupApprovalTask.objects.get(workflow_tasks__workflow=department.workflow)
    assert list(task.groups.all()) == [made]


def test_a_missing_collection_and_workflow_are_made(city: City) -> None:
    department = Department.objects.get(code="culture")
    department.collection.delete()
    department.workflow.delete()
    department = run(city.culture)
    assert department.collection.name == "市文旅局"
    assert DepartmentPage.objects.get(pk=city.culture.pk).get_workflow() == department.workflow
    editor = group_of(city.culture, Role.EDITOR)
    assert set(
        GroupCollectionPermission.objects.filter(group=editor).values_list("collection", flat=True)
    ) == {department.collection_id}


def test_a_new_name_reaches_groups_collection_and_workflow(city: City) -> None:
    Department.objects.filter(code="culture").update(name="市文化局")
    department = run(city.culture)
    assert department.collection.name == department.workflow.name == "市文化局"
    assert group_of(city.culture, Role.EDITOR).name.startswith("市文化局 · ")
    task = GroupApprovalTask.objects.get(workflow_tasks__workflow=department.workflow)
    assert task.name.startswith("市文化局 · ")


def test_names_do_not_depend_on_the_language_of_who_runs_it(city: City) -> None:
    before = state()["groups"]
    with translation.override("en"):
        run(city.culture)
    assert state()["groups"] == before


def test_groups_made_by_hand_are_left_alone(city: City) -> None:
    group = GroupFactory(name="市文旅局的朋友")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    run(city.culture)
    assert Group.objects.get(pk=group.pk).permissions.count() == 1


def test_a_right_that_does_not_exist_is_an_error(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module.RIGHTS, Role.EDITOR, replace(RIGHTS[Role.EDITOR], models=("core.fly",)))
    before = state()
    with pytest.raises(Permission.DoesNotExist):
        run(city.culture)
    assert state() == before
