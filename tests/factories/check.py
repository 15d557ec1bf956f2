"""The system check that every type of public page has its factory.

A site in production has no tests, so the check is registered with the tests only (``tests/conftest.py``).
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from openness.core.models import BasePage
from tests.factories.pages import PAGE_FACTORIES


@register()
def page_types_have_a_factory(
    app_configs: Iterable[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every type of public page has a factory; ``tests/test_every_page.py`` renders what it makes."""
    return [
        Error(
            f"{model._meta.label} has no factory: no test renders it in every state.",
            hint="Write one in tests/factories/pages.py and add it to PAGE_FACTORIES.",
            obj=model,
            id="openness.E005",
        )
        for model in apps.get_models()
        if issubclass(model, BasePage) and not model._meta.abstract and model not in PAGE_FACTORIES
    ]
