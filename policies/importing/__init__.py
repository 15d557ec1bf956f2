"""Documents from elsewhere: Word and PDF files that become drafts, and JSON Lines of many at once."""

from policies.importing.documents import Caution, ImportedDocument, Unreadable
from policies.importing.pdf import read_pdf
from policies.importing.word import read_docx

__all__ = ["Caution", "ImportedDocument", "Unreadable", "read_docx", "read_pdf"]
