"""Closed lists of the news room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Origin(TextChoices):
    """Whether a news item was written here or taken over; what is taken over names where it is from."""

    ORIGINAL = "original", _("original (原创)")
    REPRINT = "reprint", _("reprint (转载)")


class ActivityKind(TextChoices):
    """What people come to."""

    PERFORMANCE = "performance", _("performance")
    EXHIBITION = "exhibition", _("exhibition")
    LECTURE = "lecture", _("lecture")
    TRAINING = "training", _("training")
    READING = "reading", _("reading")
    SPORT = "sport", _("sport")
    VOLUNTEERING = "volunteering", _("volunteering")
    MOBILE_SERVICE = "mobile_service", _("mobile service")
    LIVE = "live", _("live stream")


class SessionState(TextChoices):
    """Whether a session takes place as announced; one that does not stays visible."""

    SCHEDULED = "scheduled", _("as announced")
    MOVED = "moved", _("moved to another date")
    CANCELLED = "cancelled", _("cancelled")


class Registration(TextChoices):
    """What one does before coming."""

    NONE = "none", _("just come")
    OPTIONAL = "optional", _("registration recommended")
    REQUIRED = "required", _("registration required")
