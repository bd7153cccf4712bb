"""Papers about changes of data: the form and its way back, messages, the receipt, the letter.

What comes from outside is read by ``read_form`` and ``read_mail``, which either tell
what it says or raise ``Unreadable`` with a reason.
"""

from app.documents.changes.covering import covering_message
from app.documents.changes.decisions import DecisionData, NothingDecided, Remedy, decision_letter
from app.documents.changes.facts import ChangedField, EnclosedPaper
from app.documents.changes.filled_forms import FlatScan, FormReading, read_form
from app.documents.changes.form_data import FormData, FormFiling, FormMark
from app.documents.changes.forms import blank_form
from app.documents.changes.mail import Attachment, LeftOut, MailReading, read_mail
from app.documents.changes.receipts import ReceiptData, receipt

__all__ = [
    "Attachment",
    "ChangedField",
    "DecisionData",
    "EnclosedPaper",
    "FlatScan",
    "FormData",
    "FormFiling",
    "FormMark",
    "FormReading",
    "LeftOut",
    "MailReading",
    "NothingDecided",
    "ReceiptData",
    "Remedy",
    "blank_form",
    "covering_message",
    "decision_letter",
    "read_form",
    "read_mail",
    "receipt",
]
