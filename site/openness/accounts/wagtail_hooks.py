from wagtail import hooks
from wagtail.admin.views import account

from openness.accounts.bulk_actions import AssignRole, Delete, SetActiveState
from openness.accounts.forms import AvatarForm, NameEmailForm

# The account page offers no setting for its forms, and Wagtail's own ask for a first and a last name.
account.NameEmailSettingsPanel.form_class = NameEmailForm
account.AvatarSettingsPanel.form_class = AvatarForm

# The registry keeps the last action of each kind: these take the places of Wagtail's.
for action in (AssignRole, Delete, SetActiveState):
    hooks.register("register_bulk_action", action, order=1)
