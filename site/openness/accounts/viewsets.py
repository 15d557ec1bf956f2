"""The user admin: people are listed, sorted and found by their full name and their address."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.users.views.users import IndexView, UserColumn
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from openness.accounts.forms import UserCreationForm, UserEditForm


class UserIndexView(IndexView):
    """The list of users."""

    search_fields = ("full_name", "email")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Wagtail's columns, with the name and the address of our user in the places of its own."""
        checkbox, _name, _username, *rest = super().columns
        name_column = self._get_title_column_class(UserColumn)
        return [
            checkbox,
            name_column("full_name", label=_("Full name"), sort_key="full_name", get_url=self.get_edit_url),
            Column("email", label=_("E-mail address"), sort_key="email", width="25%"),
            *rest,
        ]


class UserViewSet(WagtailUserViewSet):
    """Wagtail's user admin for our user."""

    ordering = "full_name"
    index_view_class = UserIndexView
    create_template_name = "accounts/admin/user_create.html"
    edit_template_name = "accounts/admin/user_edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UserEditForm if for_update else UserCreationForm
