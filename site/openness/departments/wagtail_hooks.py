"""The office's screens for vocabularies, departments and memberships."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from openness.departments.choosers import TermChooserViewSet
from openness.departments.models import (
    AudienceGroup,
    Department,
    Facility,
    Membership,
    Region,
    Topic,
    VenueType,
)


class TermViewSet(SnippetViewSet):
    """Terms are found by name or code and shown in their order."""

    list_display = ("name", "code", "lineage")
    search_fields = ("name", "code")
    ordering = ("lineage",)
    list_per_page = 50
    chooser_viewset_class = TermChooserViewSet
    chooser_per_page = 50


class RegionViewSet(TermViewSet):
    model = Region
    icon = "site"
    list_filter = ("level",)


class VenueTypeViewSet(TermViewSet):
    model = VenueType
    icon = "home"


class FacilityViewSet(TermViewSet):
    model = Facility
    icon = "tag"


class AudienceGroupViewSet(TermViewSet):
    model = AudienceGroup
    icon = "group"


class TopicViewSet(TermViewSet):
    model = Topic
    icon = "list-ul"


class VocabularyViewSetGroup(SnippetViewSetGroup):
    items = (RegionViewSet, VenueTypeViewSet, FacilityViewSet, AudienceGroupViewSet, TopicViewSet)
    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_order = 700


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    list_display = ("name", "code", "level", "region", "parent")
    search_fields = ("name", "short_name", "code")
    list_filter = ("level",)


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "user"
    list_display = ("user", "department", "role", "since", "until")
    list_filter = ("department", "role")


class DepartmentViewSetGroup(SnippetViewSetGroup):
    items = (DepartmentViewSet, MembershipViewSet)
    menu_label = _("Departments")
    menu_icon = "group"
    menu_order = 710


register_snippet(VocabularyViewSetGroup)
register_snippet(DepartmentViewSetGroup)
