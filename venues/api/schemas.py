"""What is answered. Instants are in the city's time (+08:00); periods are half-open."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, Field

from openness.core.clock import local
from venues.enums import DayStatus, SessionKind, SessionState

Moment = Annotated[datetime, AfterValidator(local)]


class Named(Schema):
    """A word of a vocabulary."""

    code: str = Field(examples=["library"])
    name: str = Field(examples=["图书馆"])


class VenueLink(Schema):
    """Another venue."""

    code: str
    title: str
    url: str


class Notice(Schema):
    """A public opening notice."""

    id: str
    title: str = Field(description="Empty when the notice is not public any more.")
    url: str


class Because(Schema):
    """The rule or notice that decides, and what it beat."""

    text: str = Field(description="One sentence for people.", examples=["每周一闭馆"])
    layer: str = Field(
        description="`base`, `season`, `holiday`, `notice`, `emergency`, or `life` where the venue is no more.",
        examples=["base"],
    )
    schedule: str = Field(description="Key of the schedule.")
    rule: str = Field(description="Key of its rule; empty where no rule of the schedule names the day.")
    label: str = Field(description="The rule's own words.")
    notice: Notice | None
    overrode: list[str] = Field(description="`schedule/rule` keys that it beat.")


class Status(Schema):
    """The state at an instant, for the general public."""

    at: Moment
    state: DayStatus = Field(description="`unknown` where nobody has told the hours: never `closed`.")
    area: str = Field(
        description="Key of the area that speaks for the venue; empty for the venue as a whole."
    )
    area_name: str
    can_enter: bool = Field(description="Whether one may still go in: not after the last entry.")
    until: Moment | None = Field(
        description="End of this state: for `open` of the unbroken opening, for `closed` the next opening."
        " Null where that is not known."
    )
    last_entry_at: Moment | None = Field(
        description="When entry stops; `until` where the venue names no last entry."
    )
    next_opens_at: Moment | None = Field(description="When one can next go in, if not now.")
    provisional: bool = Field(description="Whether it rests on public holidays that are not confirmed yet.")
    because: Because | None


class VenueBrief(Schema):
    """A venue as lists show it."""

    code: str = Field(description="Permanent.", examples=["fz-library"])
    title: str = Field(examples=["丰泽区图书馆"])
    url: str = Field(description="Its page for people.")
    summary: str
    type: Named | None
    region: Named | None
    department: Named | None
    admission: str = Field(description="What it costs, for the general public.", examples=["free"])
    address: str
    phone: str
    longitude: float | None
    latitude: float | None
    facilities: list[Named]
    kinds: list[SessionKind] = Field(description="Kinds of hours that it has.")
    checked_on: date | None = Field(description="When someone last made sure that this is true.")


class VenueWithStatus(VenueBrief):
    """A venue and its state now."""

    status: Status


class Page(Schema):
    """A part of a list."""

    total: int = Field(description="Venues on all pages.")
    page: int
    size: int
    next: str | None = Field(description="Address of the next page.")
    previous: str | None = Field(description="Address of the page before.")


class VenueList(Page):
    """A page of venues."""

    venues: list[VenueWithStatus]


class Area(Schema):
    """A part of a venue with a door of its own."""

    key: str
    name: str
    is_general_public: bool


class LifeState(Schema):
    """Where the venue stands between plan and end."""

    state: str = Field(
        description="`planned`, `trial`, `open`, `closed_for_good`, `moved` or `merged`.", examples=["open"]
    )
    since: date | None
    note: str
    successor: VenueLink | None = Field(description="Where to go instead.")


class Booking(Schema):
    """How to book."""

    rule: str
    url: str


class Offer(Schema):
    """A price for some people or some days."""

    name: str
    price: float = Field(description="In yuan.")
    normal_price: float | None
    unit: str
    condition: str
    proof_required: str
    audiences: list[Named] = Field(description="Empty means everyone.")
    valid_from: date | None
    valid_to: date | None


class ServiceItem(Schema):
    """A service of the venue."""

    name: str
    audience: Named | None
    price: str
    booking: str
    area: str


class Source(Schema):
    """Where the facts come from."""

    name: str
    url: str
    hours: str = Field(description="Source of the hours.")
    hours_as_of: str = Field(description="The date of that source, as it states it.")


class VenueDetail(VenueWithStatus):
    """A venue with all its facts."""

    operator: str
    grade: str
    is_disclosure_point: bool = Field(description="Government information can be read here (政府信息查阅点).")
    supervising_department: Named | None
    datum: str = Field(
        description="System of the coordinates: `cgcs2000`, `wgs84`, `gcj02`, `bd09` or empty."
    )
    admission_condition: str
    booking: Booking
    offers: list[Offer] = Field(description="Those that are not over.")
    service_items: list[ServiceItem]
    hours_mode: str = Field(description="`own`, `same_as_parent`, `by_appointment` or `unknown`.")
    areas: list[Area]
    schedule: dict[str, Any] | None = Field(
        description="The published rules of the hours, notices included, as `manage.py hours` reads and writes"
        " them. Null where no hours are public."
    )
    opening_hours_osm: dict[str, str] = Field(
        description="The hours as OpenStreetMap `opening_hours` strings by key of the area (empty: the venue as a"
        " whole), exact for the compiled days: holidays and notices are written as dates.",
        examples=[{"": "Tu-Su 09:00-17:00; 2026 Feb 16-23 09:00-17:00"}],
    )
    life: LifeState
    parent: VenueLink | None
    branches: list[VenueLink]
    notices: list[Notice] = Field(description="Its public opening notices, the latest first.")
    source: Source
    published_at: Moment | None


class Interval(Schema):
    """One span in which one area can be entered by someone."""

    opens_at: Moment
    closes_at: Moment
    last_entry_at: Moment
    state: SessionState
    kind: SessionKind
    condition: str
    audience: str = Field(description="Code of the group it is for; empty for everyone.")
    admission: str
    is_general_public: bool = Field(description="Whether anybody may walk in.")
    because: Because


class BusinessDay(Schema):
    """What one date is for one area. A span past midnight belongs to the date on which it began."""

    date: date
    area: str
    status: DayStatus
    provisional: bool
    because: Because
    intervals: list[Interval]


class Days(Schema):
    """The days of a venue."""

    code: str
    from_: date = Field(serialization_alias="from")
    to: date
    areas: list[Area]
    days: list[BusinessDay]


class OpenVenue(VenueBrief):
    """A venue that can be entered at the time asked about."""

    area: str = Field(description="Key of the area where one can stay longest.")
    area_name: str
    minutes: int | None = Field(
        description="How long one can stay; at most a week. Null where only an appointment tells."
    )
    opens_at: Moment | None
    until: Moment | None = Field(
        description="End of the unbroken opening; null where it goes on beyond the known days."
    )
    last_entry_at: Moment | None
    state: SessionState | None = Field(description="How one gets in.")
    kind: SessionKind | None
    condition: str
    audience: str
    provisional: bool
    because: Because | None


class OpenGroup(Schema):
    """Venues that are open alike; ``total`` counts all pages."""

    total: int
    venues: list[OpenVenue]


class OpenGroups(Schema):
    """Who may come in."""

    open: OpenGroup = Field(description="Anybody.")
    restricted: OpenGroup = Field(description="By booking, by appointment, or for members or one group only.")


class OpenVenues(Page):
    """Venues that are open at an instant, or long enough within a period."""

    from_: Moment = Field(serialization_alias="from", description="The instant, or the start of the period.")
    to: Moment | None = Field(description="End of the period; null for an instant.")
    minutes: int | None = Field(description="How long one wants to stay; null for an instant.")
    unknown: int = Field(description="How many venues may be open or not: nobody has told their hours.")
    groups: OpenGroups
