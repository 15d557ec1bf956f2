from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "openness.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"
    # Two configurations live in this module; this one answers to "openness.accounts".
    default = True


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own app of users, with screens that know our user."""

    user_viewset = "openness.accounts.viewsets.UserViewSet"
    default = False
