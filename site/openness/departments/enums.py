"""Closed lists of the departments room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RegionLevel(TextChoices):
    """The levels of a city's regions; a functional zone stands beside counties without being one."""

    CITY = "city", _("city")
    COUNTY = "county", _("county or district")
    FUNCTIONAL_ZONE = "functional_zone", _("functional zone")
    TOWNSHIP = "township", _("township or street")
    VILLAGE = "village", _("village or community")


class Role(TextChoices):
    """What a member may do; the first five within a department, the last three in the whole city."""

    CONTRIBUTOR = "contributor", _("contributor")
    EDITOR = "editor", _("editor")
    PUBLISHER = "publisher", _("publisher")
    TRANSLATOR = "translator", _("translator")
    MANAGER = "manager", _("department manager")
    OFFICE = "office", _("city office")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


CITY_ROLES = frozenset({Role.OFFICE, Role.AUDITOR, Role.ADMINISTRATOR})
DEPARTMENT_ROLES = frozenset(Role) - CITY_ROLES
