"""Messages that bring requests: their words, their papers, and nothing that was only claimed."""

import base64
import io
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.changes import FlatScan, LeftOut, read_mail
from app.documents.changes.mail import DEEPEST, LONGEST_TEXT, MOST_ATTACHMENTS
from app.documents.wording import Script
from app.domain.changes import ChangeKind
from app.domain.papers import Flaw, PaperType, Unreadable
from tests.documents.extraction import picture_of
from tests.documents.requests import HOLDER, form

FORM = form(script=Script.CYRILLIC, prefilled=HOLDER)
MANY = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 50_000
HEADERS = b"From: Ana <ana@primer.example>\r\nSubject: zahtev\r\n"


def scan(kind: str = "JPEG") -> bytes:
    saved = io.BytesIO()
    picture_of(form(), dpi=100).convert("L").save(saved, kind)
    return saved.getvalue()


SCAN = scan()


def message(
    *,
    subject: str = "Zahtev za promenu",
    sender: str = "Živojin Šćepanović",
    text: str = "Poštovani,",
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = f"{sender} <zivojin@primer.example>"
    made["To"] = "promene@naplata.example"
    made["Subject"] = subject
    made["Date"] = "Thu, 09 Jul 2026 10:15:00 +0200"
    made.set_content(text)
    return made


def with_papers() -> EmailMessage:
    made = message()
    made.add_attachment(FORM, maintype="application", subtype="pdf", filename="захтев Шћепановић.pdf")
    made.add_attachment(SCAN, maintype="image", subtype="jpeg", filename="ugovor.jpg")
    return made


def flaw_of(content: bytes) -> Flaw:
    with pytest.raises(Unreadable) as refusal:
        read_mail(content)
    return refusal.value.flaw


def test_a_message_brings_its_form_and_its_scan() -> None:
    reading = read_mail(bytes(with_papers()))

    assert (reading.sender, reading.sender_name) == ("zivojin@primer.example", "Živojin Šćepanović")
    assert (reading.subject, reading.text) == ("Zahtev za promenu", "Poštovani,")
    assert reading.received_on == date(2026, 7, 9)
    assert [(one.name, one.type) for one in reading.attachments] == [
        ("захтев Шћепановић.pdf", PaperType.PDF),
        ("ugovor.jpg", PaperType.JPEG),
    ]
    assert [one.content for one in reading.attachments] == [FORM, SCAN]
    (filled,) = reading.forms
    assert (filled.kind, filled.ident, filled.values) == (ChangeKind.HOLDER, 1234567, HOLDER.values)
    scanned = reading.attachments[1].reading
    assert isinstance(scanned, FlatScan)
    assert scanned.kind is ChangeKind.HOLDER


@pytest.mark.parametrize(
    "subject", ["Захтев: промена корисника Ђорђевић", "Zahtev: čćđšž", "=?utf-8?q?broken"]
)
def test_a_subject_is_read_in_either_script(subject: str) -> None:
    reading = read_mail(bytes(message(subject=subject, sender="Љиљана Ђорђевић")))

    assert (reading.subject, reading.sender_name) == (subject, "Љиљана Ђорђевић")


def test_names_and_types_are_claims_and_only_what_a_file_holds_counts() -> None:
    made = message()
    made.add_attachment(FORM, maintype="text", subtype="plain", filename="../../x.exe")
    made.add_attachment(b"MZ\x90\x00", maintype="application", subtype="pdf", filename="C:\\racun.pdf")
    made.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="prilozi.zip")

    reading = read_mail(bytes(made))

    assert [(one.name, one.type) for one in reading.attachments] == [("x.exe.pdf", PaperType.PDF)]
    assert reading.left_out == (
        LeftOut("racun.pdf", Flaw.NOT_ALLOWED),
        LeftOut("prilozi.zip", Flaw.NOT_ALLOWED),
    )


def test_a_forwarded_message_gives_up_its_papers() -> None:
    made = message(subject="Prosleđeno", sender="M. Stanković", text="vidi prilog")
    made.add_attachment(with_papers())

    reading = read_mail(bytes(made))

    assert reading.subject == "Prosleđeno"
    assert reading.text == "vidi prilog\n\nPoštovani,"
    assert len(reading.forms) == 1


@pytest.mark.parametrize(("deep", "is_read"), [(DEEPEST, True), (DEEPEST + 1, False)])
def test_messages_within_messages_are_opened_only_so_deep(deep: int, *, is_read: bool) -> None:
    made = with_papers()
    for _ in range(deep):
        outer = message()
        outer.add_attachment(made)
        made = outer

    if is_read:
        assert len(read_mail(bytes(made)).forms) == 1
    else:
        assert flaw_of(bytes(made)) is Flaw.TOO_MANY_PARTS


def test_a_picture_within_the_words_is_kept_and_another_thing_is_not() -> None:
    made = message()
    made.add_alternative("<p>Vidi <img src='cid:a'></p>", subtype="html")
    page = made.get_payload()[1]
    page.add_related(scan("PNG"), "image", "png", cid="<a>", filename="potpis.png")
    page.add_related(b"<svg onload='alert(1)'/>", "image", "svg+xml", cid="<b>", filename="x.svg")

    reading = read_mail(bytes(made))

    assert [(one.name, one.is_inline) for one in reading.attachments] == [("potpis.png", True)]
    assert [one.name for one in reading.left_out] == ["x.svg"]


def test_of_a_page_only_the_words_are_taken() -> None:
    made = message()
    made.set_content(
        "<html><head><title>t</title><style>p{}</style><script>alert(1)</script></head>"
        "<body><p>Поштовани,</p><p>шаљем&nbsp;захтев.<br>Hvala</p></body></html>",
        subtype="html",
    )

    assert read_mail(bytes(made)).text == "Поштовани,\nшаљем захтев.\nHvala"


def test_a_paper_that_cannot_be_read_is_kept_with_its_flaw() -> None:
    made = message()
    made.add_attachment(FORM[:500], maintype="application", subtype="pdf", filename="pola.pdf")

    (half,) = read_mail(bytes(made)).attachments

    assert (half.name, half.reading, half.flaw) == ("pola.pdf", None, Flaw.MALFORMED)


def test_a_long_letter_is_cut_and_too_many_papers_are_refused() -> None:
    assert len(read_mail(bytes(message(text="reč " * 5_000))).text) <= LONGEST_TEXT
    made = message()
    for number in range(MOST_ATTACHMENTS + 1):
        made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=f"{number}.pdf")

    assert flaw_of(bytes(made)) is Flaw.TOO_MANY_PARTS


def test_a_day_in_belgrade_is_meant() -> None:
    late = bytes(message()).replace(b"10:15:00 +0200", b"23:30:00 +0000")

    assert read_mail(late).received_on == date(2026, 7, 10)
    assert read_mail(late.replace(b"Date: Thu, 09", b"Date: Thu, 99")).received_on is None


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b"\r\n \0", Flaw.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Flaw.OUTLOOK),
        (FORM, Flaw.NO_MESSAGE),
        (b"MZ\x90", Flaw.NO_MESSAGE),
        (b"samo tekst\nbez zaglavlja\n", Flaw.NO_MESSAGE),
        (HEADERS + b"A: b\n" * 20_000 + b"\n", Flaw.TOO_INTRICATE),
        (HEADERS + b"\n" * 3_000_000, Flaw.TOO_INTRICATE),
        (HEADERS + MANY, Flaw.TOO_MANY_PARTS),
        (HEADERS + b"Content-Type: message/rfc822\n\n" * 400, Flaw.TOO_MANY_PARTS),
        (b"Content-Type: message/rfc822\nFrom: x\n\n" * 20_000, Flaw.TOO_INTRICATE),
        (b"From: " + b"(" * 100_000 + b"\n\nx", Flaw.TOO_INTRICATE),
    ],
    ids=lambda value: value.value if isinstance(value, Flaw) else f"{len(value)} bytes",
)  # fmt: skip
def test_what_is_no_message_is_refused_with_its_reason(content: bytes, flaw: Flaw) -> None:
    assert flaw_of(content) is flaw


def test_a_message_over_the_limit_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_mail(bytes(with_papers()), most_bytes=1_000)

    assert refusal.value.flaw is Flaw.TOO_BIG


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: text/plain; charset=no-such",
        b"Content-Type: text/plain; charset*=x''%",
        b"Content-Type: ;;;===\"\"",
        b"Content-Transfer-Encoding: x-uuencode",
        b"Content-Disposition: attachment; filename*0*=utf-8''%FF; filename*1=\"",
        b"Content-Disposition: inline; filename==?utf-8?b?!!!?=",
        b"Date: 9999999999",
        b"Received: from x; Thu, 32 Foo 99999 25:61:61 +9999",
        b"To: <<<@@@>>> ,,, \"",
        b"Subject: =?utf-8?b?/w==?= =?foo?q?x?= \xff\xfe",
        b"MIME-Version: ((((",
    ],
)  # fmt: skip
def test_a_malformed_header_does_not_cost_the_message(header: bytes) -> None:
    reading = read_mail(HEADERS + header + b"\r\n\r\nPozdrav")

    assert reading.sender == "ana@primer.example"


MAIL = bytes(with_papers())


@given(start=st.integers(0, 3_000), cut=st.integers(1, 400), insert=st.binary(max_size=40))
@settings(deadline=None, max_examples=60)
def test_a_damaged_message_is_read_or_refused(start: int, cut: int, insert: bytes) -> None:
    read_or_refused(MAIL[:start] + insert + MAIL[start + cut :])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["From", "Subject", "Date", "Content-Type", "Content-Disposition", "Received", "MIME-Version"]
            ),
            st.text(st.characters(codec="utf-8"), max_size=80),
        ),
        max_size=12,
    ),
    st.binary(max_size=300),
)
@settings(deadline=None, max_examples=200)
def test_whatever_its_headers_a_message_is_read_or_refused(lines: list[tuple[str, str]], body: bytes) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    read_or_refused(head.encode() + b"\r\n" + body + base64.b64encode(body))


def read_or_refused(content: bytes) -> None:
    """Fail unless it is a reading within its limits, or a refusal with a reason."""
    flaw: Flaw | None = None
    text = ""
    try:
        text = read_mail(content).text
    except Unreadable as refusal:
        flaw = refusal.flaw
    assert flaw in (None, *Flaw)
    assert len(text) <= LONGEST_TEXT
