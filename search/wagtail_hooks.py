"""The office's screens about the search: synonyms, recommended results, and what readers asked for."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, PageChooserPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from openness.departments.people import is_of_office
from search import asked_report
from search.forms import PromotedForm, SynonymForm
from search.models import PromotedResult, SynonymGroup
from search.questions import cleaned_words

search_menu = Menu(register_hook_name="register_site_search_menu_item")


@hooks.register("register_admin_menu_item")
def search_menu_item() -> SubmenuMenuItem:
    """Gather what the office does about the search; shown to whom any of it is shown."""
    return SubmenuMenuItem(_("Search"), search_menu, name="site-search", icon_name="search", order=720)


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``."""
    return [path("search/asked/", asked_report.asked_report, name="site_search_asked")]


class AskedMenuItem(MenuItem):
    """Leads to what readers asked for."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the office."""
        return is_of_office(request.user)


@hooks.register("register_site_search_menu_item")
def asked_item() -> MenuItem:
    """Lead to the report."""
    return AskedMenuItem(
        _("What readers search"),
        reverse("site_search_asked"),
        name="searches",
        icon_name="list-ul",
        order=100,
    )


class _BegunWithWords(CreateView):
    """A new entry about words that the report names in the address: ``?words=…``."""

    words_field = ""

    def get_initial_form_instance(self) -> Any:
        """Return a new entry that has these words already."""
        instance = super().get_initial_form_instance() or self.model()
        setattr(instance, self.words_field, cleaned_words(self.request.GET.get("words", "")))
        return instance


class NewSynonyms(_BegunWithWords):
    words_field = "words"


class NewPromoted(_BegunWithWords):
    words_field = "questions"


class SynonymViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SynonymGroup
    icon = "duplicate"
    menu_label = _("Synonyms")
    menu_hook = "register_site_search_menu_item"
    menu_order = 200
    list_display = ("words",)
    list_per_page = 50
    add_view_class = NewSynonyms
    edit_handler = ObjectList([FieldPanel("words")], base_form_class=SynonymForm)


class PromotedViewSet(SnippetViewSet):
    """Pages above the results."""

    model = PromotedResult
    icon = "pick"
    menu_label = _("Recommended results")
    menu_hook = "register_site_search_menu_item"
    menu_order = 300
    list_display = ("questions", "page", "position")
    list_per_page = 50
    add_view_class = NewPromoted
    edit_handler = ObjectList(
        [
            FieldPanel("questions"),
            PageChooserPanel("page"),
            FieldRowPanel([FieldPanel("note"), FieldPanel("position")]),
        ],
        base_form_class=PromotedForm,
    )


register_snippet(SynonymViewSet)
register_snippet(PromotedViewSet)
