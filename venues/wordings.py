"""The words in a venue's rows of facts, gathered for translation and looked up by readers."""

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from venues.models import VenuePage


def wording_key(text: str) -> str:
    """Return the key of ``text``: the same words are translated once, wherever they stand."""
    return sha256(text.encode()).hexdigest()[:16]


def _texts(venue: "VenuePage") -> Iterator[str]:
    for offer in venue.offers.all():
        yield from (offer.name, offer.unit, offer.condition, offer.proof_required)
    for item in venue.service_items.all():
        yield from (item.name, item.price_note, item.booking_note)
    for facility in venue.facilities.all():
        yield facility.note
    for schedule in venue.schedules.all():
        yield schedule.label
        for rule in schedule.rules.all():
            yield rule.label
            for session in rule.sessions.all():
                yield session.condition


def gather_wordings(venue: "VenuePage") -> None:
    """Make the venue's translatable words exactly those that its rows hold; known ones keep their translations."""
    from venues.models import VenueWording

    wanted = {wording_key(text): text for text in _texts(venue) if text}
    known = {wording.key: wording for wording in venue.wordings.all()}
    venue.wordings = [
        known.get(key) or VenueWording(key=key, text=text, locale=venue.locale)
        for key, text in sorted(wanted.items())
    ]


class Words:
    """The words of a venue in the language of the page that shows them."""

    def __init__(self, page: "VenuePage") -> None:
        self._translations = {} if page.is_source else dict(page.wordings.values_list("key", "text"))

    def __call__(self, text: str) -> str:
        """Return ``text`` translated where a translation exists, else as it is."""
        return self._translations.get(wording_key(text), text) if text else ""
