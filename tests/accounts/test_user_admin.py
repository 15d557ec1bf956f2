"""People are managed in Wagtail's admin, and manage themselves on their account page."""

import io
import re

import PIL.Image
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openness.accounts.models import User
from tests.factories.accounts import PASSWORD, GroupFactory, UserFactory

pytestmark = pytest.mark.django_db

USERS = reverse("wagtailusers_users:index")


@pytest.fixture
def administrator() -> User:
    return UserFactory(administrator=True, email="root@example.org", full_name="管理员")


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def _listed(response) -> list[str]:
    return [user.full_name for user in response.context["object_list"]]


def test_people_sign_in_with_their_address(client: Client, administrator: User) -> None:
    url = reverse("wagtailadmin_login")
    assert client.get(url).context["username_field"] == User._meta.get_field("email").verbose_name
    response = client.post(url, {"username": "Root@Example.org", "password": PASSWORD})
    assert response.url == reverse("wagtailadmin_home")


def test_wrong_password_is_an_error_in_the_form(client: Client, administrator: User) -> None:
    response = client.post(reverse("wagtailadmin_login"), {"username": "root@example.org", "password": "no"})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_user_is_created(admin: Client) -> None:
    group = GroupFactory()
    url = reverse("wagtailusers_users:add")
    form = admin.get(url).context["form"]
    assert set(form.fields) == {"email", "full_name", "password1", "password2", "is_superuser", "groups"}
    response = admin.post(
        url,
        {
            "email": "Lin@Example.org",
            "full_name": "林小红",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "groups": [group.pk],
        },
    )
    assert response.url == USERS
    user = User.objects.get(email="lin@example.org")
    assert user.full_name == "林小红"
    assert user.check_password(PASSWORD)
    assert list(user.groups.all()) == [group]
    assert not user.is_superuser


def test_address_of_another_user_is_an_error_at_the_field(admin: Client) -> None:
    response = admin.post(
        reverse("wagtailusers_users:add"),
        {"email": "ROOT@example.org", "full_name": "冒名", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert response.status_code == 200
    assert len(response.context["form"].errors["email"]) == 1
    assert User.objects.count() == 1


def test_user_is_edited(admin: Client) -> None:
    user = UserFactory(full_name="林小红")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    page = admin.get(url)
    assert set(page.context["form"].fields) >= {"email", "full_name", "is_active"}
    for name in ("email", "full_name", "is_active", "password1"):
        assert f'name="{name}"' in page.text
    response = admin.post(url, {"email": user.email, "full_name": "林晓红", "is_active": "on"})
    assert response.url == USERS
    user.refresh_from_db()
    assert user.full_name == "林晓红"
    assert user.check_password(PASSWORD)


def test_users_are_listed_by_name_with_their_address(admin: Client) -> None:
    UserFactory(full_name="B", email="b@example.org")
    UserFactory(full_name="A", email="a@example.org")
    response = admin.get(USERS)
    assert _listed(response)[:2] == ["A", "B"]
    assert "a@example.org" in response.text
    assert _listed(admin.get(USERS, {"ordering": "-email"}))[-1] == "A"


@pytest.mark.parametrize("query", ["晓明", "CHEN.xm"])
def test_users_are_found_by_name_and_by_address(admin: Client, query: str) -> None:
    UserFactory(full_name="陈晓明", email="chen.xm@example.org")
    UserFactory(full_name="林小红", email="lin@example.org")
    assert _listed(admin.get(USERS, {"q": query})) == ["陈晓明"]


def test_bulk_action_on_all_takes_what_the_search_found(admin: Client) -> None:
    found = UserFactory(full_name="陈晓明")
    other = UserFactory(full_name="林小红")
    url = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    admin.post(f"{url}?id=all&q=晓明&next={USERS}", {"mark_as_active": "False"})
    found.refresh_from_db()
    other.refresh_from_db()
    assert (found.is_active, other.is_active) == (False, True)


def test_user_is_deleted(admin: Client) -> None:
    user = UserFactory()
    admin.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    assert not User.objects.filter(pk=user.pk).exists()


def test_editor_does_not_see_the_users(client: Client) -> None:
    editor = UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    response = client.get(USERS)
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def _account_data(client: Client, **changes) -> dict:
    """Return what the browser would send back from the account page, with ``changes``."""
    panels = client.get(reverse("wagtailadmin_account")).context["panels_by_tab"]
    data = {}
    for panel in (panel for tab in panels.values() for panel in tab):
        form = panel.get_form()
        for name in form.fields:
            value = form[name].value()
            if value not in (None, False, "") and not hasattr(value, "url"):
                data[form.add_prefix(name)] = value
    return {**data, **changes}


def test_people_change_their_name_and_address(admin: Client, administrator: User) -> None:
    url = reverse("wagtailadmin_account")
    text = admin.get(url).text
    assert 'name="name_email-full_name"' in text
    assert "first_name" not in text
    data = _account_data(admin, **{"name_email-full_name": "王主任", "name_email-email": "Wang@example.org"})
    assert admin.post(url, data).status_code == 302
    administrator.refresh_from_db()
    assert (administrator.full_name, administrator.email) == ("王主任", "wang@example.org")


def test_account_page_refuses_the_address_of_another_user(admin: Client, administrator: User) -> None:
    UserFactory(email="taken@example.org")
    data = _account_data(admin, **{"name_email-email": "Taken@example.org"})
    response = admin.post(reverse("wagtailadmin_account"), data)
    assert response.status_code == 200
    administrator.refresh_from_db()
    assert administrator.email == "root@example.org"


def test_damaged_profile_picture_is_an_error_in_the_form(admin: Client) -> None:
    picture = io.BytesIO()
    PIL.Image.effect_noise((900, 900), 80).convert("RGB").save(picture, "JPEG")
    cut_off = SimpleUploadedFile("me.jpg", picture.getvalue()[:2000], "image/jpeg")
    response = admin.post(reverse("wagtailadmin_account"), {**_account_data(admin), "avatar-avatar": cut_off})
    assert response.status_code == 200


def test_forgotten_password_is_set_anew_by_mail(client: Client, mailoutbox: list) -> None:
    user = UserFactory(email="chen@example.org")
    client.post(reverse("wagtailadmin_password_reset"), {"email": "Chen@Example.org"})
    assert [message.to for message in mailoutbox] == [["chen@example.org"]]
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    response = client.get(link, follow=True)
    new = "another long password 2026"
    response = client.post(
        response.request["PATH_INFO"], {"new_password1": new, "new_password2": new}, follow=True
    )
    assert response.status_code == 200
    user.refresh_from_db()
    assert user.check_password(new)


def test_unknown_address_gets_no_mail_and_the_same_answer(client: Client, mailoutbox: list) -> None:
    response = client.post(reverse("wagtailadmin_password_reset"), {"email": "nobody@example.org"})
    assert response.url == reverse("wagtailadmin_password_reset_done")
    assert mailoutbox == []
