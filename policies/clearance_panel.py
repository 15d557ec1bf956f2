"""Where a clearance stands, on its form: how many documents have which outcome, and the way to decide on them."""

from typing import Any

from wagtail.admin.panels import Panel

from policies.enums import Outcome


class DecisionsPanel(Panel):
    """Counts the decisions. A thousand rows would make a form that nobody can use or send."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "policies/admin/clearance_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Return the numbers by outcome."""
            # It reads the models of this room.
            from policies.clearance import outcome_numbers

            numbers = outcome_numbers(self.instance)
            return {
                **super().get_context_data(parent_context),
                "page": self.instance,
                "numbers": [(outcome.label, numbers[outcome]) for outcome in Outcome],
                "undecided": numbers[""],
                "total": sum(numbers.values()),
            }
