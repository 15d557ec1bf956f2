"""The demonstration's activities: none of them is real, and each says so."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from demo.city import department_page, read, term
from news.models import ActivityAudience, ActivityOrganiser, ActivityPage, ActivitySession
from openness.core import clock
from openness.departments.models import AudienceGroup, Department, Region
from openness.media.models import Image
from venues.models import VenuePage

NO_SOURCE = "演示内容"


def load(tell: Callable[[str], Any]) -> None:
    """Publish the activities of ``activities.json``; what is there already is left as it is."""
    rows = read("activities")["activities"]
    tell(f"{len(rows)} activities …")
    pictures = _pictures()
    for row in rows:
        if not ActivityPage.objects.filter(slug=row["code"]).exists():
            _publish(row, pictures.get(row["picture"]))


def _pictures() -> dict[str, Image]:
    """Return the demo's pictures, which the venues have brought, by the type of venue that they show."""
    found = {}
    for row in read("pictures")["pictures"]:
        image = Image.objects.filter(title=row["title"], credit=row["credit"]).first()
        if image is not None:
            found.update(dict.fromkeys(row["venue_types"], image))
    return found


@transaction.atomic
def _publish(row: dict[str, Any], picture: Image | None) -> None:
    activity = ActivityPage(
        live=False,  # until it is published below
        title=row["title"],
        slug=row["code"],
        summary=row["summary"],
        source=NO_SOURCE,
        first_public_at=datetime.fromisoformat(row["published_at"]),
        kind=row["kind"],
        route_name=row["route"],
        picture=picture,
        admission=row["admission"],
        price=Decimal(row["price"]) if row["price"] else None,
        price_note=row["price_note"],
        capacity=row["capacity"],
        registration=row["registration"],
        registration_rule=row["registration_rule"],
        registration_url=row["registration_url"],
        live_url=row["live_url"],
        phone=row["phone"],
        body=[("paragraph", f"<p>{text}</p>") for text in row["body"]],
    )
    activity.sessions = [_session(each, position) for position, each in enumerate(row["sessions"])]
    activity.organisers = [
        ActivityOrganiser(
            department=Department.objects.get(code=each["department"]) if each["department"] else None,
            name=each["name"],
            sort_order=position,
        )
        for position, each in enumerate(row["organisers"])
    ]
    activity.audiences = [
        ActivityAudience(
            audience=term(AudienceGroup, code),
            sort_order=position,
        )
        for position, code in enumerate(row["audiences"])
    ]
    department_page(row["department"]).add_child(instance=activity)
    activity.save_revision().publish()


def _session(row: dict[str, Any], position: int) -> ActivitySession:
    return ActivitySession(
        starts_at=_instant(row["starts"]),
        ends_at=_instant(row["ends"]),
        venue=VenuePage.objects.get(code=row["venue"]) if row["venue"] else None,
        area_key=row["area"],
        region=term(Region, row["region"]) if row["region"] else None,
        place=row["place"],
        longitude=row["longitude"],
        latitude=row["latitude"],
        state=row["state"],
        state_note=row["state_note"],
        sort_order=position,
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.CITY_TZ)
