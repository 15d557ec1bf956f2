"""What the public pages of the policies room print, as values that templates need not think about."""

from policies.presentation.policy import policy_context

__all__ = ["policy_context"]
