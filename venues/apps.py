from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    name = "venues"
    label = "venues"
    verbose_name = _("Venues")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openness.core.beside import tell_beside
        from venues import signals  # noqa: F401
        from venues.presentation.beside import notices_on_document

        tell_beside("policies.PolicyPage", "notices", notices_on_document, order=10)
