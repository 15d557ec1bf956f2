"""The user model: one name, an address that is known whatever its capitals."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError

from openness.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_user_has_one_name_and_no_user_name() -> None:
    fields = {field.name for field in User._meta.get_fields()}
    assert {"email", "full_name"} <= fields
    assert not fields & {"username", "first_name", "last_name"}


def test_user_is_called_by_the_full_name() -> None:
    user = UserFactory(full_name="陈晓明")
    assert (user.get_full_name(), user.get_short_name(), str(user)) == ("陈晓明",) * 3


def test_user_without_a_name_is_called_by_the_address() -> None:
    assert str(User(email="a@example.org")) == "a@example.org"


def test_address_is_stored_in_lower_case() -> None:
    user = User.objects.create_user("Chen.XiaoMing@Example.ORG", full_name="陈晓明")
    assert user.email == "chen.xiaoming@example.org"
    user.refresh_from_db()
    assert user.email == "chen.xiaoming@example.org"


def test_user_is_found_whatever_the_capitals() -> None:
    user = UserFactory(email="chen@example.org")
    assert User.objects.get_by_natural_key("CHEN@example.org") == user
    assert User.objects.filter(email__in=["Chen@Example.org"]).get() == user
    assert authenticate(username="Chen@Example.Org", password=PASSWORD) == user


def test_two_users_cannot_share_an_address() -> None:
    UserFactory(email="chen@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create_user("CHEN@EXAMPLE.ORG", full_name="另一人")


def test_shared_address_is_an_error_at_the_field() -> None:
    UserFactory(email="chen@example.org")
    with pytest.raises(ValidationError) as caught:
        User(email="CHEN@example.org", full_name="另一人", password="!").full_clean()
    assert set(caught.value.message_dict) == {"email"}


def test_user_without_address_is_refused() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("", full_name="无名")


def test_user_without_password_cannot_sign_in() -> None:
    user = User.objects.create_user("new@example.org", full_name="新同事")
    assert not user.has_usable_password()


def test_superuser_is_made_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--no-input", email="Root@Example.org", full_name="管理员", verbosity=0)
    user = User.objects.get(email="root@example.org")
    assert user.is_superuser
    assert user.check_password(PASSWORD)
