"""The office's screens for the city's calendar, what the site's identity lacks, and what the log says of dates."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from openness.core import outbox
from openness.core.backdating import BACKDATED, BackdatingFormatter
from openness.core.calendars.admin_views import CHANGE, urlpatterns
from openness.core.calendars.forms import CalendarYearForm
from openness.core.calendars.models import CALENDAR_CHANGED, CalendarYear, SchoolVacation
from openness.core.calendars.reminder import CalendarReminder
from openness.core.identity_reminder import CHANGE as CHANGE_IDENTITY
from openness.core.identity_reminder import IdentityReminder


class CalendarYearViewSet(SnippetViewSet):
    """Days off and make-up workdays of a year, as the State Council announced them."""

    model = CalendarYear
    icon = "calendar-alt"
    list_display = ("year", "status", "source_title", "version")
    edit_handler = ObjectList(
        [
            FieldPanel("year"),
            FieldRowPanel([FieldPanel("source_title"), FieldPanel("source_url")]),
            InlinePanel(
                "days",
                heading=_("Days that differ from their weekday"),
                label=_("Day"),
                panels=[
                    FieldRowPanel([FieldPanel("date"), FieldPanel("kind"), FieldPanel("holiday")]),
                    FieldRowPanel([FieldPanel("name"), FieldPanel("is_statutory")]),
                ],
            ),
        ],
        base_form_class=CalendarYearForm,
    )


class SchoolVacationViewSet(SnippetViewSet):
    """Winter and summer vacations of the city's schools, by level where they differ."""

    model = SchoolVacation
    icon = "calendar"
    list_display = ("kind", "level", "starts_on", "ends_on", "source")
    list_filter = ("kind", "level")
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("source"),
    ]


class OverviewMenuItem(MenuItem):
    """Leads to the year that waits for the office."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHANGE)


class CalendarViewSetGroup(SnippetViewSetGroup):
    items = (CalendarYearViewSet, SchoolVacationViewSet)
    menu_label = _("Calendar")
    menu_icon = "calendar-alt"
    menu_order = 720

    def get_submenu_items(self) -> list[MenuItem]:
        """Put the overview before the lists."""
        overview = OverviewMenuItem(
            _("Year overview"),
            reverse_lazy("core_calendar"),
            name="calendar-overview",
            icon_name="view",
            order=0,
        )
        return [overview, *super().get_submenu_items()]


register_snippet(CalendarViewSetGroup)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Addresses below ``/admin/``; Wagtail lets nobody in without access to its admin."""
    return urlpatterns


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Let the log know of publications that were dated back."""
    actions.register_action(BACKDATED)(BackdatingFormatter)


@hooks.register("construct_homepage_panels")
def remind_of_the_calendar(request: HttpRequest, panels: list[Any]) -> None:
    """Tell the office, on the first page after signing in, that a year waits for it."""
    if request.user.has_perm(CHANGE):
        panels.append(CalendarReminder())


@hooks.register("construct_homepage_panels")
def remind_of_the_foot(request: HttpRequest, panels: list[Any]) -> None:
    """Tell those who may enter it what the foot of the site lacks."""
    if request.user.has_perm(CHANGE_IDENTITY):
        panels.append(IdentityReminder(request))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def calendar_was_edited(request: HttpRequest, instance: Any) -> None:
    """Tell everyone who computes from the calendar; days are saved after their year, so no signal of a row would do."""
    if isinstance(instance, CalendarYear | SchoolVacation):
        instance.record_change()


@hooks.register("after_delete_snippet")
def calendar_was_deleted(request: HttpRequest, instances: Any) -> None:
    """Tell them of what is gone as well."""
    for instance in instances:
        if isinstance(instance, CalendarYear):
            outbox.publish(CALENDAR_CHANGED, str(instance.year))
        if isinstance(instance, SchoolVacation):
            instance.record_change()
