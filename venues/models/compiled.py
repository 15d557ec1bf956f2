"""Compiled tables: what the public reads. Only ``venues/compile.py`` writes them.

Instants are UTC in the database; business dates are Asia/Shanghai. Spans are half-open. All rows hang
on the venue's source-language page.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from venues.enums import DayStatus, SessionKind, SessionState


class Interval(models.Model):
    """One span in which one area can be entered by someone."""

    # The index of venue and date serves the venue alone too.
    venue = models.ForeignKey(
        "venues.VenuePage", on_delete=models.CASCADE, related_name="intervals", db_index=False
    )
    area_key = models.CharField(max_length=40, blank=True)
    business_date = models.DateField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # The last instant at which one may enter; ``closes_at`` where the venue names none.
    last_entry_at = models.DateTimeField()
    # The end of the unbroken opening that this span belongs to: a 24-hour room has one per day, and no gap.
    continues_until = models.DateTimeField()
    state = models.CharField(max_length=14, choices=SessionState)
    kind = models.CharField(max_length=10, choices=SessionKind)
    condition = models.CharField(max_length=120, blank=True)
    audience_code = models.CharField(max_length=40, blank=True)
    is_general_public = models.BooleanField()
    admission = models.CharField(max_length=12)
    provisional = models.BooleanField(default=False)
    because = models.JSONField(default=dict)

    class Meta:
        ordering = ("opens_at", "closes_at")
        indexes: ClassVar = [
            # All that a question about a time asks of a span, so that the index alone answers it.
            models.Index(
                fields=[
                    "opens_at",
                    "continues_until",
                    "last_entry_at",
                    "venue",
                    "is_general_public",
                    "kind",
                    "admission",
                ],
                name="venues_interval_open",
            ),
            models.Index(fields=["venue", "business_date"], name="venues_interval_day"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="venues_interval_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(last_entry_at__gte=F("opens_at"), last_entry_at__lte=F("closes_at")),
                name="venues_interval_last_entry_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.area_key} {self.opens_at:%Y-%m-%d %H:%M}"


class VenueDay(models.Model):
    """What a day is for an area of a venue: every day has a row, closed and unknown ones too."""

    # The unique index of venue, area and date serves the venue alone too.
    venue = models.ForeignKey(
        "venues.VenuePage", on_delete=models.CASCADE, related_name="days", db_index=False
    )
    area_key = models.CharField(max_length=40, blank=True)
    business_date = models.DateField()
    status = models.CharField(max_length=14, choices=DayStatus)
    provisional = models.BooleanField(default=False)
    because = models.JSONField(default=dict)

    class Meta:
        ordering = ("business_date", "area_key")
        indexes: ClassVar = [
            models.Index(fields=["business_date", "status", "venue"], name="venues_day_status"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["venue", "area_key", "business_date"], name="venues_one_row_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.area_key} {self.business_date}: {self.status}"


class VenueEntry(models.Model):
    """One flat row per public venue page: every list and every facet reads it, and nothing else."""

    page = models.OneToOneField("venues.VenuePage", on_delete=models.CASCADE, related_name="entry")
    # The source-language page, on which intervals and days hang.
    venue = models.ForeignKey("venues.VenuePage", on_delete=models.CASCADE, related_name="entries")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    life = models.CharField(max_length=20)
    hours_mode = models.CharField(max_length=16)
    type_code = models.CharField(max_length=40, blank=True)
    type_lineage = models.CharField(max_length=400, blank=True)
    region_code = models.CharField(max_length=40, blank=True)
    region_lineage = models.CharField(max_length=400, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    admission = models.CharField(max_length=12)
    address_text = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    # Codes between bars (``|wifi|lift|``): one portable column in place of a table and a join.
    facility_codes = models.TextField(blank=True)
    audience_codes = models.TextField(blank=True)
    kinds = models.CharField(max_length=40, blank=True)
    checked_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    search_text = models.TextField(blank=True)

    class Meta:
        ordering = ("title",)
        indexes: ClassVar = [
            models.Index(fields=["locale", "region_lineage"], name="venues_entry_region"),
            models.Index(fields=["locale", "type_lineage"], name="venues_entry_type"),
            models.Index(fields=["locale", "department_code"], name="venues_entry_department"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeVenue(models.Model):
    """Which venues a public notice concerns, worked out when it was published."""

    notice = models.ForeignKey("venues.OpeningNoticePage", on_delete=models.CASCADE, related_name="concerned")
    venue = models.ForeignKey("venues.VenuePage", on_delete=models.CASCADE, related_name="notices")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "venue"], name="venues_notice_names_a_venue_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.venue_id}"


class PublishedCalendar(models.Model):
    """The city calendar that hours were published with, word for word: years can be changed, this cannot."""

    # Of the data: equal calendars are kept once, whatever their years' versions were.
    digest = models.CharField(max_length=64, primary_key=True)
    data = models.JSONField()

    def __str__(self) -> str:
        return self.digest[:8]


class PublishedHours(models.Model):
    """What a venue's public hours were, from when: appended at each change of them or of the calendar, never changed.

    It settles what the page said on a given day (《公共文化服务保障法》 Art. 61).
    """

    venue = models.ForeignKey("venues.VenuePage", on_delete=models.CASCADE, related_name="published_hours")
    # False where the venue stopped showing hours: unpublished, moved, closed for good.
    is_public = models.BooleanField(default=True)
    digest = models.CharField(max_length=64)
    rules = models.JSONField()
    notices = models.JSONField(default=list)
    # Without one, the row is older than calendars are kept.
    calendar = models.ForeignKey(PublishedCalendar, null=True, on_delete=models.PROTECT, related_name="+")
    calendar_version = models.CharField(max_length=120)
    published_at = models.DateTimeField()
    cause = models.CharField(max_length=80)

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["venue", "-published_at"], name="venues_published_hours")]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.published_at:%Y-%m-%d %H:%M} {self.digest[:8]}"
