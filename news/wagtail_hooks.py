"""Screens and menu entries of the news room in Wagtail's admin."""

from news import activity_hooks  # noqa: F401  # its hooks are found through this module
