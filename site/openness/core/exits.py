"""What a page hands out besides itself: `hours.ics`, `month/`. One further part of its address, no page of its own."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, re_path
from wagtail.url_routing import RouteResult

from openness.core.gate import is_visible

Exit = Callable[[HttpRequest, Any], HttpResponse]


def file_patterns(*groups: Iterable[str]) -> list[URLPattern]:
    """Return the pattern by which the exits that are files reach their page; Wagtail's own knows no file names."""
    from wagtail.views import serve  # needs the models, which need this module

    files = sorted({name for group in groups for name in group if "." in name})
    names = "|".join(map(re.escape, files))
    return [re_path(rf"^((?:[\w\-]+/)+(?:{names}))$", serve, name="page_file")] if files else []


class PageWithExits:
    """A page some of whose addresses end in a file name or one more word.

    Mixed in before the page class. Only what the public may see has exits: an address below a draft, an
    expired or a restricted page is 404, for everyone. Any other form of the address (through the tree,
    without its slash) leads to the one below the page's public address, with its query.
    """

    get_url: Callable[..., str | None]
    get_full_url: Callable[..., str | None]
    exit_argument: ClassVar = "exit_name"

    def exits(self) -> Mapping[str, Exit]:
        """Return the views by the last part of their address; each gets the request and this page."""
        return {}

    def exit_url(self, name: str, request: HttpRequest | None = None) -> str:
        """Return the address of an exit: below the page's, with a slash unless it is a file name; empty without one."""
        return _below(self.get_url(request), name)

    def full_exit_url(self, name: str, request: HttpRequest | None = None) -> str:
        """Return the exit's address with the site's host: the one that search engines keep of it."""
        return _below(self.get_full_url(request), name)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Route one further part of the address to the exit of that name, and everything else as before."""
        if len(path_components) == 1 and path_components[0] in self.exits():
            if not is_visible(self):
                raise Http404
            return RouteResult(self, kwargs={self.exit_argument: path_components[0]})
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the exit that was asked for, or else the page."""
        name = kwargs.pop(self.exit_argument, "")
        if not name:
            return super().serve(request, *args, **kwargs)  # type: ignore[misc]
        public = self.exit_url(name, request)
        if public and urlsplit(public).path != request.path:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{public}?{query}" if query else public)
        return self.exits()[name](request, self)


def _below(url: str | None, name: str) -> str:
    return f"{url}{name}{'' if '.' in name else '/'}" if url else ""
