"""What the form of an activity shows besides its fields."""

from typing import Any

from wagtail.admin.panels import Panel


class SessionFindingsPanel(Panel):
    """The sessions that fall when their venue is closed or unknown, as the page was last saved."""

    class BoundPanel(Panel.BoundPanel):
        """The findings of one page; nothing without any."""

        template_name = "news/admin/session_findings.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.findings: list[Any] = []
            page = self.instance
            if self.form is not None and page is not None and page.pk and page.is_source:
                from news.findings import session_findings  # needs the models, which need this module

                self.findings = session_findings(page.sessions.all())

        def is_shown(self) -> bool:
            """Show it where there is something to look at."""
            return bool(self.findings)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the findings."""
            return {**super().get_context_data(parent_context), "findings": self.findings}
