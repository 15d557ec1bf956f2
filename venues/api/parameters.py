"""What can be asked, and how it is read out of an address."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from openness.core import clock
from venues.enums import Admission, SessionKind

FIRST_YEAR, LAST_YEAR = 2004, 2099
LANGUAGES = tuple(code for code, __ in settings.LANGUAGES)
# RFC 3339 with seconds and offset optional. A space before the offset is a «+» that was not escaped.
INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r"(?:([Zz])|([ +-])([0-9]{2}(?::?[0-9]{2})?))?"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_instant(value: Any) -> datetime | None:
    """Return an instant in the city's time; None for empty text. Raises what pydantic reports by parameter."""
    if not isinstance(value, str) or not value.strip():
        return None
    match = INSTANT.fullmatch(value.strip())
    if match is None:
        raise PydanticCustomError("instant", "instant")
    day, time, zulu, sign, offset = match.groups()
    zone = "+00:00" if zulu else f"{sign.replace(' ', '+')}{offset}" if offset else ""
    try:
        instant = datetime.fromisoformat(f"{day}T{time}{zone}")
    except ValueError as error:
        raise PydanticCustomError("instant", "instant") from error
    # Far from the known years first: the earliest and latest instants have no other time zone.
    if FIRST_YEAR - 1 <= instant.year <= LAST_YEAR + 1:
        instant = clock.local(instant) if instant.tzinfo else instant.replace(tzinfo=clock.CITY_TZ)
    _refuse_far_year(instant.year)
    return instant


def read_day(value: Any) -> date | None:
    """Return a date; None for empty text. Raises what pydantic reports by parameter."""
    if not isinstance(value, str) or not value.strip():
        return None
    if not DAY.fullmatch(value.strip()):
        raise PydanticCustomError("day", "day")
    try:
        day = date.fromisoformat(value.strip())
    except ValueError as error:
        raise PydanticCustomError("day", "day") from error
    _refuse_far_year(day.year)
    return day


def _refuse_far_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PydanticCustomError(
            "year", "year", {"first": f"{FIRST_YEAR}-01-01", "last": f"{LAST_YEAR}-12-31"}
        )


def _visible_text(value: str) -> str:
    if not value.isprintable():
        raise PydanticCustomError("text", "text")
    return value


def _one_of(choices: Iterable[str]) -> AfterValidator:
    """Return what refuses a text that is none of ``choices`` and not empty."""

    def check(value: str) -> str:
        if value and value not in choices:
            raise PydanticCustomError("choice", "choice", {"choices": ", ".join(choices)})
        return value

    return AfterValidator(check)


def _enum(choices: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(choices)})


ORDERS = ("fit", "name", "fresh")
LanguageCode = Annotated[str, _one_of(LANGUAGES), _enum(LANGUAGES)]
AdmissionCode = Annotated[str, _one_of(Admission.values), _enum(["", *Admission.values])]
KindCode = Annotated[str, _one_of(SessionKind.values), _enum(["", *SessionKind.values])]
Order = Annotated[str, _one_of(ORDERS), _enum(ORDERS)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(_visible_text)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), AfterValidator(_visible_text)]
Instant = Annotated[
    datetime | None, BeforeValidator(read_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]
Day = Annotated[date | None, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]


class Worded(Schema):
    """In which language."""

    language: LanguageCode = Field(settings.LANGUAGE_CODE, description="Language of names and sentences.")

    @property
    def words(self) -> str:
        """The language to answer in."""
        return self.language or settings.LANGUAGE_CODE


class Filters(Worded):
    """Which venues."""

    region: Code = Field(
        "", description="Code of a region; what lies below it counts too.", examples=["350503"]
    )
    type: Code = Field(
        "", description="Code of a type of venue; what lies below it counts too.", examples=["library"]
    )
    admission: AdmissionCode = Field("", description="What it costs, for the general public.")
    kind: KindCode = Field(
        "",
        description="Venues with staggered (错时) or extended (延时) hours; for a time, hours of this kind.",
    )
    department: Code = Field("", description="Code of the department in charge.", examples=["culture"])
    facility: Code = Field("", description="Code of something the venue has.", examples=["wifi"])
    audience: Code = Field(
        "", description="Code of a group of people whom hours, offers or services are for."
    )
    q: Text = Field(
        "", description="Words in the name, address or summary, in the source language.", examples=["图书馆"]
    )
    order: Order = Field(
        "fit",
        description="`fit`: the longest stay first; `name`; `fresh`: the last checked first.",
    )
    page: int = Field(1, ge=1, le=10_000, description="Number of the page.")
    size: int = Field(20, ge=1, le=100, description="Venues on a page.")


class OpenQuestion(Filters):
    """Which venues, at which time: an instant, or a period and how long one wants to stay."""

    at: Instant = Field(
        None, description="An instant; now unless a time is told.", examples=["2026-11-21T19:00:00+08:00"]
    )
    from_: Instant = Field(
        None, alias="from", description="Start of a period.", examples=["2026-11-21T19:00:00+08:00"]
    )
    to: Instant = Field(None, description="End of the period.", examples=["2026-11-21T21:00:00+08:00"])
    minutes: int = Field(
        60,
        ge=1,
        le=1440,
        description="How long one wants to stay within the period; never longer than the period itself.",
    )


class StatusQuestion(Worded):
    """At which instant."""

    at: Instant = Field(
        None, description="An instant; now unless told.", examples=["2026-11-21T19:00:00+08:00"]
    )
    area: Code = Field(
        "", description="Key of one area; the venue as a whole unless told.", examples=["reading-24h"]
    )


class DaysQuestion(Worded):
    """On which days."""

    from_: Day = Field(
        None, alias="from", description="First business date; today unless told.", examples=["2026-11-16"]
    )
    to: Day = Field(
        None, description="Last business date, included; a week unless told.", examples=["2026-11-22"]
    )
    area: Code = Field("", description="Key of one area; every area unless told.", examples=["reading-24h"])
