"""What core tells the rooms."""

from django.dispatch import Signal

# A public page type was saved as a whole, its rows included, and the transaction is still open; ``page``.
# Wagtail also saves plain ``Page`` objects, of which only Django's ``post_save`` tells.
page_saved = Signal()
