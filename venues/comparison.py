"""What changed between two versions of a page, for rows that the form shows as one field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.admin.panels import FieldPanel

from venues import hours
from venues.enums import EffectKind, RuleEffect, RuleLayer, SessionKind, SessionState
from venues.hours_problems import clock_text, days_text

if TYPE_CHECKING:
    from venues.form_fields import Effect


class LinesComparison:
    """Two versions as lines of words, in the shape that Wagtail's comparison of revisions expects."""

    is_field = True
    is_child_relation = False

    def __init__(self, label: str, lines: Callable[[Any], list[str]], obj_a: Any, obj_b: Any) -> None:
        self.label, self.before, self.after = label, lines(obj_a), lines(obj_b)

    def field_label(self) -> str:
        """Return the heading of the field."""
        return self.label

    def has_changed(self) -> bool:
        """Whether the versions read differently."""
        return self.before != self.after

    def htmldiff(self) -> SafeString:
        """Return the lines that went and those that came, and the ones that stayed."""
        return format_html_join("", '<div class="{}">{}</div>', self._changes())

    def _changes(self) -> Iterator[tuple[str, str]]:
        for tag, a, b, c, d in SequenceMatcher(None, self.before, self.after).get_opcodes():
            if tag == "equal":
                yield from (("", line) for line in self.before[a:b])
            else:
                yield from (("deletion", line) for line in self.before[a:b])
                yield from (("addition", line) for line in self.after[c:d])


class LinesPanel(FieldPanel):
    """A panel of such a field; ``lines`` gives a version of the page as lines of words."""

    def __init__(self, field_name: str, *, lines: Callable[[Any], list[str]], **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.lines = lines

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "lines": self.lines}

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            if not self.is_shown():
                return []
            return [partial(LinesComparison, str(self.heading), self.panel.lines)]


def hours_lines(page: Any) -> list[str]:
    """Return a venue's schedules, one line for each rule."""
    from venues.schedules import schedules_of  # models import this module

    names = {area.key: area.name for area in page.areas.all()}
    lines = []
    for schedule in schedules_of(page):
        period = ""
        if schedule.annual_from and schedule.annual_to:
            period = "–".join(
                f"{month:02}-{day:02}" for month, day in (schedule.annual_from, schedule.annual_to)
            )
        valid = (
            f"{schedule.valid_from or ''}–{schedule.valid_to or ''}"
            if schedule.valid_from or schedule.valid_to
            else ""
        )
        layer = str(RuleLayer(schedule.layer.code).label)
        place = [names.get(schedule.area, schedule.area), schedule.label or layer, period, valid]
        for rule in schedule.rules:
            effect = "" if rule.effect == hours.Effect.REPLACE else str(RuleEffect(rule.effect).label)
            lines.append(_line(*place, days_text(rule.matcher), effect, _times(rule.sessions), rule.label))
    return lines


def effect_lines(page: Any) -> list[str]:
    """Return what a notice does, one line for each effect."""
    from venues.notice_form import effects_of

    return [effect_line(effect, {}) for effect in effects_of(page)]


def venue_lines(page: Any) -> list[str]:
    """Return the titles of the venues that a notice names."""
    return [target.venue.title for target in page.targets.all()]


def effect_line(effect: "Effect", area_names: Mapping[str, str]) -> str:
    """Return one effect of a notice as a line of words; an area without a name is called by its key."""
    last = effect.last.isoformat() if effect.last else gettext("Until further notice")
    window = ""
    if effect.window_opens is not None and effect.window_closes is not None:
        window = f"{clock_text(effect.window_opens)}–{clock_text(effect.window_closes)}"
    kind = str(EffectKind(effect.kind).label)
    times = _times(effect.sessions) if effect.sessions else ""
    some = gettext("for some venues: %(keys)s") % {"keys": ", ".join(map(str, effect.venue_keys))}
    place = [effect.area_key, some if effect.venue_keys else ""]
    return _line(kind, *place, f"{effect.first} – {last}", window, times)


def _times(sessions: Iterable[hours.Session]) -> str:
    texts = []
    for each in sessions:
        notes = [clock_text(each.last_entry)] if each.last_entry is not None else []
        if each.kind != hours.Kind.REGULAR:
            notes.append(str(SessionKind(each.kind).label))
        if each.state != hours.State.OPEN:
            notes.append(str(SessionState(each.state).label))
        notes += filter(None, [each.condition, each.audience, each.admission])
        span = f"{clock_text(each.opens)}–{clock_text(each.closes)}"
        texts.append(f"{span} ({', '.join(notes)})" if notes else span)
    return ", ".join(texts) or gettext("Closed")


def _line(*words: str) -> str:
    return " · ".join(filter(None, words))
