"""How an editor picks a term: by name or code, in the order of the vocabulary, with the terms it is part of."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from openness.departments.models import Term
from openness.departments.selectors import SOURCE_LANGUAGE, term_names


class TermFilterForm(BaseFilterForm):
    """Terms are few: they are found by any part of their name or code, without the search index."""

    q = forms.CharField(label=_("Name or code"), required=False)

    def filter(self, objects: QuerySet[Term]) -> QuerySet[Term]:
        """Keep the terms that are asked for."""
        words = self.cleaned_data["q"].strip()
        if words:
            self.is_searching, self.search_query = True, words
            objects = objects.filter(Q(name__icontains=words) | Q(code__icontains=words))
        return objects


class TermsMixin:
    """Terms of the source language, because facts refer to these; parents before their children."""

    ordering = ("lineage",)
    filter_form_class = TermFilterForm
    i18n_enabled = False
    model_class: type[Term]

    def get_object_list(self) -> QuerySet[Term]:
        """Return the terms of the source language."""
        return self.model_class.objects.filter(locale__language_code=SOURCE_LANGUAGE)

    @property
    def columns(self) -> list[Column]:
        """Return the columns: the term, and what it is part of."""
        names = term_names(self.model_class, language=SOURCE_LANGUAGE)

        def above(term: Any) -> str:
            return " › ".join(names.get(code, code) for code in term.lineage.strip("/").split("/")[:-1])

        return [*super().columns, Column("above", label=_("Part of"), accessor=above)]  # type: ignore[misc]


class TermChooseView(TermsMixin, ChooseView):
    """The dialogue."""


class TermChooseResultsView(TermsMixin, ChooseResultsView):
    """Its list, when one searches or turns the page."""


class TermChooserViewSet(SnippetChooserViewSet):
    """The dialogue for a term."""

    choose_view_class = TermChooseView
    choose_results_view_class = TermChooseResultsView
