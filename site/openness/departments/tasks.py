"""What the worker runs for departments."""

from openness.core.daily import daily
from openness.departments.memberships import synchronise_all


@daily
def memberships_begin_and_end() -> None:
    """Give and take groups as memberships begin and end."""
    synchronise_all()
