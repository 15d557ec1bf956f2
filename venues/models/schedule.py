"""The hours of a venue as rows: schedules, their rules, and the sessions of each rule.

The rows hold exactly what the engine's values hold (``venues.hours``); ``venues/schedules.py`` turns the
ones into the others. Times are minutes from the business date's midnight, Asia/Shanghai: 540 is
09:00, 1500 is 01:00 on the next day.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from venues.enums import MatcherKind, RuleEffect, RuleLayer, SessionKind, SessionState
from venues.nested_rows import NestedRows


class Schedule(NestedRows, Orderable):
    """Rules that hold together: for the venue or one area, always, in a season, or from one day to another."""

    page = ParentalKey("venues.VenuePage", on_delete=models.CASCADE, related_name="schedules")
    key = models.CharField(max_length=40)
    layer = models.CharField(_("layer"), max_length=10, choices=RuleLayer, default=RuleLayer.BASE)
    area_key = models.CharField(_("area"), max_length=40, blank=True)
    label = models.CharField(_("name"), max_length=80, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    # Month and day as MM-DD: a season that comes back every year and may run over New Year.
    annual_from = models.CharField(max_length=5, blank=True)
    annual_to = models.CharField(max_length=5, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("schedule")

    def __str__(self) -> str:
        return self.label or self.key


class Rule(NestedRows, Orderable):
    """On which days, and what it does to them."""

    schedule = ParentalKey(Schedule, on_delete=models.CASCADE, related_name="rules")
    key = models.CharField(max_length=40)
    effect = models.CharField(_("effect"), max_length=10, choices=RuleEffect, default=RuleEffect.REPLACE)
    matcher_kind = models.CharField(
        _("days"), max_length=12, choices=MatcherKind, default=MatcherKind.EVERY_DAY
    )
    # The fields of the engine's Matcher beside its kind, as JSON: few are set in any one rule.
    matcher = models.JSONField(default=dict, blank=True)
    label = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("rule")

    def __str__(self) -> str:
        return self.label or self.key


class AbstractSession(Orderable):
    """A span in which people may come in."""

    opens = models.PositiveSmallIntegerField(_("opens"))
    closes = models.PositiveSmallIntegerField(_("closes"))
    last_entry = models.PositiveSmallIntegerField(_("last entry"), null=True, blank=True)
    state = models.CharField(
        _("who may come in"), max_length=14, choices=SessionState, default=SessionState.OPEN
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SessionKind, default=SessionKind.REGULAR)
    condition = models.CharField(_("condition"), max_length=120, blank=True)
    audience_code = models.CharField(_("for whom"), max_length=40, blank=True)
    admission = models.CharField(_("admission"), max_length=12, blank=True)

    class Meta(Orderable.Meta):
        abstract = True


class Session(AbstractSession):
    """A session of a rule."""

    rule = ParentalKey(Rule, on_delete=models.CASCADE, related_name="sessions")

    class Meta(AbstractSession.Meta):
        verbose_name = _("session")
