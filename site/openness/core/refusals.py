"""An act that is refused for a reason the person can do something about."""

from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """Says what to do instead. Nothing of the act remains; in the admin the person is told and led back.

    Forms refuse earlier and at the right field. This is for the paths without a form: approvals, bulk actions,
    schedules.
    """
