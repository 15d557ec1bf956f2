"""What the venues room tells on the pages of earlier rooms: the notices that rest on a document."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from openness.core.beside import BesideSection
from openness.core.gate import visible
from openness.core.listing import listing_rows
from openness.core.models import BasePage
from venues.models import OpeningNoticePage

# A page tells the latest.
TOLD_BESIDE = 10


def notices_on_document(page: BasePage, request: HttpRequest) -> BesideSection | None:
    """Return the public notices that name a document as what they rest on, the latest first. Two queries."""
    resting = OpeningNoticePage.objects.filter(policy__translation_key=page.translation_key)
    notices = visible(resting, page.locale).order_by("-first_public_at", "-pk")[:TOLD_BESIDE]
    rows = listing_rows(notices, request)
    if not rows:
        return None
    return BesideSection(
        key="notices", title=_("Notices that rest on it"), icon="icons/notice.svg", rows=rows
    )
