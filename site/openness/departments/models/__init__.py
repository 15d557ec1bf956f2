"""Departments, the regions they work in and the vocabularies that pages are described with."""

from openness.departments.models.department import (
    Department,
    DepartmentOrBody,
    DepartmentRole,
    Membership,
)
from openness.departments.models.terms import (
    AudienceGroup,
    Facility,
    Region,
    Term,
    Topic,
    VenueType,
    code_validator,
)

__all__ = [
    "AudienceGroup",
    "Department",
    "DepartmentOrBody",
    "DepartmentRole",
    "Facility",
    "Membership",
    "Region",
    "Term",
    "Topic",
    "VenueType",
    "code_validator",
]
