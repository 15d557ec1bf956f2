from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DepartmentsConfig(AppConfig):
    name = "openness.departments"
    label = "departments"
    verbose_name = _("Departments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openness.departments import signals  # noqa: F401
