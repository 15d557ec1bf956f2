"""What follows from a change of departments' data."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from openness.accounts.models import User
from openness.departments import selectors
from openness.departments.memberships import synchronise
from openness.departments.models import (
    AudienceGroup,
    Department,
    Facility,
    Membership,
    Region,
    Topic,
    VenueType,
)


@receiver(pre_save, sender=Membership)
def remember_person(instance: Membership, **kwargs) -> None:
    instance.person_before = Membership.objects.filter(pk=instance.pk).values_list("user", flat=True).first()


@receiver([post_save, post_delete], sender=Membership)
def membership_changed(instance: Membership, **kwargs) -> None:
    """Give and take groups: of the person, and of the one whose membership it was before."""
    synchronise(instance.user)
    before = instance.person_before
    if before not in (None, instance.user_id):
        synchronise(User.objects.get(pk=before))


@receiver([post_save, post_delete], sender=Region)
@receiver([post_save, post_delete], sender=VenueType)
@receiver([post_save, post_delete], sender=Facility)
@receiver([post_save, post_delete], sender=AudienceGroup)
@receiver([post_save, post_delete], sender=Topic)
@receiver([post_save, post_delete], sender=Department)
def names_changed(sender: type, **kwargs) -> None:
    """Forget the cached names now for this transaction, and after it what somebody cached meanwhile."""
    selectors.forget_names(sender)
    transaction.on_commit(partial(selectors.forget_names, sender), robust=True)
