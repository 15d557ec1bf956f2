"""Status as a service: what the site answers, for programs. Reads only; open to everyone.

``parameters`` and ``schemas`` are the shapes of questions and answers, ``problems`` those of refusals,
``readings`` gathers what an answer needs, ``endpoints`` are the five addresses. Every answer comes from
the same intervals, the same status function and the same gate as the pages.
"""

from venues.api.endpoints import router
from venues.api.service import PublicAPI

__all__ = ["api"]

DESCRIPTION = """
Which public venues of the city are open, when, and why.

**Time.** Instants are ISO 8601, such as `2026-11-21T19:00:00+08:00`. One without an offset is a time on the
city's clocks (Asia/Shanghai, +08:00); so is every instant in an answer. Periods are half-open: a venue that
closes at 17:00 is closed at 17:00. The `+` of an offset should be written `%2B` in an address; a space in its
place is understood.

**Unknown is a state.** Where nobody has told the hours, the answer is `unknown`, never `closed`.
`provisional` says that an answer rests on a calendar year whose public holidays are not confirmed yet.

**Range.** Lists answer for the days that are compiled: today and the 90 days after it. The status and the
intervals of one venue are answered for the years 2004 to 2099.

**Language.** `language` chooses the words of an answer; what is not translated comes in the source language
(zh-hans). Problems are told in `language`, or else in the language that `Accept-Language` asks for.

**Problems** are RFC 9457 documents (`application/problem+json`). `errors` names each parameter at fault.

**Caching.** Answers may be kept for 30 seconds. Browsers of any origin may read them.
"""

api = PublicAPI(
    title="Openness",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_extra={
        "tags": [
            {"name": "Venues", "description": "What a venue is, and lists of venues."},
            {"name": "Opening", "description": "Whether, when and why a venue is open."},
        ]
    },
)
api.add_router("", router)
