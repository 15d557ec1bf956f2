"""What follows from a change of departments' data."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

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


@receiver([post_save, post_delete], sender=Membership)
def membership_changed(instance: Membership, **kwargs) -> None:
    synchronise(instance.user)


@receiver([post_save, post_delete], sender=Region)
@receiver([post_save, post_delete], sender=VenueType)
@receiver([post_save, post_delete], sender=Facility)
@receiver([post_save, post_delete], sender=AudienceGroup)
@receiver([post_save, post_delete], sender=Topic)
@receiver([post_save, post_delete], sender=Department)
def names_changed(sender: type, **kwargs) -> None:
    selectors.forget_names(sender)
