"""Answers as they look, for the OpenAPI document."""

from typing import Any

_BECAUSE = {
    "text": "平日开放时间",
    "layer": "base",
    "schedule": "reading-24h",
    "rule": "every-day",
    "label": "",
    "notice": None,
    "overrode": [],
}
_BRIEF = {
    "code": "fz-library",
    "title": "丰泽区图书馆",
    "url": "https://open.example/venues/fengze-qu-tushuguan/",
    "summary": "",
    "type": {"code": "library", "name": "图书馆"},
    "region": {"code": "350503", "name": "丰泽区"},
    "department": {"code": "fz-culture", "name": "区文旅局"},
    "admission": "free",
    "address": "",
    "phone": "",
    "longitude": None,
    "latitude": None,
    "facilities": [],
    "kinds": ["regular"],
    "checked_on": "2026-11-01",
}
STATUS = {
    "at": "2026-11-21T20:15:00+08:00",
    "state": "open",
    "area": "",
    "area_name": "",
    "can_enter": True,
    "until": "2026-11-21T21:00:00+08:00",
    "last_entry_at": "2026-11-21T20:30:00+08:00",
    "next_opens_at": None,
    "provisional": False,
    "because": _BECAUSE,
}
_PAGE = {"total": 1, "page": 1, "size": 20, "next": None, "previous": None}
VENUE_LIST = {**_PAGE, "venues": [{**_BRIEF, "status": STATUS}]}
OPEN_VENUES = {
    **_PAGE,
    "from": "2026-11-21T19:00:00+08:00",
    "to": "2026-11-21T21:00:00+08:00",
    "minutes": 60,
    "unknown": 13,
    "groups": {
        "open": {
            "total": 1,
            "venues": [
                {
                    **_BRIEF,
                    "area": "reading-24h",
                    "area_name": "24 小时自助阅览室",
                    "minutes": 120,
                    "opens_at": "2026-11-21T00:00:00+08:00",
                    "until": None,
                    "last_entry_at": None,
                    "state": "self_service",
                    "kind": "regular",
                    "condition": "",
                    "audience": "",
                    "provisional": False,
                    "because": _BECAUSE,
                }
            ],
        },
        "restricted": {"total": 0, "venues": []},
    },
}
DAYS = {
    "code": "fz-library",
    "from": "2026-11-21",
    "to": "2026-11-21",
    "areas": [{"key": "reading-24h", "name": "24 小时自助阅览室", "is_general_public": True}],
    "days": [
        {
            "date": "2026-11-21",
            "area": "reading-24h",
            "status": "open",
            "provisional": False,
            "because": _BECAUSE,
            "intervals": [
                {
                    "opens_at": "2026-11-21T00:00:00+08:00",
                    "closes_at": "2026-11-22T00:00:00+08:00",
                    "last_entry_at": "2026-11-22T00:00:00+08:00",
                    "state": "self_service",
                    "kind": "regular",
                    "condition": "",
                    "audience": "",
                    "admission": "free",
                    "is_general_public": True,
                    "because": _BECAUSE,
                }
            ],
        }
    ],
}


def of(example: dict[str, Any]) -> dict[str, Any]:
    """Return what adds ``example`` to an operation's answer."""
    return {"responses": {200: {"content": {"application/json": {"example": example}}}}}
