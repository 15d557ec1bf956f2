"""A document and its interpretation become public in one act: both, or neither.

A document that needs an interpretation is published with the one that is drafted, or with a written reason why
there is none (同步起草、同步审签、同步发布). The approval of a review, bulk publishing and the schedule go through
``publish()`` of the page; Wagtail's forms do not, and are met by its signal. Both run in one transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished

from openness.core import clock
from openness.core.gate import is_visible
from openness.core.refusals import Refused
from policies.interpretation_checks import missing

if TYPE_CHECKING:
    from policies.models import InterpretationPage, PolicyPage

Publish = Callable[..., Any]
# The documents that are being published just now, by their id: what goes along does not ask for them again.
_in_the_act: ContextVar[frozenset[int]] = ContextVar("documents_in_the_act", default=frozenset())


def publish_document(page: "PolicyPage", revision: Revision, publish: Publish, **how: Any) -> Any:
    """Publish (or schedule) a revision of a document by ``publish``, and with it the interpretation it needs.

    ``how`` is what Wagtail's ``publish()`` takes. Raises Refused where there is neither an interpretation that
    can go along nor a reason, and then nothing has changed.
    """
    document: Any = revision.as_object()
    with transaction.atomic(), _act_of(page.pk):
        along = companions(document, user=how.get("user"))
        result = publish(revision, **how)
        for draft in along:
            _publish_along(document, draft, **how)
    return result


def publish_interpretation(
    page: "InterpretationPage", revision: Revision, publish: Publish, **how: Any
) -> Any:
    """Publish (or schedule) a revision of an interpretation by ``publish``, never before its document.

    Raises Refused where the document is not public, or the interpretation lacks what readers need.
    """
    interpretation: Any = revision.as_object()
    policy = interpretation.policy
    if not interpretation.is_source or policy.pk in _in_the_act.get():
        return publish(revision, **how)
    for text in missing(interpretation).values():
        raise Refused(_("“%(title)s”: %(text)s") % {"title": interpretation.title, "text": text})
    if is_visible(policy):
        return publish(revision, **how)
    waiting = policy.revisions.exclude(approved_go_live_at=None).order_by("approved_go_live_at").last()
    if waiting is not None:
        if _is_later(interpretation) and interpretation.go_live_at >= waiting.approved_go_live_at:
            return publish(revision, **how)
        if waiting.approved_go_live_at <= clock.wall_now():
            # The schedule came to the interpretation first: the act is the document's.
            return waiting.publish(log_action=how.get("log_action", True))
    raise Refused(
        _("“%(title)s” explains a document that is not public. Publish the document: both go together.")
        % {"title": interpretation.title}
    )


def companions(document: Any, *, user: Any = None) -> list["InterpretationPage"]:
    """Return the drafts that are published along with a document; none where it needs none, has one or says why.

    Those that are complete and that ``user`` may publish (anybody, for None). Raises Refused with what to do where
    the document needs an interpretation and none can go along.
    """
    if (
        not document.is_source
        or not document.needs_interpretation
        or document.no_interpretation_reason.strip()
    ):
        return []
    written = interpretations_in_source(document)
    if written.filter(live=True).exists():
        return []
    drafts = list(written.filter(live=False))
    if not drafts:
        raise Refused(
            _(
                "This document needs an interpretation. Save it as a draft and write the interpretation, "
                "or say why there is none."
            )
        )
    mine = [each for each in drafts if user is None or each.permissions_for_user(user).can_publish()]
    if not mine:
        raise Refused(
            _(
                "The interpretation “%(title)s” belongs to another department, and goes with the document. "
                "Ask the office to publish both."
            )
            % {"title": drafts[0].get_admin_display_title()}
        )
    complete = [each for each in mine if not missing(_revision_to_publish(each).as_object())]
    if not complete:
        draft: Any = _revision_to_publish(mine[0]).as_object()
        raise Refused(
            _("The interpretation “%(title)s” goes with the document, and is not complete: %(text)s")
            % {"title": draft.title, "text": next(iter(missing(draft).values()))}
        )
    return complete


def check_companions(document: Any, *, user: Any) -> None:
    """Raise Refused where a document cannot be published, or handed in for review, for want of an interpretation.

    Who may not publish the document hands it in: whoever approves it publishes both.
    """
    publishes = bool(document.pk) and document.permissions_for_user(user).can_publish() if user else False
    companions(document, user=user if publishes else None)


def interpretations_in_source(document: Any) -> Any:
    """Return the interpretations of a document in the source language, drafts among them, the first one first."""
    from policies.models import InterpretationPage

    return InterpretationPage.objects.filter(policy=document.pk, locale=document.locale_id).order_by("pk")


def is_last_interpretation(page: "InterpretationPage") -> bool:
    """Whether a public document would be left without the interpretation that it needs."""
    policy = page.policy
    return (
        page.live
        and page.is_source
        and policy.live
        and policy.needs_interpretation
        and not policy.no_interpretation_reason.strip()
        and not interpretations_in_source(policy).filter(live=True).exclude(pk=page.pk).exists()
    )


def _publish_along(document: Any, draft: "InterpretationPage", **how: Any) -> None:
    """Publish one draft as the document is published: now, or at the same instant."""
    revision = _revision_to_publish(draft)
    page: Any = revision.as_object()
    wanted = document.go_live_at if _is_later(document) else None
    if wanted or _is_later(page):
        page.go_live_at = wanted
        revision = page.save_revision(user=how.get("user"), clean=False)
    revision.publish(
        user=how.get("user"), log_action=how.get("log_action", True), skip_permission_checks=True
    )


def _revision_to_publish(page: "InterpretationPage") -> Revision:
    """Return what goes public: what was scheduled, else the latest draft (a page that never had one gets it)."""
    scheduled = page.revisions.exclude(approved_go_live_at=None).order_by("approved_go_live_at").last()
    return scheduled or page.get_latest_revision() or page.save_revision(clean=False)


def _is_later(page: Any) -> bool:
    """Whether Wagtail would schedule the page and not publish it now: it goes by the real clock."""
    return page.go_live_at is not None and page.go_live_at > clock.wall_now()


@contextmanager
def _act_of(document_id: int) -> Iterator[None]:
    token = _in_the_act.set(_in_the_act.get() | {document_id})
    try:
        yield
    finally:
        _in_the_act.reset(token)


@receiver(page_published)
def publish_with_the_form(sender: type, instance: Any, **kwargs: Any) -> None:
    """Do the same where a form publishes (or schedules) a document: it has asked :func:`companions` before."""
    from policies.models import PolicyPage

    if not issubclass(sender, PolicyPage) or instance.pk in _in_the_act.get():
        return
    user = get_active_log_context().user
    with transaction.atomic(), _act_of(instance.pk):
        for draft in companions(instance, user=user):
            _publish_along(instance, draft, user=user)


@receiver(page_unpublished)
def unpublish_interpretations(sender: type, instance: Any, **kwargs: Any) -> None:
    """An interpretation leaves with its document: alone it explains what nobody can read."""
    from policies.models import InterpretationPage, PolicyPage

    if not issubclass(sender, PolicyPage):
        return
    explained = InterpretationPage.objects.filter(policy=instance.pk, live=True)
    with transaction.atomic():
        for page in explained if instance.is_source else explained.none():
            page.unpublish()
