"""The demonstration city's guide to information on request. Where to ask is left empty: it is the city's own."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from policies.models import DisclosureGuidePage, PolicyIndexPage


@transaction.atomic
def load(tell: Callable[[str], Any]) -> None:
    """Publish the guide below the library, unless there is one; the library comes before it."""
    library = PolicyIndexPage.objects.filter(locale=Locale.get_default()).first()
    if library is None or DisclosureGuidePage.objects.child_of(library).exists():
        return
    tell("Guide to information on request …")
    guide = DisclosureGuidePage(
        live=False,  # until it is published below
        title="依申请公开指南",
        slug="requests",
        summary="没有主动公开的政府信息，怎样向制作或者保存它的机关申请。",
        source="公共文化开放牵头办公室（演示）",
        locale=library.locale,
    )
    library.add_child(instance=guide)
    guide.save_revision().publish()
