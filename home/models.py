"""The home page, and the pages of departments that stand side by side below it."""

from typing import ClassVar

from django.db import models
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from openness.core.exits import PageWithExits
from openness.core.listing import SEARCHED, not_searched
from openness.core.models import BasePage
from openness.core.page_tags import ColumnType
from openness.departments.models import Department
from openness.departments.provision import provision


class HomePage(BasePage):
    """The question that the site answers, with the notices of the day. One per language."""

    column_type = ColumnType.HOME
    listing_kind_label: ClassVar = _("Home")
    search_decision: ClassVar = not_searched("it shows what other pages say")
    is_column: ClassVar = True
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "venues.VenueIndexPage",
        "policies.PolicyIndexPage",
        "news.NewsIndexPage",
        "home.DepartmentIndexPage",
    ]

    class Meta:
        verbose_name = _("home page")

    @property
    def column_name(self):
        return str(self.listing_kind_label)

    def route(self, request, path_components):
        """Answer in this page's language only: a language of which nothing is live answers 404."""
        if self.locale.language_code != translation.get_language():
            raise Http404
        return super().route(request, path_components)

    def json_ld(self, request):
        from home.schema_org import site_data

        return site_data(self, request)

    def get_context(self, request, *args, **kwargs):
        from home.views import home_context

        return {**super().get_context(request, *args, **kwargs), **home_context(self, request)}


class DepartmentIndexPage(BasePage):
    """All departments, by level and region."""

    column_type = ColumnType.DUTIES
    listing_kind_label: ClassVar = _("Channel")
    search_decision: ClassVar = not_searched("a list: what it lists is searched itself")
    is_column: ClassVar = True
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.DepartmentPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("departments")

    def get_context(self, request, *args, **kwargs):
        from home.views import department_index_context

        return {**super().get_context(request, *args, **kwargs), **department_index_context(self, request)}


class DepartmentPage(PageWithExits, BasePage):
    """A department's own page; all it publishes lives below, and so do its editors' rights."""

    column_type = ColumnType.DUTIES
    listing_kind_label: ClassVar = _("Department")
    search_decision: ClassVar = SEARCHED
    searched_fields: ClassVar = ("introduction",)
    parent_page_types: ClassVar = ["home.DepartmentIndexPage"]
    subpage_types: ClassVar = [
        "venues.VenuePage",
        "venues.OpeningNoticePage",
        "policies.PolicyPage",
        "policies.InterpretationPage",
        "policies.ClearancePage",
        "policies.AnnualReportPage",
        "news.NewsPage",
        "news.ActivityPage",
    ]

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="pages", verbose_name=_("department")
    )
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "ul", "link"])
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    address_text = models.CharField(_("address"), max_length=160, blank=True)

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("department"),
        FieldPanel("introduction"),
        FieldPanel("phone"),
        FieldPanel("address_text"),
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        TranslatableField("introduction"),
        TranslatableField("address_text"),
        SynchronizedField("department"),
        SynchronizedField("phone"),
    ]

    class Meta:
        verbose_name = _("department page")
        verbose_name_plural = _("department pages")

    def save(self, *args, **kwargs):
        """Save, and give the department its groups, collection and workflow when its page is new."""
        is_new = self._state.adding
        result = super().save(*args, **kwargs)
        if is_new and self.is_source:
            provision(department=self.department, page=self)
        return result

    def exits(self):
        from home.urls import DEPARTMENT_EXITS

        return DEPARTMENT_EXITS

    def json_ld(self, request):
        from home.schema_org import department_data

        return department_data(self, request)

    def get_context(self, request, *args, **kwargs):
        from home.views import department_context

        return {**super().get_context(request, *args, **kwargs), **department_context(self, request)}
