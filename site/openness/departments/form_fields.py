"""Form fields that read words of the vocabularies out of an address."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openness.departments.models import Department, Term

CODE = re.compile(r"[a-z0-9_-]+")


class ChosenField(forms.ChoiceField):
    """One of a closed list, or nothing; what is not on the list is refused, not taken for «any»."""

    default_error_messages = {"invalid_choice": _("There is no “%(value)s”. Choose one from the list.")}

    def __init__(self, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(required=False, choices=[("", ""), *choices], **kwargs)


class TermField(forms.CharField):
    """A code of a vocabulary; an unknown one is refused, not taken for «any»."""

    def __init__(self, model: type[Term] | type[Department], **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self.model = model

    def validate(self, value: str) -> None:
        super().validate(value)
        # What is no code is not looked up: PostgreSQL refuses some characters.
        if value and not (CODE.fullmatch(value) and self.model.objects.filter(code=value).exists()):
            raise forms.ValidationError(
                _("There is no “%(code)s”. Choose one from the list."), params={"code": value}, code="unknown"
            )
