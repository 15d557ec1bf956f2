from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchKind(models.TextChoices):
    """What a reader can look for; each is a tab of the results."""

    VENUE = "venue", _("Venues")
    NOTICE = "notice", _("Notices")
    POLICY = "policy", _("Policies")
    INTERPRETATION = "interpretation", _("Interpretations")
    NEWS = "news", _("News")
    ACTIVITY = "activity", _("Activities")
    INFORMATION = "information", _("Offices and guides")


class Frequency(models.TextChoices):
    """How often a subscription is answered."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class SubscriptionState(models.TextChoices):
    """What became of a subscription. Only a confirmed one is answered."""

    UNCONFIRMED = "unconfirmed", _("waiting for confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    ENDED = "ended", _("ended")
