"""What the head of every page says about it: ``{% load page_tags %}`` in base.html, and nowhere else."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.template import Context

from openness.core import page_tags, share
from openness.core.json_ld import breadcrumb_list, script_data
from openness.core.models import BasePage

register = template.Library()


@register.inclusion_tag("components/meta_tags.html", takes_context=True)
def meta_tags(context: Context) -> dict[str, Any]:
    """Print the page tags that the state asks for, and Open Graph, from the page itself.

    What is handed out below a page and found by itself says so by ``canonical_url`` and ``title`` in its context.
    """
    page, request, identity = _page(context), context.get("request"), context.get("identity")
    if request is None or identity is None:
        return {"tags": [], "open_graph": []}
    rendition = share.share_rendition(page) if page is not None else None
    image_url = request.build_absolute_uri(rendition.url) if rendition is not None else ""
    own = page.get_full_url(request) or "" if page else ""
    url = context.get("canonical_url") or own
    title = str(context.get("title") or "") if url != own else ""
    return {
        "tags": list(page_tags.page_tags(page, request, identity, url=url, image_url=image_url)),
        "open_graph": list(
            share.open_graph(page, request, identity, url=url, title=title, rendition=rendition)
        )
        if page
        else [],
    }


@register.inclusion_tag("components/structured_data.html", takes_context=True)
def structured_data(context: Context) -> dict[str, Any]:
    """Print the page's JSON-LD and its place below the home page; what is handed out below it prints neither."""
    page, request = _page(context), context.get("request")
    if page is None or request is None or not _is_at(page, request):
        return {"scripts": []}
    data = [context["json_ld"]] if context.get("json_ld") else []
    home = (context.get("links") or {}).get("home")
    column = page.column_page(request)
    steps = [(context["identity"].site_name, home or "")]
    steps += [(each.title, each.get_url(request) or "") for each in dict.fromkeys([column, page])]
    if home and urlsplit(home).path != request.path:
        data.append(breadcrumb_list(steps, request))
    return {"scripts": [script_data(each) for each in data]}


def _page(context: Context) -> BasePage | None:
    page = context.get("page")
    return page if isinstance(page, BasePage) else None


def _is_at(page: BasePage, request: HttpRequest) -> bool:
    return urlsplit(page.get_url(request) or "").path == request.path
