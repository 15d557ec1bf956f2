"""Closed lists of the venues room. The engine's own (layers, effects, states) are labelled here for forms."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OperatorKind(TextChoices):
    """Who runs the venue: not only government opens its doors."""

    GOVERNMENT = "government", _("government")
    INSTITUTION = "institution", _("public institution")
    SCHOOL = "school", _("school")
    ENTERPRISE = "enterprise", _("enterprise")
    SOCIAL = "social", _("social organisation")


class Admission(TextChoices):
    """What it costs to get in, for the general public."""

    FREE = "free", _("free")
    DISCOUNT = "discount", _("discounted")
    LOW_FEE = "low_fee", _("low fee")
    PAID = "paid", _("paid")
    MIXED = "mixed", _("partly free")
    UNKNOWN = "unknown", _("not known")


class Life(TextChoices):
    """Where a venue stands between plan and end. What was public never disappears; it says what happened."""

    PLANNED = "planned", _("planned")
    TRIAL = "trial", _("trial opening")
    OPEN = "open", _("in service")
    CLOSED_FOR_GOOD = "closed_for_good", _("closed for good")
    MOVED = "moved", _("moved")
    MERGED = "merged", _("merged into another venue")


ENDED = frozenset({Life.CLOSED_FOR_GOOD, Life.MOVED, Life.MERGED})


class HoursMode(TextChoices):
    """Where a venue's hours come from."""

    OWN = "own", _("its own hours")
    SAME_AS_PARENT = "same_as_parent", _("the same as the parent venue")
    BY_APPOINTMENT = "by_appointment", _("by appointment only")
    UNKNOWN = "unknown", _("not known yet")


class Datum(TextChoices):
    """The system that coordinates are given in; Chinese maps shift them."""

    CGCS2000 = "cgcs2000", "CGCS2000"
    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", "GCJ-02"
    BD09 = "bd09", "BD-09"


class EffectKind(TextChoices):
    """What a notice does to the hours."""

    CLOSE = "close", _("close")
    EXTEND = "extend", _("open longer")
    CHANGE = "change", _("change hours")
    SPECIAL_OPENING = "special_opening", _("open specially")


class UrgentKind(TextChoices):
    """Why a closure could not be announced seven days ahead (《公共文化体育设施条例》 Art. 18)."""

    FORCE_MAJEURE = "force_majeure", _("force majeure")
    URGENT = "urgent", _("urgent matter")


class HolidayChoice(TextChoices):
    """What a venue does on a public holiday."""

    AS_USUAL = "as_usual", _("as usual")
    CLOSED = "closed", _("closed")
    HOURS = "hours", _("these hours")


class NoticeScope(TextChoices):
    """Which venues a notice concerns."""

    NAMED = "named", _("the venues named below")
    SELECTION = "selection", _("all venues of a region, of certain types or departments")


class Supersedes(TextChoices):
    """What a notice does to an earlier one."""

    REPLACES = "replaces", _("replaces it from its own first day on")
    ENDS = "ends", _("ends it from its own first day on")


class DayStatus(TextChoices):
    """What a day of a venue or area is, in one word."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    BY_APPOINTMENT = "by_appointment", _("by appointment")
    UNKNOWN = "unknown", _("not known")


class SessionState(TextChoices):
    """Who may come in during a session, and how."""

    OPEN = "open", _("open to all")
    BY_BOOKING = "by_booking", _("by booking")
    SELF_SERVICE = "self_service", _("self-service")
    MEMBERS = "members", _("members only")


class SessionKind(TextChoices):
    """Whether hours are the usual ones, staggered (错时) or extended (延时)."""

    REGULAR = "regular", _("regular")
    STAGGERED = "staggered", _("staggered hours")
    EXTENDED = "extended", _("extended hours")


class RuleLayer(TextChoices):
    """Which rules come before which: a season before the base, a holiday before both."""

    BASE = "base", _("usual hours")
    SEASON = "season", _("a season")
    HOLIDAY = "holiday", _("holidays and special days")


class RuleEffect(TextChoices):
    """What a matching rule does to the day."""

    REPLACE = "replace", _("these are the day's hours")
    ADD = "add", _("open in addition")
    SUBTRACT = "subtract", _("closed during")


class MatcherKind(TextChoices):
    """Which days a rule is for."""

    EVERY_DAY = "every_day", _("every day")
    WEEKDAYS = "weekdays", _("days of the week")
    DAY_TYPE = "day_type", _("workdays or days off")
    HOLIDAY = "holiday", _("public holidays")
    DATES = "dates", _("dates")
    NTH_WEEKDAY = "nth_weekday", _("a certain weekday of the month")
    LUNAR_DAY = "lunar_day", _("days of the lunar calendar")
    VACATION = "vacation", _("school vacations")
    TERM = "term", _("school term")
    PUT_OFF = "put_off", _("the day a closing is put off to")
