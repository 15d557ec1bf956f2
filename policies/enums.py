"""Closed lists of the policies room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Disclosure(TextChoices):
    """Whether a document may be read by everyone; only the first kind is ever public."""

    VOLUNTARY = "voluntary", _("public")
    ON_REQUEST = "on_request", _("on request")
    NOT_DISCLOSED = "not_disclosed", _("not disclosed")
