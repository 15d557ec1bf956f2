"""Subscriptions to a question, and the mails that answer them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.enums import Frequency, SubscriptionState


class Subscription(models.Model):
    """A question somebody wants answered by e-mail. It holds an address and nothing else about the person."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    # The query of the address of the results (search.questions), which also is what a feed answers.
    question = models.CharField(_("question"), max_length=500)
    language = models.CharField(_("language"), max_length=12)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.DAILY)
    state = models.CharField(
        _("state"), max_length=12, choices=SubscriptionState, default=SubscriptionState.UNCONFIRMED
    )
    # Names the subscription in the links of its mails; whoever holds it may confirm and end it.
    token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    # Everything that became public up to this instant has been told.
    told_until = models.DateTimeField(_("told until"), null=True)
    next_at = models.DateTimeField(_("next mail"), null=True, db_index=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        indexes: ClassVar = [models.Index(fields=["email"], name="search_subscription_email")]

    def __str__(self) -> str:
        return f"{self.question} ({self.frequency})"


class AlertMail(models.Model):
    """One mail of a subscription: composed in one transaction, sent in another, never changed in between.

    Its Message-ID is kept, so that a mail whose acceptance we did not come to record goes out again as the same.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="mails")
    message_id = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=models.Q(sent_at=None), name="search_mail_unsent"),
        ]

    def __str__(self) -> str:
        return self.message_id
