"""Reads of the policies room: public, and of one language."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import QuerySet
from wagtail.models import Locale

from openness.core.gate import visible

if TYPE_CHECKING:
    from policies.models import PolicyPage


def public_policies(*, locale: Locale) -> "QuerySet[PolicyPage]":
    """Return the public documents in one language, newest first; those without a date come last."""
    pages = apps.get_model("policies", "PolicyPage").objects.all()
    return visible(pages, locale).order_by("-first_public_at", "title")
