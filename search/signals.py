"""What follows for the rows from each kind of change; all of it stays inside the transaction of the change.

The page itself is written at once. Of other pages a few are, too; many are noted, and looked at after the commit.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Collection as DocumentCollection
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import post_page_move

from openness.core.models import BasePage
from openness.core.signals import page_saved
from openness.departments.models import AudienceGroup, Department, Facility, Region, Term, VenueType
from openness.media.models import Document
from policies.entries import entries_written
from policies.models import PolicyEntry, PolicyPage
from search import following
from search.entries import refresh
from search.models import SearchEntry
from search.sending import review, send
from venues.models import VenuePage

# What the pages below a page take from it: whether they may be seen, and whose they are.
HANDED_DOWN = ("live", "expire_at", "departmentpage__department")


@receiver(page_saved)
def page_changed(page: BasePage, **kwargs: Any) -> None:
    """Write the row of a page, and let those follow that name it. A draft that had none costs one query."""
    if not page.search_decision.is_searched:
        return
    if not page.live and not SearchEntry.objects.filter(page=page.pk).exists():
        return
    if refresh([page.pk]) and (named_by := following.naming(page)):
        review(named_by)


@receiver(post_save)
def plain_page_changed(
    sender: type[models.Model],
    instance: Any,
    raw: bool = False,
    update_fields: Any = None,
    **kwargs: Any,
) -> None:
    """Follow the saves that pass by a page's own ``save``: Wagtail unpublishes expired pages as plain ``Page``."""
    if sender is not Page or raw or update_fields is not None:
        return
    page = instance.specific
    if isinstance(page, BasePage):
        page_changed(page)


@receiver(pre_save)
def remember_what_is_handed_down(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page) and instance.pk and instance.numchild:
        instance.handed_down_before = Page.objects.filter(pk=instance.pk).values_list(*HANDED_DOWN).first()


@receiver(post_save)
def page_above_changed(
    sender: type[models.Model], instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A page that is hidden, shown, ends at another instant or is another department's takes along all below it."""
    before = getattr(instance, "handed_down_before", None)
    if not isinstance(instance, Page) or raw or not before:
        return
    # A plain page does not know its department, and does not change it.
    department = getattr(instance, "department_id", before[-1])
    if before != (instance.live, instance.expire_at, department):
        review(following.below(instance))


@receiver(post_page_move)
def page_moved(instance: Page, **kwargs: Any) -> None:
    """What lies elsewhere may belong to another department, or below a page that is hidden."""
    _follow(following.below(Page.objects.get(pk=instance.pk)))


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """What is below a page that is restricted (or no longer) goes (or comes back)."""
    _follow(following.below(instance.page))


@receiver(pre_delete)
def remember_followers(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """What names a page that is being deleted is known only now."""
    if isinstance(instance, VenuePage | PolicyPage):
        with transaction.atomic():
            review(following.naming(instance))


@receiver(post_delete, sender=Page)
def page_deleted(instance: Page, **kwargs: Any) -> None:
    """Tell the engines, and its translations that there is one less. The row went with the page."""
    with transaction.atomic():
        send([instance.pk])
        refresh(Page.objects.filter(translation_key=instance.translation_key).values_list("pk", flat=True))


@receiver(entries_written)
def validity_changed(keys: Collection[int], **kwargs: Any) -> None:
    """A document stands differently: another one acts on it, a clearance decided, or a day came."""
    there = PolicyEntry.objects.filter(policy__in=keys)
    changed = there.exclude(policy__search_entry__validity=F("validity"))
    shown = (
        SearchEntry.objects.filter(page__in=keys)
        .exclude(validity="")
        .exclude(page__in=there.values("policy"))
    )
    _follow([*changed.values_list("policy", flat=True), *shown.values_list("page", flat=True)])


@receiver([post_save, post_delete], sender=Region)
@receiver([post_save, post_delete], sender=VenueType)
@receiver([post_save, post_delete], sender=Facility)
@receiver([post_save, post_delete], sender=AudienceGroup)
def term_changed(instance: Term, **kwargs: Any) -> None:
    """Rows carry the names of terms, and the lineage of regions."""
    _note(following.called(instance))


@receiver(post_save, sender=Department)
def department_changed(instance: Department, **kwargs: Any) -> None:
    """Rows carry the code and the names of the department, and lie in its region."""
    _note(following.of_department(instance))


@receiver(post_save, sender=Document)
def document_changed(instance: Document, **kwargs: Any) -> None:
    """Rows carry the title of a file; and no text of one that moved to where not everybody may open it."""
    _note(following.carrying(document=instance.pk))


@receiver(pre_delete, sender=Document)
def document_deleted(instance: Document, **kwargs: Any) -> None:
    """What carried it is known only now."""
    _note(following.carrying(document=instance.pk))


@receiver(post_save, sender=DocumentCollection)
def collection_changed(instance: DocumentCollection, **kwargs: Any) -> None:
    """A collection that moved may be closed now."""
    _note(following.carrying(document__collection__path__startswith=instance.path))


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def collection_restricted(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """The files of a collection are closed, or open again."""
    _note(following.carrying(document__collection__path__startswith=instance.collection.path))


def _follow(page_ids: Collection[int]) -> None:
    """Write a few rows now, and note many."""
    with transaction.atomic():
        if len(page_ids) <= 20:
            refresh(page_ids)
        else:
            review(page_ids)


def _note(page_ids: Iterable[int]) -> None:
    with transaction.atomic():
        review(page_ids)
