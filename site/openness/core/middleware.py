"""What happens around every request."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import messages

from openness.core.refusals import Refused

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AtomicAdminMiddleware:
    """Run what an editor submits in one transaction.

    Wagtail saves a page, its revision and its publication one after the other; when the last fails, the
    first must not remain. Readers' requests and views of the admin write nothing and get no transaction.
    A view that takes many things one by one says so with Django's own ``transaction.non_atomic_requests``.
    What is refused on the way leaves nothing behind but its message, on the screen the person came from.
    It stands last in ``MIDDLEWARE``, since it calls the view itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Call the view inside a transaction where the request may change something in the admin."""
        is_admin = request.resolver_match is not None and request.resolver_match.route.startswith("admin/")
        is_exempt = bool(getattr(view, "_non_atomic_requests", ()))
        if request.method in SAFE_METHODS or not is_admin or is_exempt:
            return None
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except Refused as refusal:
            for text in refusal.messages:
                messages.error(request, text)
            return redirect(_came_from(request))


def _came_from(request: HttpRequest) -> str:
    """Return the address of the screen before, or of the admin's first one."""
    before = request.headers.get("Referer", "")
    is_here = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if is_here else "wagtailadmin_home"
