"""What follows for the entries of documents from changes that do not go through the ``save`` of their page."""

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction

from openness.core import outbox
from openness.departments.models import Department, Region
from policies import entries
from policies.models import ClearancePage, PolicyPage, PolicyRelation
from policies.tasks import OWNERS_CHANGED


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs) -> None:
    """What is below a page that is hidden (or shown again) loses (or gains) its effect."""
    entries.refresh_below(instance.page)


@receiver(post_save)
def page_changed(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """Follow the saves that pass by a page's own ``save``; still inside their transaction.

    Wagtail moves pages and unpublishes expired ones as plain ``Page`` objects. Any other page that is hidden or
    shown takes the documents and clearances below it along.
    """
    if not isinstance(instance, Page) or kwargs.get("raw") or kwargs.get("update_fields") is not None:
        return
    is_plain = sender is Page and issubclass(instance.specific_class or Page, PolicyPage | ClearancePage)
    if is_plain or instance.numchild:
        entries.refresh_below(instance)


@receiver([post_save, post_delete], sender=Region)
@receiver([post_save, post_delete], sender=Department)
def owners_changed(instance: models.Model, **kwargs) -> None:
    """Entries carry the code of the department and the lineage of its region."""
    with transaction.atomic():
        outbox.publish(OWNERS_CHANGED, instance._meta.label_lower)


@receiver(pre_delete, sender=PolicyPage)
def remember_targets(instance: PolicyPage, **kwargs) -> None:
    acts = PolicyRelation.objects.filter(page=instance.pk).exclude(target=None)
    instance.targets_before_deletion = list(acts.values_list("target_id", flat=True))


@receiver(pre_delete, sender=ClearancePage)
def remember_documents(instance: ClearancePage, **kwargs) -> None:
    instance.targets_before_deletion = list(instance.decisions.values_list("policy_id", flat=True))


@receiver(post_delete, sender=PolicyPage)
@receiver(post_delete, sender=ClearancePage)
def page_deleted(instance: PolicyPage | ClearancePage, **kwargs) -> None:
    """What the page did ends with it, inside the transaction of the deletion."""
    entries.refresh(instance.targets_before_deletion)
