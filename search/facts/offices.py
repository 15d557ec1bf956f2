"""Departments."""

from search.facts.saying import Saying


def read_departments(sayings: list[Saying]) -> None:
    """A department: found by both its names and its address. It has no date. No query."""
    for each in sayings:
        each.dated = each.year = None
        each.names += [each.page.address_text, each.page.phone]
