"""Widgets of the editors' forms. Each is a text area with JSON, or checkboxes, that a script makes comfortable."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.core.calendars.models import Holiday, SchoolLevel, VacationKind
from openness.departments.models import AudienceGroup
from openness.departments.selectors import term_names
from venues.enums import (
    Admission,
    EffectKind,
    MatcherKind,
    RuleEffect,
    RuleLayer,
    SessionKind,
    SessionState,
)

DAY_TYPES = {
    "workday": _("workdays"),
    "day_off": _("days off (weekends and holidays)"),
    "statutory": _("statutory holidays themselves"),
    "makeup_workday": _("make-up workdays"),
    "eve_of_day_off": _("the workday before days off"),
    "eve_of_holiday": _("the day before a public holiday"),
    "after_holiday": _("the day after a public holiday"),
}
PUT_OFFS = {
    "next_day": _("the next day"),
    "after_holiday": _("the first day after the holiday"),
}
NTH = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), 5: _("fifth"), -1: _("last")}

# The words of the scripts. They stand here so that one catalogue holds all texts of the site.
WORDS = {
    "whole_venue": _("Whole venue"),
    "as_whole_venue": _("Has the hours of the whole venue."),
    "usual_hours": _("Usual hours"),
    "season": _("Season"),
    "special_days": _("Holidays and special days"),
    "give_usual": _("Enter usual hours"),
    "give_own": _("Enter hours of its own"),
    "add_season": _("Add a season"),
    "add_special": _("Add a holiday or special day"),
    "add_other": _("Add a rule for other days"),
    "remove": _("Remove"),
    "really_remove": _("Remove all hours of this part?"),
    "closed": _("Closed"),
    "as_usual": _("as usual"),
    "hours": _("Hours"),
    "hours_example": "9:00-12:00, 14:30-17:30",
    "last_entry": _("Last entry"),
    "copy_to": _("Same hours for…"),
    "all_days": _("all days"),
    "workdays": _("Monday to Friday"),
    "weekend": _("Saturday and Sunday"),
    "more": _("More"),
    "kind": _("Kind"),
    "state": _("Who may come in"),
    "condition": _("Condition"),
    "audience": _("For whom"),
    "everyone": _("everyone"),
    "admission": _("Admission"),
    "as_venue": _("as for the venue"),
    "unreadable": _("Write hours like 9:00-12:00, 14:30-17:30, and 26:00 for two in the morning."),
    "from": _("First day"),
    "until": _("Last day"),
    "every_year_from": _("Every year from"),
    "month_day": "10-01",
    "valid_only": _("Only between certain dates"),
    "name": _("Name"),
    "season_name": _("Such as: summer hours"),
    "which_days": _("Which days"),
    "what_then": _("What then"),
    "reason": _("Reason"),
    "any_holiday": _("none ticked: any public holiday"),
    "any_vacation": _("none ticked: any vacation"),
    "levels": _("Of which schools"),
    "any_level": _("none ticked: all but universities"),
    "only_weekdays": _("Only on certain days of the week"),
    "closed_on": _("Closed every week on"),
    "put_off_to": _("When that is a holiday, closed instead on"),
    "open_end": _("Until further notice"),
    "lunar_month": _("Lunar month"),
    "every_month": _("every month"),
    "lunar_days": _("Lunar days"),
    "new_years_eve": _("Lunar New Year's Eve"),
    "next_day": _("next day "),
    "preview_failed": _("The preview cannot be shown right now. What you entered is kept."),
    "change": _("Change"),
    "add_change": _("Add another change"),
    "area": _("Area"),
    "times": _("At what times"),
    "what_happens": _("What happens"),
    "for_some_venues": _("Only for"),
    "by_weekday": _("Hours by day of the week"),
    "whole_day": _("The whole day"),
    "between": _("Only between"),
    "and": _("and"),
    "replace_hours": _("Replace the hours that are in the form?"),
    "replace_changes": _("Replace the changes that are in the form?"),
    "hours_taken": _("The form holds these hours now. Look at them, and save the page."),
    "nothing_found": _("No venue found that you may use."),
}


def choices_of_hours() -> dict[str, Any]:
    """Return all lists that the scripts offer, as code and label in the editor's language."""
    audiences = term_names(AudienceGroup, language=get_language() or "zh-hans")
    return {
        "layers": _pairs(dict(RuleLayer.choices)),
        "matchers": _pairs(dict(MatcherKind.choices)),
        "effects": _pairs(dict(RuleEffect.choices)),
        "kinds": _pairs(dict(SessionKind.choices)),
        "states": _pairs(dict(SessionState.choices)),
        "admissions": _pairs(dict(Admission.choices)),
        "audiences": _pairs(audiences),
        "day_types": _pairs(DAY_TYPES),
        "holidays": _pairs(dict(Holiday.choices)),
        "vacations": _pairs(dict(VacationKind.choices)),
        "levels": _pairs({code: label for code, label in SchoolLevel.choices if code}),
        "put_offs": _pairs(PUT_OFFS),
        "nth": _pairs(NTH),
        "weekdays": [str(WEEKDAYS[day]) for day in range(7)],
        "weekdays_short": [str(WEEKDAYS_ABBR[day]) for day in range(7)],
        "notice_effects": _pairs(dict(EffectKind.choices)),
        "today": clock.today().isoformat(),
    }


def _pairs(choices: Mapping[Any, Any]) -> list[list[Any]]:
    return [[code, str(label)] for code, label in choices.items()]


def _media(script: str) -> forms.Media:
    module: Any = Script(script, type="module")
    styles = ["css/admin/hours.css", "css/admin/preview.css", "css/admin/paste.css"]
    return forms.Media(css={"all": styles}, js=[module])


class TemplateOfTheSite:
    """Renders a widget from the site's templates; Django's form renderer knows only those of apps."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        return render_to_string(template_name, context)


class ScriptedTextarea(TemplateOfTheSite, forms.Textarea):
    """A text area with JSON that a script replaces by an editor."""

    template_name = "venues/admin/scripted_textarea.html"
    script_name = ""
    preview_url_name = ""
    # What reads a pasted text, and how the place to paste it is called.
    read_url_name = ""
    paste_label: Any = ""
    paste_help: Any = ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 12, "spellcheck": "false", "autocomplete": "off", **(attrs or {})})
        # What the form tells the preview: which page, or below which parent.
        self.place: dict[str, Any] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the words, the choices and the address of the preview."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "flat_attrs": flatatt(context["widget"]["attrs"]),
            "script_name": self.script_name,
            "preview_url": reverse(self.preview_url_name) if self.preview_url_name else "",
            "read_url": reverse(self.read_url_name) if self.read_url_name else "",
            "paste_label": self.paste_label,
            "paste_help": self.paste_help,
            "place": json.dumps(self.place),
            "place_query": urlencode(self.place),
            "words": json.dumps({name: str(text) for name, text in WORDS.items()}, ensure_ascii=False),
            "choices": json.dumps(choices_of_hours(), ensure_ascii=False),
        }
        return context


class HoursWidget(ScriptedTextarea):
    """The week of a venue and of each of its areas, its seasons and special days, with a preview."""

    script_name = "hours"
    preview_url_name = "venues_hours_preview"
    read_url_name = "venues_read_hours"
    paste_label = _("Paste opening hours as text")
    paste_help = _(
        "The opening hours as the venue writes them; you see what was understood before it is used."
    )

    @property
    def media(self) -> forms.Media:
        return _media("js/admin/hours.js")


class EffectsWidget(ScriptedTextarea):
    """What a notice does, from when until when."""

    script_name = "effects"
    read_url_name = "venues_read_notice"
    paste_label = _("Paste the text of the notice")
    paste_help = _(
        "What happens on which dates, as it was written; you see what was understood before it is used."
    )

    @property
    def media(self) -> forms.Media:
        return _media("js/admin/notice.js")


class VenuesWidget(TemplateOfTheSite, forms.SelectMultiple):
    """The venues of one's department as checkboxes, and a search for others that one may use.

    Only what is offered or chosen is rendered, so a city with thousands of venues has a short form.
    """

    template_name = "venues/admin/venues_widget.html"
    search_url_name = "venues_notice_venues"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.rows: list[dict[str, Any]] = []
        self.has_search = False
        self.place: dict[str, Any] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Render the rows that the form gave, ticked where chosen."""
        context = forms.Widget.get_context(self, name, value, attrs)
        chosen = {str(each) for each in value or ()}
        context["widget"]["rows"] = [{**row, "is_chosen": str(row["pk"]) in chosen} for row in self.rows]
        context["widget"]["search_url"] = reverse(self.search_url_name) if self.has_search else ""
        context["widget"]["place"] = json.dumps(self.place)
        return context
