"""Refusals as RFC 9457 problem documents, in the reader's language."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic import Field

MEDIA_TYPE = "application/problem+json"

TITLES = {
    HTTPStatus.BAD_REQUEST: _("Bad request"),
    HTTPStatus.NOT_FOUND: _("Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: _("Method not allowed"),
    HTTPStatus.UNPROCESSABLE_ENTITY: _("The question cannot be answered"),
}

# What is wrong with a parameter, by the code of the error (pydantic's own, and those of ``parameters``).
MESSAGES = {
    "int_parsing": _("Write a whole number."),
    "int_parsing_size": _("This number is too large."),
    "greater_than_equal": _("Write %(ge)s or more."),
    "less_than_equal": _("Write %(le)s or less."),
    "string_too_long": _("Write at most %(max_length)s characters."),
    "missing": _("This is needed."),
    "text": _("Leave out characters that cannot be seen."),
    "choice": _("Choose one of these: %(choices)s."),
    "instant": _("Write an instant like 2026-11-21T19:00:00+08:00."),
    "day": _("Write the day like 2026-11-21."),
    "year": _("Choose a time from %(first)s to %(last)s."),
    "unknown": _("There is no “%(code)s”. Choose one from the list."),
    "reversed": _("The end lies before the start. Choose a later time."),
    "either": _("Ask either for one instant (at) or for a period (from, to)."),
    "incomplete": _("A period needs both from and to."),
    "too_long": _("Ask for %(days)s days at most, from %(first)s to %(last)s."),
    "outside": _("Opening hours are known from %(first)s to %(last)s. Choose a day in between."),
    "invalid": _("This is not understood."),
}


@dataclass(frozen=True)
class ParameterError:
    """What is wrong with one parameter: a code of ``MESSAGES`` and the data that its message needs."""

    parameter: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def message(self) -> str:
        """Return what is wrong and what to do, in the language in use."""
        try:
            return MESSAGES[self.code] % self.data
        except KeyError:
            return str(MESSAGES["invalid"])


class RefusedError(Exception):
    """The question cannot be answered as it was put: 422 with every parameter at fault."""

    def __init__(self, *errors: ParameterError) -> None:
        super().__init__(errors)
        self.errors = errors


class ParameterProblem(Schema):
    """What is wrong with one parameter."""

    parameter: str = Field(examples=["at"])
    code: str = Field(description="Names the mistake for programs.", examples=["instant"])
    detail: str = Field(examples=["Write an instant like 2026-11-21T19:00:00+08:00."])
    first: str | None = Field(None, description="First day that can be asked for, where days are limited.")
    last: str | None = Field(None, description="Last such day.")


class Problem(Schema):
    """A problem document (RFC 9457)."""

    type: str = Field(
        "about:blank", description="`about:blank`: the status code says what kind of problem it is."
    )
    title: str
    status: int
    detail: str
    instance: str = Field(description="The address that was asked.")
    errors: list[ParameterProblem] = Field(
        description="One entry per parameter at fault; empty where none is."
    )


def problem(
    request: HttpRequest, status: HTTPStatus, detail: object, errors: Iterable[ParameterError] = ()
) -> HttpResponse:
    """Return a problem document in the language in use."""
    document = Problem(
        type="about:blank",
        title=str(TITLES[status]),
        status=status,
        detail=str(detail),
        instance=request.get_full_path(),
        errors=[_error(error) for error in errors],
    )
    content = json.dumps(document.model_dump(exclude_none=True), cls=DjangoJSONEncoder, ensure_ascii=False)
    return HttpResponse(
        content, status=status, content_type=MEDIA_TYPE, headers={"Content-Language": get_language()}
    )


def not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Return the refusal of a method that would change something."""
    response = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, _("This address can only be read (GET)."))
    response.headers["Allow"] = ", ".join(allowed)
    return response


def bad_request(request: HttpRequest, error: Any = None) -> HttpResponse:
    """Return the refusal of a request that no person or program means."""
    return problem(request, HTTPStatus.BAD_REQUEST, _("This request is not understood."))


def add_handlers(api: NinjaAPI) -> None:
    """Make every refusal of ``api`` a problem document."""
    api.add_exception_handler(RefusedError, _refused)
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(SuspiciousOperation, bad_request)


def _error(error: ParameterError) -> ParameterProblem:
    first, last = error.data.get("first"), error.data.get("last")
    return ParameterProblem(
        parameter=error.parameter,
        code=error.code,
        detail=error.message(),
        first=None if first is None else str(first),
        last=None if last is None else str(last),
    )


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    detail = " ".join(f"{each.parameter}: {each.message()}" for each in error.errors)
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, error.errors)


def _not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        ParameterError(
            str(each["loc"][-1]), each["type"] if each["type"] in MESSAGES else "invalid", each.get("ctx", {})
        )
        for each in error.errors
    ]
    return _refused(request, RefusedError(*errors))


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    detail = error.args[0] if error.args and isinstance(error.args[0], str) else ""
    if request.resolver_match and request.resolver_match.url_name == "api-root":
        detail = ""  # the library's own, for developers
    return problem(
        request,
        HTTPStatus.NOT_FOUND,
        detail or _("Nothing is at this address; openapi.json lists what there is."),
    )
