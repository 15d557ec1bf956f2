"""What an interpretation needs before readers get it, and whose documents a department may explain."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.models import Page

from openness.departments.people import is_of_office
from openness.departments.selectors import department_of
from policies.enums import InterpretationForm
from policies.interpretation_blocks import said

if TYPE_CHECKING:
    from policies.models import InterpretationPage, PolicyPage

# Characters from which on an alternative text can say all that a picture says.
SAYS_IT_ALL = 30


def missing(page: "InterpretationPage") -> dict[str, str]:
    """Return what the page still lacks, by the field to fill in; empty when readers may have it.

    Every form has its text: what a picture or a video says is there for those who cannot see or hear it
    (《无障碍环境建设法》 Art. 32; GB/T 37668-2019).
    """
    shown = said(page.body)
    texts = [block for block in shown if block.block_type in {"section", "paragraph", "question"}]
    pictures = [block.value for block in shown if block.block_type == "image"]
    lacks: dict[str, str] = {}
    if page.form == InterpretationForm.TEXT and not texts:
        lacks["body"] = _("Write at least one of the sections.")
    if page.form == InterpretationForm.QUESTIONS and not any(each.block_type == "question" for each in shown):
        lacks["body"] = _("Add at least one question with its answer.")
    if page.form == InterpretationForm.PICTURE:
        if not pictures:
            lacks["body"] = _("Add the picture.")
        elif not texts and not all(_says_it_all(picture) for picture in pictures):
            lacks["body"] = _(
                "Say in the alternative text of each picture all that it says, or write it out below the pictures."
            )
    if page.form == InterpretationForm.VIDEO:
        if urlsplit(page.video_url).scheme not in {"http", "https"}:
            lacks["video_url"] = _("Enter the address of the video.")
        if not texts:
            lacks["body"] = _("Write out what the video says, for those who cannot hear or see it.")
    return lacks


def _says_it_all(picture: Any) -> bool:
    alt = (getattr(picture, "contextual_alt_text", "") or "").strip()
    return not getattr(picture, "decorative", False) and len(alt) >= SAYS_IT_ALL


def may_explain(policy: "PolicyPage", *, place: Page, user: Any) -> bool:
    """Whether an interpretation below ``place`` may explain a document.

    A department explains its own documents and those it issued with others; the office explains any. Who may
    write below ``place`` is Wagtail's question, and asked besides.
    """
    department = department_of(place)
    if department is None:
        return False
    if department == department_of(policy):
        return True
    if policy.source_page.issuers.filter(department=department).exists():
        return True
    return user is not None and is_of_office(user)
