"""The manners of a public service: reads only, in the reader's language, from any origin, to be kept for a while."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from venues.api import problems

READING = ("GET", "HEAD", "OPTIONS")
MAX_AGE = 30


class PublicAPI(NinjaAPI):
    """An API whose every answer, refusals and unknown addresses included, has these manners."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        problems.add_handlers(self)

    def _get_urls(self) -> list:
        patterns = super()._get_urls()
        # Below the API's address nothing is a page: what is left over gets a problem document.
        patterns.append(re_path(r"^[\s\S]+/$", _nowhere))
        for pattern in patterns:
            pattern.callback = self._with_manners(pattern.callback)
        return patterns

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI document, with refusals under the media type they really have."""
        document = super().get_openapi_schema(**options)
        for operation in (each for path in document["paths"].values() for each in path.values()):
            for parameter in operation["parameters"]:
                # A list is how a schema gives examples; they stay there.
                parameter.pop("examples", None)
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in content:
                    content[problems.MEDIA_TYPE] = content.pop("application/json")
        return document

    def _with_manners(self, view: Any) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with translation.override(_accepted_language(request)):
                response = self._answer(view, request, *args, **kwargs)
            response.headers["Access-Control-Allow-Origin"] = "*"
            if response.status_code < HTTPStatus.BAD_REQUEST:
                response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
            else:
                patch_vary_headers(response, ["Accept-Language"])
            return response

        # Nothing can be changed here; without this a form from elsewhere gets 403 in place of 405.
        answer.csrf_exempt = True  # type: ignore[attr-defined]
        return answer

    def _answer(
        self, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "OPTIONS":
            allowed = ", ".join(READING)
            return HttpResponse(
                status=HTTPStatus.NO_CONTENT,
                headers={"Allow": allowed, "Access-Control-Allow-Methods": allowed},
            )
        if request.method not in READING:
            return problems.not_allowed(request, READING)
        if not request.path.isprintable():
            return problems.bad_request(request)
        method, request.method = request.method, "GET"  # HEAD is a GET whose body the server leaves out
        try:
            chosen = request.GET.get("language", "")
            with translation.override(
                chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()
            ):
                return view(request, *args, **kwargs)
        except (Http404, SuspiciousOperation) as error:
            return self.on_exception(request, error)
        finally:
            request.method = method


def _nowhere(request: HttpRequest) -> HttpResponse:
    raise Http404


def _accepted_language(request: HttpRequest) -> str:
    """Return the first language of ``Accept-Language`` that the site has, else its source language.

    A cookie has no say: answers are kept by shared caches.
    """
    for code, __ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
