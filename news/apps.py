from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    label = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from news.presentation import news_beside
        from openness.core.beside import tell_beside

        for model, field in (
            ("venues.VenuePage", "venues__venue"),
            ("policies.PolicyPage", "policies__policy"),
            ("news.ActivityPage", "activities__activity"),
        ):
            tell_beside(model, "news", news_beside(field), order=20)

        from news import signals  # noqa: F401  # they listen from here on
        from news.activity_beside import activities_at_venue, activities_for_question

        tell_beside("venues.VenuePage", "activities", activities_at_venue, order=10)
        tell_beside("venues.VenueIndexPage", "activities", activities_for_question, order=10)
