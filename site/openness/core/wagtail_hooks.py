"""The office's screen for the city's calendar."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from openness.core.calendars.models import CalendarYear, SchoolVacation


class CalendarYearViewSet(SnippetViewSet):
    """Days off and make-up workdays of a year, as the State Council announced them."""

    model = CalendarYear
    icon = "calendar-alt"
    list_display = ("year", "status", "source_title", "version")
    panels: ClassVar = [
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
    ]


class SchoolVacationViewSet(SnippetViewSet):
    """Winter and summer vacations of the city's schools."""

    model = SchoolVacation
    icon = "calendar"
    list_display = ("kind", "starts_on", "ends_on", "source")
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("source"),
    ]


class CalendarViewSetGroup(SnippetViewSetGroup):
    items = (CalendarYearViewSet, SchoolVacationViewSet)
    menu_label = _("Calendar")
    menu_icon = "calendar-alt"
    menu_order = 720


register_snippet(CalendarViewSetGroup)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def calendar_was_edited(request: Any, instance: Any) -> None:
    """Tell everyone who computes from the calendar; days are saved after their year, so no signal of a row would do."""
    if isinstance(instance, CalendarYear):
        instance.record_change()
    if isinstance(instance, SchoolVacation):
        for year in CalendarYear.objects.filter(year__range=(instance.starts_on.year, instance.ends_on.year)):
            year.record_change()
