"""Statements to hours: which part of the venue, which schedule, in which layer."""

from collections.abc import Sequence
from itertools import combinations

from venues.hours.model import Effect, Layer, Matcher, MatcherKind, Mode, Rule, Schedule, State, VenueHours
from venues.hours.parse import checks
from venues.hours.parse.keys import unique, with_keys
from venues.hours.parse.periods import Season, YearDays, is_in
from venues.hours.parse.reader import Reader
from venues.hours.parse.result import ParsedArea, Seasons
from venues.hours.parse.rules import work_out
from venues.hours.parse.statements import Action, Statement
from venues.hours.parse.usual import Sessions, ordinary_weekdays
from venues.hours.parse.year import Year

_MOST_SEASONS = 12
_WEEKLY = {MatcherKind.WEEKDAYS, MatcherKind.DAY_TYPE, MatcherKind.NTH_WEEKDAY}
_SCHOOL_DAYS = {MatcherKind.VACATION, MatcherKind.TERM}


def build(reader: Reader, limits: Seasons) -> tuple[VenueHours, tuple[ParsedArea, ...]]:
    """Return the hours of the venue as a whole and those of its named parts."""
    areas = _areas(reader)
    whole = _hours(reader, [each for each in reader.statements if each.area not in areas], limits)
    parsed = []
    for name in areas:
        own = [each for each in reader.statements if each.area == name or each.all_areas]
        _lend_hours(reader, own, areas)
        _doubt_last(reader, own, areas)
        hours = _hours(reader, own, limits)
        if hours == VenueHours():
            reader.reject("area_without_hours", *reader.areas[name])
        else:
            parsed.append(ParsedArea(name, hours))
    return whole, tuple(parsed)


def _areas(reader: Reader) -> list[str]:
    """Return the names that are parts: the one name of a text about a museum is the museum's own."""
    names = list(reader.areas)
    only = names[0] if len(names) == 1 else ""
    if names and names[0] in reader.plain_names and not reader.plain_names & set(names[1:]):
        return names[1:]  # 图书馆9:00-21:00，一楼自习区7:00-23:00
    if only in reader.venue_names and all(each.area == only for each in reader.statements):
        return []
    return names


def _doubt_last(reader: Reader, own: Sequence[Statement], areas: Sequence[str]) -> None:
    """What follows the last part by a mark like those between the parts may be about all of them."""
    if len(reader.areas) < 2 or not own or own[0].area != areas[-1]:
        return
    marks = [each.strength for each in reader.statements if each.introduces_area][1:]
    for statement in own:
        inherits = not statement.introduces_area and not statement.all_areas and not statement.in_brackets
        if inherits and statement.action != Action.HOURS and marks and statement.strength >= min(marks):
            reader.warn("area_unclear", statement.start, statement.end)


def _lend_hours(reader: Reader, own: list[Statement], areas: Sequence[str]) -> None:
    """A part of which only closings or days are told has the hours of the venue."""
    if any(each.action == Action.HOURS for each in own) or not own:
        return
    if all(each.action in (Action.PRICED, Action.CLOSED) and not each.names_days for each in own):
        return
    lent = [each for each in reader.statements if each.area not in areas and each.action == Action.HOURS]
    if lent:
        reader.warn("area_hours_assumed", own[0].start, own[0].end)
        own += lent


def _hours(reader: Reader, statements: list[Statement], limits: Seasons) -> VenueHours:
    if not statements:
        return VenueHours()
    by_appointment = any(each.state == State.BY_BOOKING and not each.names_days for each in statements)
    if by_appointment and all(each.action in (Action.PRICED, Action.OPEN) for each in statements):
        return VenueHours(Mode.BY_APPOINTMENT)
    schedules = _Schedules(reader, statements, limits).schedules
    return VenueHours(schedules=tuple(schedules))


class _Schedules:
    """The schedules of the venue or of one part: one for the whole year, one for each span of a season."""

    def __init__(self, reader: Reader, statements: list[Statement], limits: Seasons) -> None:
        self.reader = reader
        self.schedules: list[Schedule] = []
        self._keys: set[str] = set()
        self._yearly: list[tuple[YearDays, Sessions]] = []
        seasons = [each.season for each in statements if each.season]
        year = Year(list(dict.fromkeys(seasons))[:_MOST_SEASONS], limits)
        for code, season in year.notes:
            reader.warn(code, season.start, season.end)
        statements = self._readable(statements, year)
        always, seasonal = _distributed(reader, statements, year)
        self._seasonal(always, seasonal, year)
        if self._yearly:
            self._fixed_days()

    def _readable(self, statements: list[Statement], year: Year) -> list[Statement]:
        """Return the statements whose part of the year is known; the others are unread."""
        readable = []
        for statement in statements:
            season = statement.season
            if season is None or _is_known(season, statement, year):
                readable.append(statement)
            else:
                self.reader.rejected.append((min(season.start, statement.start), statement.end))
        return readable

    def _seasonal(self, always: list[Statement], seasonal: dict[Season, list[Statement]], year: Year) -> None:
        general = [each for each in always if each.action == Action.HOURS]
        if general or not seasonal:
            self._schedule("base", always, None)
        elif not year.covers_all:
            first = next(iter(seasonal.values()))[0]
            self.reader.warn("year_not_covered", first.start, first.end)
        shared = [each for each in always if each.action != Action.HOURS]
        for season, statements in seasonal.items():
            lent = self._lent(general, statements)
            reopened = {day for each in statements if each.action in _OPENING for day in _weekdays(each)}
            kept = [each for each in shared if not (_weekdays(each) and reopened >= _weekdays(each))]
            if any(each.days and each.days.every for each in statements) and any(map(_weekdays, kept)):
                first = statements[0]
                self.reader.warn("closing_of_which_season", first.start, first.end)
            for span in year.spans[season]:
                self._schedule(_season_key(season, span), [*lent, *statements, *kept], span, season)

    def _lent(self, general: list[Statement], statements: list[Statement]) -> list[Statement]:
        """The hours of all year that a season has too: all when it has none, those beside its own."""
        own = [each for each in statements if each.action == Action.HOURS]
        if not own or not general:
            return general
        plain = [each for each in (*own, *general) if not each.names_days]
        last = max(span.closes for each in general for span in each.spans)
        if len(plain) == len(own) + len(general) and all(
            span.opens >= last for each in own for span in each.spans
        ):
            self.reader.warn("season_adds_hours", own[0].start, own[0].end)
            return general
        return []

    def _schedule(
        self, key: str, statements: list[Statement], span: YearDays | None, season: Season | None = None
    ) -> None:
        worked_out = work_out(self.reader, statements)
        self._yearly += [each for each in worked_out.yearly if each not in self._yearly]
        rules = with_keys(worked_out.rules)
        if not rules:
            return
        checks.check_rules(self.reader, rules, statements)
        layer = Layer.SEASON if span else Layer.BASE
        if not span and not _tells_ordinary_days(rules):
            layer, key = Layer.HOLIDAY, "special"
            if any(rule.matcher.kind in _WEEKLY for rule in rules):
                self.reader.warn("hours_missing", statements[0].start, statements[0].end)
        self.schedules.append(
            Schedule(
                key=unique(key, self._keys),
                layer=layer,
                rules=rules,
                valid_from=statements[0].valid_from,
                annual_from=span.first if span else None,
                annual_to=span.last if span else None,
                label=_label(season),
            )
        )

    def _fixed_days(self) -> None:
        """Fixed days of every year come before seasons: each is a schedule of its own."""
        for (days, sessions), (others, other_sessions) in combinations(self._yearly, 2):
            if sessions != other_sessions and (is_in(days.first, others) or is_in(others.first, days)):
                self.reader.warn("rules_contradict", 0, len(self.reader.source))
        for days, sessions in self._yearly:
            key = "yearly-{:02}-{:02}".format(*days.first)
            rules = with_keys([Rule("", matcher=Matcher(), sessions=sessions)])
            self.schedules.append(
                Schedule(
                    unique(key, self._keys),
                    Layer.HOLIDAY,
                    rules=rules,
                    annual_from=days.first,
                    annual_to=days.last,
                )
            )


def _is_known(season: Season, statement: Statement, year: Year) -> bool:
    """Days without a year, which may be those of one year, close nothing every year."""
    is_doubtful = not (season.is_certain or season.names or year.covers_all)
    return bool(year.spans.get(season)) and not (is_doubtful and statement.action == Action.CLOSED)


_OPENING = (Action.AS_USUAL, Action.OPEN)


def _weekdays(statement: Statement) -> set[int]:
    return set(statement.days.weekdays) if statement.days else set()


def _season_key(season: Season, span: YearDays) -> str:
    if season.names:
        return "-".join(season.names)
    return f"season-{span.first[0]:02}-{span.last[0]:02}"


_NAMES = {
    "spring": "春季",
    "summer": "夏季",
    "autumn": "秋季",
    "winter": "冬季",
    "high": "旺季",
    "low": "淡季",
}


def _label(season: Season | None) -> str:
    return "、".join(_NAMES[name] for name in season.names) if season else ""


def _tells_ordinary_days(rules: Sequence[Rule]) -> bool:
    """Whether the rules say what holds on ordinary days, so that the days they do not name are closed."""
    kinds = {rule.matcher.kind for rule in rules}
    return kinds >= _SCHOOL_DAYS or any(map(_tells_ordinary_day, rules))


def _tells_ordinary_day(rule: Rule) -> bool:
    if rule.effect == Effect.SUBTRACT:
        return False
    if not rule.sessions:
        return rule.matcher == Matcher()
    return bool(ordinary_weekdays(rule.matcher)) or rule.matcher.kind == MatcherKind.NTH_WEEKDAY


def _distributed(
    reader: Reader, statements: list[Statement], year: Year
) -> tuple[list[Statement], dict[Season, list[Statement]]]:
    """Tell what holds all year from what holds in a season.

    What stands after the last season and brings none of its own holds all year when it is a closing or an
    exception, since it is about the venue: 夏季9:00-18:00，冬季9:00-17:00，周一闭馆. When a weaker mark than those
    between the seasons ties it to the last one, that is a doubt.
    """
    always = [each for each in statements if each.season is None]
    has_base = any(each.action == Action.HOURS for each in always)
    seasonal: dict[Season, list[Statement]] = {}
    last = next((each.season for each in reversed(statements) if each.season), None)
    marks = [each.strength for each in statements if each.season and each.introduces_season][1:]
    for statement in statements:
        if statement.season is None:
            continue
        inherited = not statement.introduces_season
        is_general = statement.action not in (Action.HOURS, Action.EXTENDED, Action.ENDS)
        is_last = inherited and statement.season == last
        if is_last and is_general and (len(year.seasons) > 1 or has_base):
            always.append(statement)
            tied = (
                statement.strength < min(marks)
                if marks and not statement.in_brackets
                else statement.in_brackets and has_base
            )
            if tied and not _said_in_each(statement, statements, year):
                reader.warn("closing_of_which_season", statement.start, statement.end)
        else:
            seasonal.setdefault(year.same(statement.season), []).append(statement)
            if is_last and not statement.in_brackets and marks and statement.strength >= min(marks):
                reader.warn("hours_of_which_season", statement.start, statement.end)
    checks.check_seasons(reader, seasonal, always)
    return always, seasonal


def _said_in_each(statement: Statement, statements: list[Statement], year: Year) -> bool:
    said = {
        each.season for each in statements if each.action == statement.action and _same_days(each, statement)
    }
    return said >= set(year.seasons)


def _same_days(one: Statement, other: Statement) -> bool:
    return (one.days.matchers if one.days else ()) == (other.days.matchers if other.days else ())
