"""Which days of the year the seasons of a text are."""

from collections.abc import Sequence
from itertools import combinations

from venues.hours.parse.periods import Season, YearDays, is_in, months_of, rest_of_year
from venues.hours.parse.result import Seasons

_HALVES = frozenset({"summer", "winter"})
_SHORTEST_SEASON = 28


class Year:
    """The seasons named in a text, in their order, with their days.

    `spans` has the days of each; a season that has none there cannot be read. `notes` are codes of warnings
    with the season they are about.
    """

    def __init__(self, seasons: Sequence[Season], limits: Seasons) -> None:
        self.notes: list[tuple[str, Season]] = []
        self.seasons = list(dict.fromkeys(seasons))
        self._dated = {season.names: season.spans for season in self.seasons if season.names and season.spans}
        self.spans: dict[Season, tuple[YearDays, ...]] = {}
        named = [season for season in self.seasons if self._needs_limits(season)]
        for season in self.seasons:
            self.spans[season] = season.spans or self._dated.get(season.names, ())
        for season in named:
            self.spans[season] = self._of_names(season, named, limits)
        for season in self.seasons:
            if season.is_rest:
                self.spans[season] = rest_of_year(self._spans_but(season))
        self._doubt_ranges()

    @property
    def covers_all(self) -> bool:
        """Whether the seasons leave no day of the year."""
        spans = [span for spans in self.spans.values() for span in spans]
        return bool(spans) and not rest_of_year(list(dict.fromkeys(spans)))

    def same(self, season: Season) -> Season:
        """Return the season named first that has the same days: 夏季 after 夏季（5月至9月）."""
        spans = self.spans.get(season)
        return next((each for each in self.seasons if self.spans[each] == spans), season)

    def _needs_limits(self, season: Season) -> bool:
        return bool(season.names) and not season.spans and season.names not in self._dated

    def _spans_but(self, season: Season) -> list[YearDays]:
        return list(
            dict.fromkeys(span for other, spans in self.spans.items() if other != season for span in spans)
        )

    def _of_names(self, season: Season, named: list[Season], limits: Seasons) -> tuple[YearDays, ...]:
        """Work out 冬季 beside dated 夏季, 夏季 and 冬季 by the limits, other names by their months."""
        others = {other.names for other in self.seasons} - {season.names}
        if self._dated and len({each.names for each in named}) == 1:
            return rest_of_year([span for spans in self._dated.values() for span in spans])
        names = {name for each in (season.names, *others) for name in each}
        if not names <= {"spring", "summer", "autumn", "winter"}:
            self.notes.append(("season_without_dates", season))
            return ()
        if names <= _HALVES:
            summer = YearDays(limits.summer_from, limits.summer_to)
            self.notes.append(("season_limits_assumed", season))
            return (summer,) if season.names == ("summer",) else rest_of_year([summer])
        self.notes.append(("season_months_assumed", season))
        return months_of(season.names)

    def _doubt_ranges(self) -> None:
        """Days without a year come back every year when together they are the year."""
        for season in self.seasons:
            if season.is_certain or season.names or self.covers_all:
                continue
            self.notes.append(("year_missing", season))
            if all(_length(span) < _SHORTEST_SEASON for span in season.spans):
                self.spans[season] = ()
        for one, other in combinations(self.seasons, 2):
            if self.spans[one] != self.spans[other] and any(
                _overlap(first, second) for first in self.spans[one] for second in self.spans[other]
            ):
                self.notes.append(("seasons_overlap", other))


def _overlap(one: YearDays, other: YearDays) -> bool:
    return is_in(one.first, other) or is_in(one.last, other) or is_in(other.first, one)


def _length(span: YearDays) -> int:
    """About how many days it has."""
    days = (span.last[0] - span.first[0]) * 30 + span.last[1] - span.first[1] + 1
    return days if days > 0 else days + 365
