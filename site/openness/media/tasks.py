import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task
from wagtail.search import index

from openness.core import outbox
from openness.media.enums import ExtractionState
from openness.media.extraction import SUPPORTED_TYPES
from openness.media.reading import read_text

if TYPE_CHECKING:
    from openness.media.models import Document

logger = logging.getLogger(__name__)

# The text of a document was read; the key is its number.
TEXT_CHANGED = "media.text_changed"


@task()
def extract_document_text(document_id: int, sha256: str) -> None:
    """Store the text of the document, if it still holds the file with this digest. May run again."""
    # The model enqueues this task.
    from openness.media.models import Document

    same_file = Document.objects.filter(pk=document_id, sha256=sha256)
    document = same_file.first()
    if document is None:
        return
    state, text = _read(document)
    with transaction.atomic():
        # An update leaves alone what an editor changes meanwhile, and what replaced this file.
        is_stored = same_file.update(extraction_state=state, extracted_text=text)
        if is_stored:
            outbox.publish(TEXT_CHANGED, str(document_id))
    if is_stored and text:
        document.refresh_from_db()
        index.insert_or_update_object(document)


def _read(document: "Document") -> tuple[ExtractionState, str]:
    if document.detected_type not in SUPPORTED_TYPES:
        return ExtractionState.UNSUPPORTED, ""
    try:
        with document.open_file() as file:
            content = file.read()
        text = read_text(content, document.detected_type)
    # Storages raise whatever they have, and the reader UnreadableFile; the document is offered without its text.
    except Exception:
        logger.warning("No text from document %s", document.pk, exc_info=True)
        return ExtractionState.FAILED, ""
    return (ExtractionState.DONE, text) if text else (ExtractionState.EMPTY, "")
