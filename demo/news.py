"""News of the demonstration city, in our own words: each says on whose report it rests."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from demo.city import department_page, read, term
from news.models import NewsPage, NewsPolicy, NewsTopic, NewsVenue
from openness.departments.models import Topic
from openness.departments.selectors import SOURCE_LANGUAGE
from openness.media.models import Image
from policies.models import PolicyPage
from venues.models import VenuePage


def load(tell: Callable[[str], Any]) -> None:
    """Publish the news that are not there yet. Departments, venues, documents and pictures come before them."""
    rows = read("news")["news"]
    tell(f"{len(rows)} news …")
    titles = {row["key"]: row["title"] for row in read("pictures")["pictures"]}
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
        NewsTopic(topic=term(Topic, code), sort_order=position) for position, code in enumerate(row["topics"])
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
    department_page(row["department"]).add_child(instance=page)
    page.save_revision().publish()


def _block(block: dict[str, str], pictures: dict[str, str]) -> tuple[str, Any]:
    """Return a block as a stream takes it; a picture says here what it says everywhere."""
    if block["type"] != "image":
        return block["type"], block["value"]
    picture = Image.objects.get(title=pictures[block["value"]])
    picture.contextual_alt_text, picture.decorative = picture.alt_text, False
    return "image", picture
