"""How the editors' form of policy documents is laid out: what every document has first, the rest folded away."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from openness.core import clock
from policies.deadline import deadline_of

FOLDED = "collapsed"


class DeadlinePanel(Panel):
    """The day by which the document has to be public, from the date that was saved last."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "policies/admin/deadline_panel.html"

        def is_shown(self) -> bool:
            return self.instance is None or self.instance.is_source

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            public_at = page.first_public_at
            return {
                **super().get_context_data(parent_context),
                "deadline": deadline_of(page.written_on) if page.written_on else None,
                "published_on": clock.local(public_at).date() if public_at else None,
            }


POLICY_PANELS: list[Any] = [
    FieldPanel("title", heading=_("Title")),
    FieldPanel("summary"),
    InlinePanel("issuers", heading=_("Issuers, in order"), label=_("Issuer"), icon="group"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("number"), FieldPanel("document_kind")]),
            FieldRowPanel([FieldPanel("is_normative"), FieldPanel("disclosure")]),
            FieldRowPanel([FieldPanel("catalogue_category"), FieldPanel("index_number")]),
            FieldRowPanel([FieldPanel("interpreted_by"), FieldPanel("addressees")]),
            FieldPanel("remark"),
        ],
        heading=_("Document"),
        icon="doc-full",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("written_on"), FieldPanel("effective_on"), FieldPanel("valid_until")]),
            DeadlinePanel(),
        ],
        heading=_("Dates"),
        icon="date",
    ),
    InlinePanel("topics", heading=_("Topics"), label=_("Topic"), icon="tag"),
    FieldPanel("body"),
    MultiFieldPanel(
        [
            FieldPanel("signed_original"),
            InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        ],
        heading=_("Files"),
        icon="doc-full-inverse",
    ),
    InlinePanel(
        "relations",
        heading=_("Relations to other documents"),
        label=_("Relation"),
        icon="link",
        classname=FOLDED,
    ),
    MultiFieldPanel(
        [FieldPanel("needs_interpretation"), FieldPanel("no_interpretation_reason")],
        heading=_("Interpretation"),
        icon="help",
    ),
    InlinePanel("measures", heading=_("Measures"), label=_("Measure"), icon="tasks", classname=FOLDED),
    InlinePanel(
        "benefits",
        heading=_("Who pays less or nothing"),
        label=_("Group of people"),
        icon="tag",
        classname=FOLDED,
    ),
    InlinePanel(
        "change_notes", heading=_("Change notes"), label=_("Change note"), icon="history", classname=FOLDED
    ),
]
