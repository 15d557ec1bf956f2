"""What follows for the hours from changes that do not go through a venue's or a notice's ``save``."""

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import PageViewRestriction

from openness.core import outbox
from venues.compile import compile_venue
from venues.models import NoticeVenue, OpeningNoticePage, VenuePage


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs) -> None:
    """A notice below a page that is hidden (or shown again) stops (or begins) to change hours."""
    notices = OpeningNoticePage.objects.filter(path__startswith=instance.page.path)
    for venue in VenuePage.objects.filter(notices__notice__in=notices).distinct().order_by("pk"):
        compile_venue(venue, cause="notice")


@receiver(pre_delete, sender=OpeningNoticePage)
def remember_venues(instance: OpeningNoticePage, **kwargs) -> None:
    instance.venues_before_deletion = list(
        NoticeVenue.objects.filter(notice=instance).values_list("venue_id", flat=True)
    )


@receiver(post_delete, sender=OpeningNoticePage)
def notice_deleted(instance: OpeningNoticePage, **kwargs) -> None:
    """Give the venues of a deleted notice their own hours back; still inside the deletion's transaction."""
    for venue in VenuePage.objects.filter(pk__in=instance.venues_before_deletion).order_by("pk"):
        compile_venue(venue, cause="notice")


@receiver(post_delete, sender=VenuePage)
def venue_deleted(instance: VenuePage, **kwargs) -> None:
    outbox.publish("venue", instance.code)
