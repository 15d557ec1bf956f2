"""What every template may print."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from openness.core.models import SiteIdentity


def site_identity(request: HttpRequest) -> dict[str, object]:
    """``identity``: the names and numbers of this site, read once per request and only when printed."""
    return {"identity": SimpleLazyObject(lambda: SiteIdentity.for_request(request))}
