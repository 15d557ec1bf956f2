"""The form of a membership."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from openness.departments.enums import Role


class MembershipForm(WagtailAdminModelForm):
    """Nobody makes an administrator, of themselves or another, who does not keep the accounts already."""

    def clean(self) -> dict[str, Any]:
        """Refuse the role of an administrator, given or changed, to those who are none."""
        data = super().clean() or self.cleaned_data
        roles = {data.get("role"), self.initial.get("role")}
        is_trusted = self.for_user is None or self.for_user.has_perm("accounts.change_user")
        if Role.ADMINISTRATOR in roles and self.has_changed() and not is_trusted:
            raise ValidationError({"role": _("Only an administrator can give or change this role.")})
        return data
