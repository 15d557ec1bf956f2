"""Load the demonstration city from ``demo/quanzhou``. What is there already is left as it is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files import File
from django.db import transaction

from demo import activities, disclosure, news, policies
from demo.city import CITY, department_page, read, term
from home.founding import found_city, save_terms
from openness.accounts.models import User
from openness.core import clock
from openness.core.calendars.calendar_file import load
from openness.core.calendars.entering import enter_calendar
from openness.core.calendars.shipped import shipped_file
from openness.core.models import SiteIdentity
from openness.departments.models import (
    AudienceGroup,
    Department,
    Facility,
    Membership,
    Region,
    Topic,
    VenueType,
)
from openness.media.models import Image
from search import engines, indexing
from venues import hours
from venues.compliance import check_all
from venues.default_standards import add_default_standards
from venues.models import (
    NoticeEffect,
    NoticeSession,
    NoticeTarget,
    Offer,
    OfferAudience,
    OpeningNoticePage,
    ServiceItem,
    VenueArea,
    VenueFacility,
    VenuePage,
    VenuePhoto,
)
from venues.schedules import set_schedules

PASSWORD = "openness-demo-2026"
YEAR = 2026  # in which the demonstration takes place
ADMINISTRATOR = "admin@demo.example"
# No official numbers: they are the city's own, and empty ones are not printed.
IDENTITY = {"organiser": "公共文化开放牵头办公室（演示）", "email": "office@demo.example"}
Tell = Callable[[str], Any]


def load_demo(*, tell: Tell = print) -> None:
    """Found Quanzhou and load its calendar, venues, notices, policies and accounts, a line per step."""
    tell("City, regions, departments …")
    vocabularies = read("vocabularies")
    found_city(
        name="泉州市",
        regions=read("regions")["regions"],
        departments=read("departments")["departments"],
        is_demo=True,
    )
    SiteIdentity.objects.filter(email="").update(**IDENTITY)
    for model, name in (
        (VenueType, "venue_types"),
        (Facility, "facilities"),
        (AudienceGroup, "audience_groups"),
        (Topic, "topics"),
    ):
        save_terms(model, vocabularies[name])
    add_default_standards()
    tell("Calendar …")
    _load_calendar()
    tell("Pictures …")
    pictures = _load_pictures(read("pictures")["pictures"])
    venues = read("venues")["venues"]
    tell(f"{len(venues)} venues …")
    _load_venues(venues, pictures)
    notices = read("notices")["notices"]
    tell(f"{len(notices)} notices …")
    for row in sorted(notices, key=lambda row: row["announced_on"] or ""):
        _load_notice(row)
    check_all()
    policies.load(tell)
    disclosure.load(tell)
    activities.load(tell)
    news.load(tell)
    tell("Accounts …")
    _load_accounts(read("accounts")["accounts"])
    tell("Search index …")
    # The worker would do it too: whoever looks for a page at once finds it.
    for engine in engines.names():
        try:
            indexing.rebuild(engine, tell=lambda line: None)
        except engines.ENGINE_ERRORS as error:
            tell(f"{engine} does not answer ({error}). When it does: manage.py search rebuild")


def sign_ins() -> list[tuple[str, str]]:
    """Return e-mail and role of each demonstration account; all share ``PASSWORD``."""
    members = Membership.objects.filter(user__email__endswith="@demo.example").select_related(
        "user", "department"
    )
    rows = [
        (
            each.user.email,
            " · ".join(
                filter(None, [each.department.short_name if each.department else "", each.get_role_display()])
            ),
        )
        for each in members
    ]
    return [(ADMINISTRATOR, "administrator"), *rows]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and len(text) == len("2026-11-19") else None


def _noon(day: date) -> datetime:
    """The hour of publication is not known where only the day is; noon stands for it."""
    return hours.instant(day, 12 * 60)


def _load_calendar() -> None:
    """The year as the State Council announced it comes with the product; the city's own is its schools."""
    announced = [each for each in shipped_file().years if each.year == YEAR]
    enter_calendar(load(CITY / "calendar.json")._replace(years=tuple(announced)))


def _load_pictures(rows: list[dict[str, Any]]) -> dict[str, Image]:
    """Return the demo's pictures by venue type."""
    by_type = {}
    for row in rows:
        image = Image.objects.filter(title=row["title"], credit=row["credit"]).first()
        if image is None:
            image = Image(
                title=row["title"], alt_text=row["alt_text"], credit=row["credit"], source=row["source"]
            )
            with (CITY / row["file"]).open("rb") as file:
                image.file.save(Path(row["file"]).name, File(file), save=False)
                image.save()
        by_type.update(dict.fromkeys(row["venue_types"], image))
    return by_type


def _load_venues(rows: list[dict[str, Any]], pictures: dict[str, Image]) -> None:
    # Parents first, so that a branch finds the venue it belongs to.
    for row in sorted(rows, key=lambda row: bool(row["parent_code"])):
        if not VenuePage.objects.filter(code=row["code"]).exists():
            _load_venue(row, pictures.get(row["type"]))


@transaction.atomic
def _load_venue(row: dict[str, Any], picture: Image | None) -> None:
    venue = VenuePage(
        live=False,  # until it is published below
        title=row["title"],
        code=row["code"],
        summary=row["summary"],
        source=row["source_title"][:120],
        checked_on=_day(row["checked_on"]),
        first_public_at=clock.now(),
        venue_type=term(VenueType, row["type"]),
        operator_kind=row["operator_kind"],
        grade=row["grade"],
        is_disclosure_point=row["is_disclosure_point"],
        parent_venue=VenuePage.objects.filter(code=row["parent_code"]).first()
        if row["parent_code"]
        else None,
        life=row["life"],
        region=term(Region, row["region_code"]),
        address_text=row["address"],
        longitude=row["longitude"],
        latitude=row["latitude"],
        datum=row["datum"],
        phone=row["phone"],
        admission=row["admission"] or "unknown",
        admission_condition=row["admission_condition"],
        booking_rule=row["booking_rule"],
        booking_url=row["booking_url"],
        hours_mode=row["hours_mode"],
        hours_source=row["hours_source_title"] or "",
        hours_as_of=row["hours_as_of"] or "",
        body=[("paragraph", f"<p>{text}</p>") for text in row["body"]],
    )
    venue.areas = [
        VenueArea(
            key=area["key"], name=area["name"], is_general_public=area["general_public"], sort_order=position
        )
        for position, area in enumerate(row["areas"])
    ]
    venue.facilities = [
        VenueFacility(facility=term(Facility, code), sort_order=position)
        for position, code in enumerate(row["facilities"])
    ]
    venue.offers = [_offer(offer, position) for position, offer in enumerate(row["offers"])]
    venue.service_items = [
        ServiceItem(
            name=item["name"],
            audience=term(AudienceGroup, item["audience"]) if item["audience"] else None,
            price_note=item["price_note"],
            booking_note=item["booking_note"],
            area_key=item["area_key"],
            sort_order=position,
        )
        for position, item in enumerate(row["service_items"])
    ]
    if row["hours"]:
        set_schedules(venue, hours.from_dict(row["hours"]).schedules)
    if picture:
        venue.photos = [VenuePhoto(image=picture)]
    department_page(row["department"]).add_child(instance=venue)
    venue.save_revision().publish()


def _offer(row: dict[str, Any], position: int) -> Offer:
    offer = Offer(
        name=row["name"],
        price=row["price"],
        normal_price=row["normal_price"],
        unit=row["unit"],
        condition=row["condition"],
        proof_required=row["proof_required"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        sort_order=position,
    )
    offer.audiences = [OfferAudience(audience=term(AudienceGroup, code)) for code in row["audience"]]
    return offer


@transaction.atomic
def _load_notice(row: dict[str, Any]) -> None:
    parent = department_page(row["department"])
    if OpeningNoticePage.objects.filter(slug=row["code"]).exists():
        return
    announced = _day(row["announced_on"])
    notice = OpeningNoticePage(
        live=False,  # until it is published below
        title=row["title"],
        slug=row["code"],
        reason=row["reason"],
        legal_ground=row["legal_ground"],
        is_emergency=row["is_emergency"],
        urgent_reason=row["urgent_reason"],
        source=row["source_title"][:120],
        first_public_at=_noon(announced) if announced else clock.now(),
        body="".join(f"<p>{text}</p>" for text in row["body"]),
    )
    notice.targets = [
        NoticeTarget(venue=VenuePage.objects.get(code=code), sort_order=position)
        for position, code in enumerate(row["venues"])
    ]
    effects = []
    for position, effect in enumerate(row["effects"]):
        item = NoticeEffect(
            kind=effect["kind"],
            area_key=effect["area"],
            first=_day(effect["first"]),
            last=_day(effect["last"]),
            window_opens=effect["window_opens"],
            window_closes=effect["window_closes"],
            sort_order=position,
        )
        item.sessions = [
            NoticeSession(
                opens=each["opens"],
                closes=each["closes"],
                last_entry=each.get("last_entry"),
                sort_order=number,
            )
            for number, each in enumerate(effect["sessions"])
        ]
        effects.append(item)
    notice.effects = effects
    parent.add_child(instance=notice)
    notice.save_revision().publish()


def _load_accounts(rows: list[dict[str, Any]]) -> None:
    password = make_password(PASSWORD)
    User.objects.get_or_create(
        email=ADMINISTRATOR,
        defaults={
            "full_name": "系统管理员（演示）",
            "is_superuser": True,
            "is_staff": True,
            "password": password,
        },
    )
    for row in rows:
        user, __ = User.objects.get_or_create(
            email=row["email"], defaults={"full_name": row["full_name"], "password": password}
        )
        for membership in row["memberships"]:
            Membership.objects.get_or_create(
                user=user,
                department=Department.objects.filter(code=membership["department"]).first()
                if membership["department"]
                else None,
                role=membership["role"],
                defaults={"since": clock.today() - timedelta(days=1), "language": membership["language"]},
            )
