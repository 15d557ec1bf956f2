"""The selects that narrow an office's lists: what is chosen, what may be, and how they are drawn."""

from bs4 import BeautifulSoup
from django import forms
from django.template.loader import render_to_string

from openness.core.list_filters import ListFilters, counted, everything


def drawn(form: forms.Form, **context: bool) -> BeautifulSoup:
    return BeautifulSoup(
        render_to_string("core/admin/filter_form.html", {"form": form, **context}), "html.parser"
    )


def test_what_is_chosen_is_selected_and_texts_are_escaped() -> None:
    choices = [everything(3), ("open", counted("<b>开</b>", 2)), ("late", counted("逾期", 1))]
    page = drawn(ListFilters({"state": ("进展", choices)}, {"state": "late"}))
    assert [each.text for each in page.select("select[name=state] option")] == [
        "全部 (3)",
        "<b>开</b> (2)",
        "逾期 (1)",
    ]
    assert [each["value"] for each in page.select("option[selected]")] == ["late"]
    assert page.select_one("label > span").text == "进展"
    assert not page.select("button[name=format]")


def test_a_value_that_is_not_offered_selects_nothing() -> None:
    page = drawn(ListFilters({"state": ("进展", [everything(), ("open", "开")])}, {"state": '"><script>'}))
    assert not page.select("option[selected]")
    assert "script" not in str(page)


def test_a_mistake_stands_at_its_field() -> None:
    class Years(forms.Form):
        year = forms.IntegerField(min_value=1949, required=False)

    page = drawn(Years({"year": "1900"}), has_csv=True)
    field = page.select_one("input[name=year]")
    assert page.find(id=field["aria-describedby"]).text
    assert page.select("button[name=format][value=csv]")
