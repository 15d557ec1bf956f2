"""Forms of Wagtail's user admin and account page, for a user with an e-mail address and one name."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm as WagtailAvatarForm
from wagtail.admin.views.account import email_management_enabled
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from openness.accounts.models import User


class UserCreationForm(WagtailUserCreationForm):
    """Makes a user."""

    # None takes away a field that Wagtail's form declares and our user does not have.
    first_name = None
    last_name = None
    error_messages = {
        **WagtailUserCreationForm.error_messages,
        "duplicate_username": _("A user with this e-mail address already exists."),
    }

    class Meta(WagtailUserCreationForm.Meta):
        model = User
        fields = ("email", "full_name", "is_superuser", "groups")


class UserEditForm(WagtailUserEditForm):
    """Changes a user."""

    first_name = None
    last_name = None
    error_messages = UserCreationForm.error_messages

    class Meta(WagtailUserEditForm.Meta):
        model = User
        fields = ("email", "full_name", "is_active", "is_superuser", "groups")


class NameEmailForm(forms.ModelForm):
    """What people change about themselves on their account page."""

    class Meta:
        model = User
        fields = ("full_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not email_management_enabled():
            del self.fields["email"]


class AvatarForm(WagtailAvatarForm):
    """The profile picture; a damaged file is an error at the field.

    Django's check reads the headers only, so that Wagtail meets a file cut off in the middle when it
    makes the picture smaller.
    """

    def clean_avatar(self) -> File | None:
        try:
            return super().clean_avatar()
        except (OSError, SyntaxError, ValueError) as error:
            raise forms.ValidationError(
                _("This picture is damaged or incomplete. Choose another one."), code="invalid_image"
            ) from error
