"""The message a form goes out with: unsent, to be looked at and sent from the clerk's own mail program."""

from email.message import EmailMessage
from email.policy import SMTP

from app.documents.changes import words
from app.documents.wording import Script, written
from app.domain.changes import ChangeKind, declaration_of


def covering_message(
    form: bytes, *, kind: ChangeKind, file_name: str, recipient: str, issuer: str, script: Script
) -> bytes:
    """Make a message with a form in it; mail programs open one that is unsent for writing.

    ``recipient`` is an address on file, or empty; ``file_name`` has no ending.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if recipient:
        message["To"] = recipient
    message["Subject"] = written(f"Obrazac: {words.KINDS[kind]}", script)
    papers = "".join(f"\n  - {words.PAPERS[paper.kind]}" for paper in declaration_of(kind).papers)
    body = (
        "Poštovani,\n\n"
        f"u prilogu je obrazac „{words.KINDS[kind]}“. Popunite ga na računaru ili odštampanog, pa ga sa "
        f"prilozima pošaljite kao odgovor na ovu poruku ili donesite na bilo koju ekspozituru.\n\n"
        f"Prilozi, prema slučaju:{papers}\n\n{issuer}\n"
    )
    message.set_content("\n".join(written(line, script) for line in body.split("\n")))
    message.add_attachment(form, maintype="application", subtype="pdf", filename=f"{file_name}.pdf")
    return message.as_bytes()
