"""Files that were read and wait for a person: kept, made into drafts, thrown away."""

import hashlib
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from openness.accounts.models import User
from openness.core import clock
from openness.departments.selectors import department_of
from openness.media.models import Document
from policies.importing.documents import ImportedDocument
from policies.importing.pages import FACTS, departments_by_name, new_page
from policies.importing.pdf import read_pdf
from policies.importing.word import read_docx
from policies.models import PolicyAttachment, PolicyPage, WaitingImport

KEPT_FOR = timedelta(days=3)
_READERS = {"docx": read_docx, "pdf": read_pdf}


def keep(content: bytes, *, file_name: str, parent: Page, user: User) -> WaitingImport:
    """Read a file and keep it with what was found. Raises Unreadable, and then keeps nothing."""
    extension = file_name.rpartition(".")[2].lower()
    found = _READERS[extension](content)
    waiting = WaitingImport(
        user=user,
        parent=parent,
        file_name=file_name[-255:],
        extension=extension,
        sha256=hashlib.sha256(content).hexdigest(),
        facts=facts_of(found),
        body=found.body,
        taken=found.taken,
        cautions=[list(caution) for caution in found.cautions],
    )
    waiting.file = ContentFile(content, name=f"original.{extension}")
    waiting.save()
    return waiting


def facts_of(found: ImportedDocument) -> dict[str, Any]:
    """Return the facts as a form shows them: strings, an issuer per line, days as YYYY-MM-DD."""
    values = {name: value for name, value in asdict(found).items() if name in FACTS}
    texts = {
        name: value.isoformat() if isinstance(value, date) else value or "" for name, value in values.items()
    }
    return {**texts, "issuers": "\n".join(found.issuers)}


def make_draft(waiting: WaitingImport, facts: dict[str, Any], *, user: User) -> PolicyPage:
    """Return the draft made of the facts as confirmed and the body as shown, with the original; forget the upload.

    ``facts`` are the cleaned data of the form. Raises ValidationError when the page or the file is refused.
    """
    # Read anew: other pages may have come below it since.
    parent = Page.objects.get(pk=waiting.parent_id)
    page = new_page(facts, issuers=facts["issuers"], body=waiting.body, departments=departments_by_name())
    page.owner = user
    original = _original(waiting, parent, user)
    try:
        with transaction.atomic():
            original.save()
            if waiting.extension == "pdf":
                page.signed_original = original
            else:
                page.attachments = [PolicyAttachment(document=original)]
            parent.add_child(instance=page)
            page.save_revision(user=user, clean=False)
            waiting.delete()
    except ValidationError:
        # The row is rolled back, its file is not.
        original.file.storage.delete(str(original.file.name))
        raise
    return page


def _original(waiting: WaitingImport, parent: Page, user: User) -> Document:
    """Return the file as a document of the department, checked and not yet saved."""
    department = department_of(parent)
    document = Document(
        title=waiting.file_name.rpartition(".")[0] or waiting.file_name, uploaded_by_user=user
    )
    if department and department.collection:
        document.collection = department.collection
    with waiting.file.open("rb") as file:
        document.file = ContentFile(file.read(), name=waiting.file_name)
    document.full_clean(exclude=["tags"])
    return document


def drop_old() -> int:
    """Delete the files that nobody confirmed within `KEPT_FOR`; return how many."""
    old = list(WaitingImport.objects.filter(created_at__lt=clock.now() - KEPT_FOR))
    for waiting in old:
        waiting.delete()
    return len(old)
