"""Where the reading of a text stands: the place, what was taken, what waits for its statement."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from venues.hours.model import Kind, State
from venues.hours.parse.days import Days
from venues.hours.parse.headings import without_brackets
from venues.hours.parse.periods import Season
from venues.hours.parse.result import Warning_
from venues.hours.parse.statements import Action, Span, Statement
from venues.hours.parse.tokens import Token, tokens_of
from venues.hours.parse.words import Word

_MOST_FILLERS = 6  # between a time and what happens then


# How far a word before the times reaches: 延时开放： over commas, 免费 not.
_REACH_FAR = ("kind", "also", "closing_days")
_REACH_A_COMMA = ("admission", "state")


class Opening(NamedTuple):
    """An opening time whose closing time is still to come, and its tokens."""

    minute: int
    first: int
    end: int


@dataclass(slots=True)
class Frame:
    """What was read and waits for the rest of its statement; a bracket has one of its own."""

    days: Days | None = None
    is_postfix: bool = False  # the days stand right after hours that name none
    is_dangling: bool = False  # or behind another statement, without a mark
    season_is_new: bool = False
    area_is_new: bool = False
    excepted: list[Days] = field(default_factory=list)
    period: str = ""
    opening: Opening | None = None
    last_entry: int | None = None
    kind: Kind = Kind.REGULAR
    also: bool = False
    admission: str = ""
    state: State | None = None
    unused: dict[str, int] = field(default_factory=dict)  # of these four, and where their tokens are
    is_open: bool = False
    includes: bool = False
    closing_days: bool = False
    opened_at: int = -1  # the place of the bracket
    all_areas: bool = False
    halves: list[tuple[Days, str]] = field(default_factory=list)  # 周六下午 of 周六下午及周日
    after: Statement | None = None  # a bracket stands right after this


class Reader:
    """The tokens of a text and how far they are read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: list[Token] = without_brackets(source, tokens_of(source))
        self.taken = [False] * len(self.tokens)
        self.place = 0
        self.frame = Frame()
        self.outer: list[Frame] = []
        self.statements: list[Statement] = []
        self.warnings: list[Warning_] = []
        self.rejected: list[tuple[int, int]] = []
        self.area = ""
        self.areas: dict[str, tuple[int, int]] = {}  # where each is named first
        self.season: Season | None = None
        self.unused_season: Season | None = None  # read, and nothing was said of it yet
        self.valid_from: date | None = None
        self.strength = 3  # of the strongest mark since the last statement
        self.after_span = False
        self.heading: Days | None = None  # 学期中： holds for the clauses after it
        self.occasion: int | None = None  # where an occasion begins that is not understood
        self.venue_names: set[str] = set()
        self.plain_names: set[str] = set()  # of these, those that are no more than 图书馆
        self.clause_spans: list[Span] = []
        self.headed = ""  # the name of what a heading like 免费时段： said of the times after it
        self.entry_ahead: tuple[int, int, int] | None = None  # 闭馆前30分钟停止入馆 before any hours
        self.carved = False  # the spans of the clause were cut out of others
        self.remarked = False  # the spans of the clause have their remark; the next ones are others

    def kind(self, offset: int = 0) -> Word | None:
        """Return the kind of the token `offset` places on, None beyond the text."""
        return self.kind_at(self.place + offset)

    def kind_at(self, place: int) -> Word | None:
        """Return the kind of the token at `place`, None beyond the text."""
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else None

    def skip(self, place: int, *kinds: Word) -> int:
        """Return the first place from `place` on whose token is of none of `kinds`."""
        end = place
        while end - place < _MOST_FILLERS and self.kind_at(end) in kinds:
            end += 1
        return end

    def take(self, end: int | None = None) -> None:
        """Take the tokens up to `end` (the one at the place, when none is given) as understood."""
        end = self.place + 1 if end is None else end
        for place in range(self.place, end):
            self.taken[place] = True
        self.place = end

    def leave(self) -> None:
        """Go on behind the token at the place, which is not understood."""
        self.place += 1

    def warn(self, code: str, start: int, end: int, **params: str) -> None:
        """Remember something that an editor must look at."""
        self.warnings.append(Warning_(code, params, start, end))

    def name_season(self, season: Season) -> None:
        """Let what follows be about a part of the year; one that nothing was said of is unread."""
        self.settle_season()
        self.season = self.unused_season = season
        self.frame.season_is_new = True

    def settle_season(self) -> None:
        """Give back a part of the year that nothing was said of."""
        season, self.unused_season = self.unused_season, None
        if season:
            self.reject("season_without_hours", season.start, season.end)

    def reject(self, code: str, start: int, end: int, **params: str) -> None:
        """Give back what was taken from `start` to `end`: it is unread, with the reason."""
        self.rejected.append((start, end))
        self.warn(code, start, end, **params)

    def span_of(self, first: int, end: int) -> tuple[int, int]:
        """Return where the tokens from `first` up to `end` stand in the text."""
        return self.tokens[first].start, self.tokens[max(end - 1, first)].end

    def emit(self, action: Action, start: int, end: int, **values: object) -> Statement:
        """Add a statement about the days that wait, in the area and season of this place."""
        frame = self.frame
        days = frame.days
        if days is None and action == Action.HOURS:
            days = self._days_around()
        statement = Statement(
            action,
            min(start, days.start) if days and days is frame.days and not frame.is_postfix else start,
            end,
            days=days,
            area=self.area,
            season=self.season,
            introduces_season=frame.season_is_new,
            introduces_area=frame.area_is_new,
            all_areas=frame.all_areas,
            valid_from=self.valid_from,
            excepted=frame.excepted,
            strength=self.strength,
            in_brackets=bool(self.outer),
        )
        for name, value in values.items():
            setattr(statement, name, value)
        if frame.halves and action != Action.CLOSED:
            for half, _ in frame.halves:
                self.reject("half_day_unclear", half.start, half.end)
        if self.occasion is not None:
            self.reject("occasion_unknown", min(self.occasion, start), max(self.occasion, end))
            self._next_frame()
            return statement
        if days and days.doubt:
            self.warn(days.doubt, days.start, days.end)
        self.statements.append(statement)
        self._next_frame()
        self.strength = 0
        self.unused_season = None
        return statement

    def _next_frame(self) -> None:
        """Begin another statement of the same clause, in the same way."""
        before = self.frame
        self.frame = Frame(
            kind=before.kind,
            also=before.also,
            admission=before.admission,
            state=before.state,
            unused=before.unused,
            after=before.after,
        )

    def modify(self, name: str, value: object) -> None:
        """Keep the way in which the times that follow are open: their kind, price, state. Takes the token."""
        setattr(self.frame, name, value)
        self.frame.unused[name] = self.place
        self.take()

    def give_back_unused(self, *, all_kinds: bool) -> None:
        """End the reach of such words at a mark; those that no times followed are unread."""
        frame = self.frame
        for name in _REACH_FAR + _REACH_A_COMMA if all_kinds else _REACH_A_COMMA:
            place = frame.unused.pop(name, None)
            if name == self.headed and not all_kinds:
                if place is not None:
                    frame.unused[name] = place
                continue
            if place is not None:
                self.taken[place] = False
            default = getattr(Frame(), name)
            setattr(frame, name, default)
        if all_kinds:
            self.headed = ""

    def _days_around(self) -> Days | None:
        """The days of hours that name none: those before their bracket, or those of the heading."""
        outer = self.outer[-1] if self.outer else None
        if outer and outer.days and not outer.is_postfix:
            days, outer.days, outer.is_open = outer.days, None, False
            return days
        return self.heading

    @property
    def last(self) -> Statement | None:
        """The statement read last; 中午不休 says nothing new of the hours it stands in."""
        return next((each for each in reversed(self.statements) if each.action != Action.NO_BREAK), None)
