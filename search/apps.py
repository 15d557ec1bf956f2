import sys
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "site_search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import signals  # noqa: F401  # they listen from here on

        post_migrate.connect(fill_rows, sender=self)


def fill_rows(using: str, verbosity: int, **kwargs: Any) -> None:
    """Have the rows of a site written, after ``migrate``, that had pages before it had rows."""
    from search.filling import note_pages

    number = note_pages(using)
    if number and verbosity:
        # ``migrate`` gives its listeners no place of their own to write to.
        sys.stdout.write(
            f"Search: {number} pages wait to be indexed. "
            "The worker does it; `manage.py search rebuild` does it now.\n"
        )
