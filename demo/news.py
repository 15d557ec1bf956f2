"""News of the demonstration city, in our own words: each says on whose report it rests."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from home.models import DepartmentPage
from news.models import NewsPage, NewsPolicy, NewsTopic, NewsVenue
from openness.departments.models import Topic
from openness.media.models import Image
from policies.models import PolicyPage
from venues.models import VenuePage

CITY = Path(__file__).parent / "quanzhou"
SOURCE_LANGUAGE = "zh-hans"


def load(tell: Callable[[str], Any]) -> None:
    """Publish the news that are not there yet. Departments, venues, documents and pictures come before them."""
    rows = _read("news")["news"]
    tell(f"{len(rows)} news …")
    titles = {row["key"]: row["title"] for row in _read("pictures")["pictures"]}
    for row in sorted(rows, key=lambda row: row["published_at"]):
        if not NewsPage.objects.filter(slug=row["code"]).exists():
            _publish(row, titles)


@transaction.atomic
def _publish(row: dict[str, Any], pictures: dict[str, str]) -> None:
    page = NewsPage(
        live=False,  # until it is published below
        title=row["title"],
        slug=row["code"],
        summary=row["summary"],
        origin=row["origin"],
        source=row["source"],
        source_url=row["source_url"],
        author="演示编写",
        first_public_at=datetime.fromisoformat(row["published_at"]),
        body=[_block(block, pictures) for block in row["body"]],
    )
    page.topics = [
        NewsTopic(
            topic=Topic.objects.get(code=code, locale__language_code=SOURCE_LANGUAGE), sort_order=position
        )
        for position, code in enumerate(row["topics"])
    ]
    page.venues = [
        NewsVenue(venue=VenuePage.objects.get(code=code), sort_order=position)
        for position, code in enumerate(row["venues"])
    ]
    page.policies = [
        NewsPolicy(
            policy=PolicyPage.objects.get(slug=code, locale__language_code=SOURCE_LANGUAGE),
            sort_order=position,
        )
        for position, code in enumerate(row["policies"])
    ]
    parent = DepartmentPage.objects.get(
        department__code=row["department"], locale__language_code=SOURCE_LANGUAGE
    )
    parent.add_child(instance=page)
    page.save_revision().publish()


def _block(block: dict[str, str], pictures: dict[str, str]) -> tuple[str, Any]:
    """Return a block as a stream takes it; a picture says here what it says everywhere."""
    if block["type"] != "image":
        return block["type"], block["value"]
    picture = Image.objects.get(title=pictures[block["value"]])
    picture.contextual_alt_text, picture.decorative = picture.alt_text, False
    return "image", picture


def _read(name: str) -> dict[str, Any]:
    return json.loads((CITY / f"{name}.json").read_text(encoding="utf-8"))
