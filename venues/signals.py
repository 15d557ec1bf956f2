"""What follows for the hours from changes that do not go through a venue's or a notice's ``save``."""

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from openness.core import outbox
from openness.departments.models import Region, VenueType
from venues.compile import compile_below, compile_notice, compile_venue
from venues.models import HoursStandard, NoticeVenue, OpeningNoticePage, VenuePage
from venues.tasks import HOURS_CHANGED, STANDARDS_CHANGED, TERMS_CHANGED


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs) -> None:
    """A notice below a page that is hidden (or shown again) stops (or begins) to change hours."""
    compile_below(instance.page)


@receiver(post_save)
def page_changed(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """Follow the saves that pass by a venue's or a notice's own ``save``; still inside their transaction.

    Wagtail moves pages and unpublishes expired ones as plain ``Page`` objects. Any other page that is
    hidden or shown takes the notices below it along.
    """
    if not isinstance(instance, Page) or kwargs.get("raw") or kwargs.get("update_fields") is not None:
        return
    if sender is Page:
        specific = instance.specific_class
        if specific and issubclass(specific, VenuePage):
            compile_venue(VenuePage.objects.get(pk=instance.pk), cause="page")
        elif specific and issubclass(specific, OpeningNoticePage):
            notice = OpeningNoticePage.objects.get(pk=instance.pk)
            if notice.is_source:
                compile_notice(notice)
    if instance.numchild:
        compile_below(instance)


@receiver([post_save, post_delete], sender=Region)
@receiver([post_save, post_delete], sender=VenueType)
def terms_changed(instance: models.Model, **kwargs) -> None:
    """Venues carry lineages and names of these in their entries."""
    outbox.publish(TERMS_CHANGED, instance._meta.label_lower)


@receiver(pre_delete, sender=OpeningNoticePage)
def remember_venues(instance: OpeningNoticePage, **kwargs) -> None:
    about = NoticeVenue.objects.filter(notice__in=[instance.pk, instance.supersedes_id])
    instance.venues_before_deletion = list(about.values_list("venue_id", flat=True))


@receiver(post_delete, sender=OpeningNoticePage)
def notice_deleted(instance: OpeningNoticePage, **kwargs) -> None:
    """Compile the venues of a deleted notice and of the one it replaced, inside the deletion's transaction."""
    for venue in VenuePage.objects.filter(pk__in=instance.venues_before_deletion).order_by("pk"):
        compile_venue(venue, cause="notice")


@receiver(pre_delete, sender=VenuePage)
def remember_branches(instance: VenuePage, **kwargs) -> None:
    instance.branches_before_deletion = list(instance.branches.values_list("pk", flat=True))


@receiver(post_delete, sender=VenuePage)
def venue_deleted(instance: VenuePage, **kwargs) -> None:
    """Tell of it, and let branches that had its hours be unknown."""
    outbox.publish("venue", instance.source_page.code)
    for branch in VenuePage.objects.filter(pk__in=instance.branches_before_deletion).order_by("pk"):
        compile_venue(branch, cause="page")


@receiver([page_published, page_unpublished])
def hours_published(instance: Page, **kwargs) -> None:
    """Have the hours checked against their standard, when they are public and not before."""
    if isinstance(instance, VenuePage | OpeningNoticePage):
        with transaction.atomic():
            outbox.publish(HOURS_CHANGED, str(instance.pk))


@receiver([post_save, post_delete], sender=HoursStandard)
def standard_changed(instance: HoursStandard, **kwargs) -> None:
    """Have all venues checked: a standard holds for the types below its own too."""
    with transaction.atomic():
        outbox.publish(STANDARDS_CHANGED, str(instance.pk))
