"""The office's forms: words that mean the same, and pages that stand above all results."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from openness.core.gate import is_visible
from search.analysis import fold
from search.models import SynonymGroup
from search.promoted import questions_of


class SynonymForm(WagtailAdminModelForm):
    """Takes words as somebody writes them down, and keeps groups apart: one word is in one group."""

    def clean_words(self) -> str:
        """Put one space between the words; refuse a single one, and one that another group has."""
        typed: str = self.cleaned_data["words"]
        for sign in "，,、;；=＝|/":
            typed = typed.replace(sign, " ")
        words: dict[str, str] = {}
        for word in typed.split():
            words.setdefault(fold(word), word)
        if len(words) < 2:
            raise ValidationError(_("Write at least two words that mean the same."), code="alone")
        others = SynonymGroup.objects.exclude(pk=self.instance.pk)
        for group in others:
            if common := sorted(words.keys() & set(fold(group.words).split())):
                raise ValidationError(
                    _("“%(word)s” stands in the group “%(group)s” already. Add the other words there."),
                    params={"word": words[common[0]], "group": group.words},
                    code="taken",
                )
        return " ".join(words.values())


class PromotedForm(WagtailAdminModelForm):
    """Takes questions in any spelling; a page that readers do not find stands above no results."""

    def clean_questions(self) -> str:
        """Put one comma between the questions; refuse none at all."""
        questions = questions_of(self.cleaned_data["questions"])
        if not questions:
            raise ValidationError(_("Write at least one question."), code="none")
        return ", ".join(questions)

    def clean_page(self) -> Any:
        """Refuse a page that is not public, or that the search does not look into."""
        page = self.cleaned_data["page"]
        if not getattr(page.specific_class, "search_decision", None) or not (
            page.specific_class.search_decision.is_searched
        ):
            raise ValidationError(
                _("Readers do not find pages of this type. Choose another page."), code="type"
            )
        if not is_visible(page):
            raise ValidationError(_("This page is not public. Publish it first."), code="hidden")
        return page
