"""The editors' “paste a text”: what was understood of it, before anything of it is in a form."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from openness.core import clock
from openness.core.calendars.days import CityCalendar
from openness.departments.models import AudienceGroup
from openness.departments.selectors import term_names
from venues.admin_views import AreasField, edited_place
from venues.comparison import effect_line
from venues.hours import codec
from venues.hours_checks import all_problems
from venues.hours_problems import problem_text
from venues.notice_reading import effects_in
from venues.understanding import MAX_TEXT, Understanding, area_keys, in_words, ordinary_weeks, understand


@require_http_methods(["GET", "POST"])
def read_hours(request: HttpRequest) -> HttpResponse:
    """Show what the posted text says about the hours of a venue, for the form to take or leave."""
    return _answer(request, _hours_context, "venues_read_hours")


@require_http_methods(["GET", "POST"])
def read_notice(request: HttpRequest) -> HttpResponse:
    """Show what the posted text says about dates, as the changes of a notice."""
    return _answer(request, _notice_context, "venues_read_notice")


def _answer(request: HttpRequest, context_of: Any, url_name: str) -> HttpResponse:
    """Answer the script with a fragment, and a browser without scripts with a page of its own."""
    asked = request.POST if request.method == "POST" else request.GET
    edited_place(asked, request.user)
    text = asked.get("text", "").encode(errors="replace").decode().replace("\x00", "")
    context: dict[str, Any] = {"text": text}
    if request.method == "POST":
        context |= _reading(text, _areas_of(asked), context_of)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return render(request, "venues/admin/paste_result.html", context)
    place = {name: asked[name] for name in ("page", "parent") if asked.get(name)}
    is_notice = url_name == "venues_read_notice"
    context |= {"place": place, "url_name": url_name, "is_alone": True, "is_notice": is_notice}
    return render(request, "venues/admin/paste_page.html", context)


def _areas_of(asked: Mapping[str, str]) -> dict[str, str]:
    return {key: name for key, name, __ in AreasField().to_python(asked.get("areas", ""))}


def _reading(text: str, areas: Mapping[str, str], context_of: Any) -> dict[str, Any]:
    if not text.strip():
        return {"problem": gettext("Paste the text first.")}
    if len(text) > MAX_TEXT:
        return {
            "problem": gettext(
                "The text has %(length)d characters; %(most)d is the most that is read at once. "
                "Paste only what is about opening hours."
            )
            % {"length": len(text), "most": MAX_TEXT}
        }
    found = understand(text, names=areas)
    return {"found": found, "problem": found.problem, **context_of(found, areas)}


def reading_context(
    found: Understanding, existing: Mapping[str, str], *, calendar: CityCalendar | None = None
) -> dict[str, Any]:
    """Return what every screen shows of an understanding: words, weeks, and what contradicts itself.

    ``existing`` are the names of the venue's areas by key; ``calendar`` is that of ``checked_calendar``.
    """
    language = get_language() or "zh-hans"
    keys = area_keys(found, existing)
    value = found.value(keys)
    names = {**existing, **{key: name for name, key in keys.items()}}
    words = {**term_names(AudienceGroup, language=language), **names}
    problems = all_problems(value, calendar=calendar) if value.schedules else []
    texts = dict.fromkeys(problem_text(each, value.schedules, {"": "", **names}) for each in problems)
    is_sound = all(each.code == "conflict" for each in problems)
    return {
        "found": found,
        "value": value,
        "areas": [(name, key, key in existing) for name, key in keys.items()],
        "lines": in_words(value, language, words),
        "contradictions": list(texts),
        "weeks": ordinary_weeks(value, language, names, clock.today()) if is_sound else [],
    }


def _hours_context(found: Understanding, existing: Mapping[str, str]) -> dict[str, Any]:
    if not found.has_hours:
        return {}
    context = reading_context(found, existing)
    schedules = codec.encode(context["value"].schedules)
    areas = [{"name": name, "key": key, "is_new": not known} for name, key, known in context["areas"]]
    return {
        **context,
        "existing": sorted(existing.items()),
        "data": {"mode": str(found.mode), "schedules": schedules, "areas": areas},
        "as_text": json.dumps(schedules, ensure_ascii=False, indent=1),
    }


def _notice_context(found: Understanding, existing: Mapping[str, str]) -> dict[str, Any]:
    if not found.has_hours:
        return {}
    reading = effects_in(found, existing, clock.today())
    effects = codec.encode(reading.effects)
    language = get_language() or "zh-hans"
    left = [line for value in reading.left for line in in_words(value, language, {})]
    return {
        "lines": [effect_line(effect, existing) for effect in reading.effects],
        "left": list(dict.fromkeys(left)),
        "strangers": reading.areas,
        "data": {"effects": effects} if effects else None,
        "as_text": json.dumps(effects, ensure_ascii=False, indent=1) if effects else "",
    }
