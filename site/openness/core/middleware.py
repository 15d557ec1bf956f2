"""What happens around every request."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AtomicAdminMiddleware:
    """Run what an editor submits in one transaction.

    Wagtail saves a page, its revision and its publication one after the other; when the last fails, the
    first must not remain. Readers' requests and views of the admin write nothing and get no transaction.
    A view that takes many things one by one says so with Django's own ``transaction.non_atomic_requests``.
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
        with transaction.atomic():
            return view(request, *args, **kwargs)
