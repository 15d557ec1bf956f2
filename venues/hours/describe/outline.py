"""What is told of a venue's hours, in which order, before any language."""

from dataclasses import dataclass, replace

from venues.hours.model import Effect, Matcher, MatcherKind, Rule, Schedule, VenueHours


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule to be told; `except_holidays` says that the usual hours hold on holidays, in the same breath."""

    rule: Rule
    except_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One schedule and its clauses."""

    schedule: Schedule
    clauses: tuple[Clause, ...]

    @property
    def has_heading(self) -> bool:
        """The usual hours need none, as long as they always hold."""
        return self.schedule != replace(
            _USUAL, key=self.schedule.key, area=self.schedule.area, rules=self.schedule.rules
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one area; the empty key is the venue as a whole."""

    area: str
    lines: tuple[Line, ...]


_USUAL = Schedule("")


def outlined(hours: VenueHours) -> tuple[Section, ...]:
    """Return the venue as a whole first, then its areas; in each the usual hours, seasons, holidays, notices."""
    keys = dict.fromkeys(["", *(area.key for area in hours.areas), *(each.area for each in hours.schedules)])
    sections = [Section(key, _lines(hours, key)) for key in keys]
    return tuple(section for section in sections if section.lines)


def _lines(hours: VenueHours, area: str) -> tuple[Line, ...]:
    told = [schedule for schedule in hours.schedules if schedule.area == area and schedule.rules]
    return tuple(Line(schedule, _clauses(schedule)) for schedule in sorted(told, key=lambda each: each.layer))


def _clauses(schedule: Schedule) -> tuple[Clause, ...]:
    """Return the rules in their order; "closed on Mondays" takes the holidays' usual hours along."""
    opening = [rule for rule in schedule.rules if _is_weekly(rule) and rule.sessions]
    closing = [rule for rule in schedule.rules if _is_weekly(rule) and not rule.sessions]
    # What "as usual" means on a holiday is plain only where all days that open have the same hours.
    usual = opening[0] if len(opening) == 1 and not opening[0].label else None
    holidays = [rule for rule in schedule.rules if usual and rule == _on_holidays(usual, rule.key)]
    if len(holidays) != 1 or len(closing) != 1:
        return tuple(Clause(rule) for rule in schedule.rules)
    return tuple(
        Clause(rule, except_holidays=rule == closing[0]) for rule in schedule.rules if rule != holidays[0]
    )


def _is_weekly(rule: Rule) -> bool:
    return rule.effect == Effect.REPLACE and rule.matcher.kind in (
        MatcherKind.EVERY_DAY,
        MatcherKind.WEEKDAYS,
    )


def _on_holidays(usual: Rule, key: str) -> Rule:
    return replace(usual, key=key, matcher=Matcher(MatcherKind.HOLIDAY))
