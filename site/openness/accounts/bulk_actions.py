"""Wagtail's bulk actions on users, where "all that the search found" means what our list found."""

from django.db.models import Q, QuerySet
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from openness.accounts.viewsets import UserIndexView


class SearchedUsers(UserBulkAction):
    """Finds the users of the listing by the fields that the listing searches.

    Wagtail looks for the text in the e-mail address only, as our user has none of its other fields:
    "select all" after a search for a name would then act on nobody.
    """

    def get_all_objects_in_listing_query(self, parent_id: int | None) -> QuerySet:
        text = self.request.GET.get("q", "")
        matches = Q()
        for field in UserIndexView.search_fields:
            matches |= Q(**{f"{field}__icontains": text})
        return self.model._default_manager.filter(matches).values_list("pk", flat=True)


class AssignRole(SearchedUsers, AssignRoleBulkAction):
    """Put users into a group."""


class Delete(SearchedUsers, DeleteBulkAction):
    """Delete users."""


class SetActiveState(SearchedUsers, SetActiveStateBulkAction):
    """Switch users on or off."""
