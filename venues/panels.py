"""How the editors' forms of venues and notices are laid out: what is needed first, the rest folded away."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from venues.comparison import LinesPanel, effect_lines, hours_lines, venue_lines

FOLDED = "collapsed"


class RowsPanel(InlinePanel):
    """Rows of facts; a page in another language has none of its own and shows nothing here."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form, name = kwargs.get("form"), kwargs["panel"].relation_name
            self.is_absent = form is not None and name not in form.formsets
            if self.is_absent:
                Panel.BoundPanel.__init__(self, **kwargs)
                self.children: list[Any] = []
            else:
                super().__init__(**kwargs)

        def is_shown(self) -> bool:
            return not self.is_absent and super().is_shown()


class NoticeSentencePanel(Panel):
    """The sentence that readers will see, and the days it changes: refreshed while the editor types."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "venues/admin/notice_sentence_panel.html"

        def is_shown(self) -> bool:
            return self.form is None or "effects" in self.form.fields

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            place = self.form.place if self.form is not None else {}
            return {**super().get_context_data(parent_context), "place": place}


VENUE_PANELS: list[Any] = [
    FieldPanel("title", heading=_("Name")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("venue_type"), FieldPanel("region")]),
            FieldRowPanel([FieldPanel("address_text"), FieldPanel("phone")]),
            FieldPanel("summary"),
        ],
        heading=_("What and where"),
        icon="home",
    ),
    MultiFieldPanel(
        [
            FieldPanel("hours_mode"),
            LinesPanel("hours", lines=hours_lines, disable_comments=True),
            FieldRowPanel([FieldPanel("hours_source"), FieldPanel("hours_as_of")]),
        ],
        heading=_("Opening hours"),
        icon="time",
    ),
    InlinePanel(
        "areas",
        heading=_("Areas with hours of their own"),
        label=_("Area"),
        icon="placeholder",
        classname=FOLDED,
        help_text=_(
            "A hall, a children's branch, a 24-hour room. Each appears above, beside the whole venue."
        ),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("admission"), FieldPanel("admission_condition")]),
            FieldRowPanel([FieldPanel("booking_rule"), FieldPanel("booking_url")]),
        ],
        heading=_("Admission and booking"),
        icon="tag",
    ),
    RowsPanel("offers", heading=_("Prices and offers"), label=_("Offer"), classname=FOLDED, icon="tag"),
    RowsPanel("service_items", heading=_("Services"), label=_("Service"), classname=FOLDED, icon="list-ul"),
    RowsPanel(
        "facilities",
        heading=_("Facilities and accessibility"),
        label=_("Facility"),
        classname=FOLDED,
        icon="list-ul",
    ),
    InlinePanel("photos", heading=_("Pictures"), label=_("Picture"), classname=FOLDED, icon="image"),
    FieldPanel("body", classname=FOLDED),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("operator_kind"), FieldPanel("grade")]),
            FieldPanel("is_disclosure_point"),
            FieldRowPanel([FieldPanel("parent_venue"), FieldPanel("supervising_department")]),
            FieldPanel("code"),
        ],
        heading=_("Operator, grade and code"),
        classname=FOLDED,
        icon="group",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("longitude"), FieldPanel("latitude"), FieldPanel("datum")])],
        heading=_("Position on the map"),
        classname=FOLDED,
        icon="site",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("life"), FieldPanel("life_since")]),
            FieldPanel("life_note"),
            FieldPanel("successor"),
        ],
        heading=_("Planned, open, moved or closed for good"),
        classname=FOLDED,
        icon="history",
    ),
]

NOTICE_PANELS: list[Any] = [
    FieldPanel("title", heading=_("Title")),
    LinesPanel(
        "effects", lines=effect_lines, heading=_("What happens, and when"), disable_comments=True, icon="time"
    ),
    MultiFieldPanel(
        [
            FieldPanel("scope"),
            LinesPanel("venues", lines=venue_lines, disable_comments=True),
            FieldRowPanel([FieldPanel("scope_region")]),
            FieldRowPanel(
                [FieldPanel("types", disable_comments=True), FieldPanel("departments", disable_comments=True)]
            ),
        ],
        heading=_("Which venues"),
        icon="home",
    ),
    MultiFieldPanel(
        [
            FieldPanel("reason"),
            FieldRowPanel([FieldPanel("urgent_kind"), FieldPanel("urgent_reason")]),
            FieldPanel("is_emergency"),
        ],
        heading=_("Why"),
        icon="info-circle",
    ),
    NoticeSentencePanel(heading=_("What readers will see"), icon="view"),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("legal_ground"), FieldPanel("policy")])],
        heading=_("What it rests on"),
        classname=FOLDED,
        icon="doc-full",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("supersedes"), FieldPanel("supersedes_how")])],
        heading=_("Replaces or ends an earlier notice"),
        classname=FOLDED,
        icon="history",
    ),
    MultiFieldPanel(
        [FieldPanel("body"), FieldPanel("summary")],
        heading=_("More to say"),
        classname=FOLDED,
        icon="pilcrow",
    ),
    InlinePanel(
        "change_notes",
        heading=_("Change notes"),
        label=_("Change note"),
        classname=FOLDED,
        icon="history",
    ),
]
