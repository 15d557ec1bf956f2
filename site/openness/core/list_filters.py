"""What narrows an office's list: selects in a form of its address, drawn by ``core/admin/filter_form.html``."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext


class ListFilters(forms.Form):
    """Selects by name: a heading and what may be chosen, pairs of value and text. It reads nothing from the address."""

    def __init__(
        self, selects: Mapping[str, tuple[Any, Iterable[tuple[str, Any]]]], chosen: Mapping[str, str]
    ) -> None:
        super().__init__(initial=dict(chosen))
        for name, (label, choices) in selects.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=list(choices), required=False)


def everything(number: int | None = None) -> tuple[str, str]:
    """Return the choice that narrows nothing, with the number of all lines where the others have theirs."""
    return "", gettext("all") if number is None else counted(gettext("all"), number)


def counted(text: Any, number: int) -> str:
    """Return the text of a choice with the number of lines that it leaves."""
    return f"{text} ({number})"
