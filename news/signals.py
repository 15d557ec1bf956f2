"""What follows for the rows of sessions from changes that do not go through an activity's ``save``."""

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page

from news.entries import refresh, refresh_at
from news.models.activity import ActivityPage
from venues.models import VenuePage


@receiver(post_save)
def page_changed(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """Follow a venue, whose place its sessions have, and the saves that pass by an activity's own ``save``.

    Wagtail moves pages and unpublishes expired ones as plain ``Page`` objects. All of it stays inside the
    transaction of the change.
    """
    if not isinstance(instance, Page) or kwargs.get("raw") or kwargs.get("update_fields") is not None:
        return
    if sender is VenuePage:
        refresh_at([instance.pk])
    elif sender is Page and instance.specific_class is ActivityPage:
        refresh(ActivityPage.objects.get(pk=instance.pk))
