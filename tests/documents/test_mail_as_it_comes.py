"""Messages as people's programs really send them: nothing of them is lost without a word."""

import base64
import io
import struct
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.documents.changes import FlatScan, LeftOut, MailReading, read_mail
from app.domain.papers import Flaw, PaperType
from tests.documents.requests import HOLDER, form

FORM = form(prefilled=HOLDER)
HEIC = (Path(__file__).parent / "files" / "form.heic").read_bytes()
WORDS = "Poštovani, šaljem zahtev za đačku ulicu, čujemo se."


def message(*, text: str = "Poštovani,") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Živojin Šćepanović <zivojin@primer.example>"
    made["Subject"] = "Zahtev za promenu"
    made["Date"] = "Thu, 09 Jul 2026 10:15:00 +0200"
    made.set_content(text)
    return made


def with_form() -> EmailMessage:
    made = message()
    made.add_attachment(FORM, maintype="application", subtype="pdf", filename="zahtev.pdf")
    return made


def with_file(content: bytes, name: str, *, kind: str = "application/octet-stream") -> MailReading:
    made = message()
    maintype, _, subtype = kind.partition("/")
    made.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return read_mail(bytes(made))


# -- how a message begins -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\r\n",
        b"\n\n \n",
        b"Microsoft Mail Internet Headers Version 2.0\r\n",
        b"\xef\xbb\xbfMicrosoft Mail Internet Headers Version 2.0\r\n\r\n",
        b"From zivojin@primer.example Thu Jul  9 10:15:00 2026\n",
    ],
)
def test_a_message_is_read_whatever_a_program_wrote_before_its_headers(before: bytes) -> None:
    reading = read_mail(before + bytes(with_form()))

    assert (reading.subject, reading.sender) == ("Zahtev za promenu", "zivojin@primer.example")
    assert len(reading.forms) == 1


def test_a_message_saved_in_two_bytes_a_letter_is_read() -> None:
    saved = bytes(with_form()).decode("utf-8").encode("utf-16")

    assert len(read_mail(saved).forms) == 1


# -- messages within messages -------------------------------------------------------------------------


def test_a_message_forwarded_in_base64_gives_up_its_form() -> None:
    packed = base64.encodebytes(bytes(with_form())).decode("ascii")
    head, _, _ = bytes(message()).decode("utf-8", "surrogateescape").partition("Content-Type")
    outer = (
        f'{head}Content-Type: multipart/mixed; boundary="gran"\n\n'
        "--gran\nContent-Type: text/plain\n\nvidi prilog\n"
        "--gran\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n"
        f"Content-Disposition: attachment\n\n{packed}\n--gran--\n"
    )

    reading = read_mail(outer.encode("utf-8", "surrogateescape"))

    assert len(reading.forms) == 1
    assert reading.text == "vidi prilog\n\nPoštovani,"


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain"])
def test_a_message_attached_as_a_file_gives_up_its_form(kind: str) -> None:
    reading = with_file(b"\xef\xbb\xbf" + bytes(with_form()), "fwd.eml", kind=kind)

    assert len(reading.forms) == 1
    assert reading.left_out == ()


def test_a_file_called_a_message_that_is_none_is_named() -> None:
    assert with_file(b"samo tekst", "fwd.eml").left_out == (LeftOut("fwd.eml", Flaw.NO_MESSAGE),)


@pytest.mark.parametrize("written", [b"base64  ", b"BASE64\t", b'"base64"', b"base64;"])
def test_an_encoding_is_known_whatever_stands_around_its_word(written: bytes) -> None:
    sent = bytes(with_form()).replace(
        b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: " + written
    )

    (paper,) = read_mail(sent).attachments
    assert paper.content == FORM


# -- letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "declared",
    [
        b"Content-Type: text/plain; charset=utf-8\r\n",
        b"Content-Type: text/plain\r\n",
        b"Content-Type: text/plain; charset=us-ascii\r\n",
        b"Content-Type: text/plain; charset=iso-8859-1\r\n",
        b"",
    ],
)
def test_words_in_a_code_page_are_read_whatever_a_program_says_they_are(declared: bytes) -> None:
    head = b"From: ana@primer.example\r\nMIME-Version: 1.0\r\n" + declared
    sent = head + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + WORDS.encode("cp1250")

    assert read_mail(sent).text == WORDS


def test_words_in_utf_8_with_a_damaged_letter_stay_what_they_are() -> None:
    sent = b"From: a@primer.example\r\n\r\n" + "Поштовани, шаљем захтев".encode() + b"\xd0 kraj"

    assert read_mail(sent).text.startswith("Поштовани, шаљем захтев")


def test_french_stays_french() -> None:
    head = b"From: a@primer.example\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"

    assert read_mail(head + "très cher père été".encode("latin-1")).text == "très cher père été"


NAME = "račun za đačku šumu.pdf"


@pytest.mark.parametrize(
    "header",
    [
        b'attachment; filename="' + NAME.encode("cp1250") + b'"',
        b'attachment; filename="' + NAME.encode() + b'"',
        b'attachment; filename="=?utf-8?b?' + base64.b64encode(NAME.encode("cp1250")) + b'?="',
        b"attachment; filename*=utf-8''ra%E8un%20za%20%F0a%E8ku%20%9Aumu.pdf",
        b"attachment; filename*=''ra%E8un%20za%20%F0a%E8ku%20%9Aumu.pdf",
        b'attachment; filename="=?windows-1250?q?ra=E8un_za_=F0a=E8ku_=9Aumu.pdf?="',
        b'attachment; filename="=?iso-8859-1?q?ra=E8un_za_=F0a=E8ku_=9Aumu.pdf?="',
    ],
)
def test_a_file_has_its_name_whatever_it_was_written_in(header: bytes) -> None:
    sent = bytes(with_form()).replace(b'attachment; filename="zahtev.pdf"', header)

    assert [one.name for one in read_mail(sent).attachments] == [NAME]


def test_a_subject_and_a_sender_in_a_code_page_are_read() -> None:
    head = 'Subject: Zahtev za račun\r\nFrom: "Đorđe Šućur" <dj@primer.example>\r\n\r\n'

    reading = read_mail(head.encode("cp1250"))

    assert (reading.subject, reading.sender_name) == ("Zahtev za račun", "Đorđe Šućur")


@pytest.mark.parametrize(
    "written",
    [
        "Петар Перић <petar@пошта.срб>".encode(),
        b"=?utf-8?b?0J/QtdGC0LDRgCDQn9C10YDQuNGb?= <petar@xn--80a1acn3a.xn--90a3ac>",
    ],
)
def test_a_sender_under_the_serbian_domain_is_read(written: bytes) -> None:
    reading = read_mail(b"From: " + written + b"\r\nSubject: zahtev\r\n\r\nx")

    assert (reading.sender_name, reading.sender) == ("Петар Перић", "petar@пошта.срб")


def test_a_name_with_letters_of_both_scripts_or_of_another_code_page_is_put_right() -> None:
    for written in ("Nјegoš Milovanović", "Njegoš Milovanoviæ"):
        sent = f"From: {written} <n@primer.example>\r\n\r\nx".encode()
        assert read_mail(sent).sender_name == "Njegoš Milovanović"


# -- the words of a message -----------------------------------------------------------------------------


def test_the_same_words_in_plain_text_and_as_a_page_with_pictures_are_read_once() -> None:
    made = message(text="Šaljem zahtev.")
    made.add_alternative("<p>Šaljem zahtev.</p><img src='cid:a'>", subtype="html")
    page = made.get_payload()[1]
    page.add_related(b"%PDF-1.7 x", "application", "pdf", cid="<a>", filename="a.pdf")

    reading = read_mail(bytes(made))

    assert reading.text == "Šaljem zahtev."
    assert [one.name for one in reading.attachments] == ["a.pdf"]


def test_words_around_an_attachment_are_read_once_and_the_attachment_is_kept() -> None:
    inner = EmailMessage()
    inner.set_content("<p>Šaljem zahtev.</p>", subtype="html")
    inner.add_attachment(FORM, maintype="application", subtype="pdf", filename="zahtev.pdf")
    made = message(text="Šaljem zahtev.")
    made.make_alternative()
    made.attach(inner)

    reading = read_mail(bytes(made))

    assert reading.text == "Šaljem zahtev."
    assert len(reading.forms) == 1


def test_where_the_plain_text_is_empty_the_page_is_read() -> None:
    made = message(text=" \n")
    made.add_alternative("<p>Šaljem zahtev.</p>", subtype="html")

    assert read_mail(bytes(made)).text == "Šaljem zahtev."


# -- what is left out is named --------------------------------------------------------------------------


def test_an_empty_file_is_named() -> None:
    assert with_file(b"", "zahtev.pdf").left_out == (LeftOut("zahtev.pdf", Flaw.EMPTY),)


def test_a_signature_beside_a_message_is_no_paper_that_was_refused() -> None:
    reading = with_file(b"0\x82\x01\x00" + bytes(256), "smime.p7s", kind="application/pkcs7-signature")

    assert reading.left_out == ()


def test_a_program_called_a_signature_is_named() -> None:
    assert with_file(b"MZ\x90", "smime.p7s").left_out == (LeftOut("smime.p7s", Flaw.NOT_ALLOWED),)


def test_an_invitation_is_named_and_not_read_as_words() -> None:
    made = message()
    made.add_alternative("BEGIN:VCALENDAR\r\nEND:VCALENDAR", subtype="calendar")

    reading = read_mail(bytes(made))

    assert reading.text == "Poštovani,"
    assert [one.flaw for one in reading.left_out] == [Flaw.NOT_ALLOWED]


# -- S/MIME ---------------------------------------------------------------------------------------------


def der(tag: int, *contents: bytes, is_open: bool = False) -> bytes:
    """An element of ASN.1, of known length or ended by two noughts."""
    content = b"".join(contents)
    if is_open:
        return bytes([tag, 0x80]) + content + b"\0\0"
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content


def signed(content: bytes, *, is_open: bool = False) -> bytes:
    data, signed_data = bytes.fromhex("2a864886f70d010701"), bytes.fromhex("2a864886f70d010702")
    half = len(content) // 2
    octets = (
        der(0x24, der(0x04, content[:half]), der(0x04, content[half:]), is_open=True)
        if is_open
        else der(0x04, content)
    )
    enclosed = der(0x30, der(0x06, data), der(0xA0, octets, is_open=is_open), is_open=is_open)
    whole = der(0x30, der(0x02, b"\1"), der(0x31), enclosed, der(0x31), is_open=is_open)
    return der(0x30, der(0x06, signed_data), der(0xA0, whole, is_open=is_open), is_open=is_open)


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/octet-stream"])
def test_a_message_within_its_signature_gives_up_its_form(kind: str, *, is_open: bool) -> None:
    inside = with_form()
    del inside["From"], inside["Subject"], inside["Date"]

    reading = with_file(signed(bytes(inside), is_open=is_open), "smime.p7m", kind=kind)

    assert len(reading.forms) == 1
    assert reading.left_out == ()


def test_a_message_sealed_for_somebody_is_named_as_sealed() -> None:
    sealed = der(0x30, der(0x06, bytes.fromhex("2a864886f70d010703")), der(0xA0, der(0x30)))

    reading = with_file(sealed, "smime.p7m", kind="application/pkcs7-mime")

    assert reading.left_out == (LeftOut("smime.p7m", Flaw.SEALED),)


@pytest.mark.parametrize("cut", [1, 5, 20, 60])
def test_a_damaged_signature_is_named(cut: int) -> None:
    reading = with_file(signed(bytes(with_form()))[:-cut], "smime.p7m", kind="application/pkcs7-mime")

    assert [one.name for one in reading.left_out] == ["smime.p7m"]


# -- winmail.dat ------------------------------------------------------------------------------------------


def attribute(kind: int, content: bytes) -> bytes:
    return struct.pack("<BII", 2, kind, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def winmail(*files: tuple[str, bytes]) -> bytes:
    """What Outlook packs attachments into; long names stand among the properties."""
    made = b"\x78\x9f\x3e\x22" + b"\x01\x00" + attribute(0x00089006, b"\0\0\1\0")
    for name, content in files:
        wide = (name + "\0").encode("utf-16-le")
        wide += bytes(-len(wide) % 4)
        number = struct.pack("<HHI", 0x0003, 0x3705, 1)
        long_name = struct.pack("<HHII", 0x001F, 0x3707, 1, len((name + "\0").encode("utf-16-le"))) + wide
        made += attribute(0x00069002, bytes(14))
        made += attribute(0x00018010, b"ZAHTEV~1.PDF\0")
        made += attribute(0x0006800F, content)
        made += attribute(0x00069005, struct.pack("<I", 2) + number + long_name)
    return made


def test_what_outlook_packed_is_unpacked() -> None:
    packed = winmail(("захтев за промену.pdf", FORM), ("virus.exe", b"MZ\x90"))

    reading = with_file(packed, "winmail.dat", kind="application/ms-tnef")

    assert [(one.name, one.content) for one in reading.attachments] == [("захтев за промену.pdf", FORM)]
    assert len(reading.forms) == 1
    assert reading.left_out == (LeftOut("virus.exe", Flaw.NOT_ALLOWED),)


def test_what_outlook_packed_and_cannot_be_unpacked_is_named() -> None:
    reading = with_file(winmail(("zahtev.pdf", FORM))[:200], "winmail.dat")

    assert reading.left_out == (LeftOut("winmail.dat", Flaw.RICH_TEXT),)


# -- pictures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["IMG_0042.HEIC", "IMG_0042.jpg"])
def test_a_photograph_from_a_telephone_of_apple_is_kept_as_one_that_everybody_can_see(name: str) -> None:
    (paper,) = with_file(HEIC, name, kind="image/jpeg").attachments

    assert (paper.type, paper.content[:3]) == (PaperType.JPEG, b"\xff\xd8\xff")
    assert paper.name.startswith("IMG_0042")
    assert paper.name.endswith(".jpg")
    assert isinstance(paper.reading, FlatScan)
    assert paper.reading.ident == 1234567


def test_a_photograph_that_cannot_be_opened_is_named() -> None:
    reading = with_file(HEIC[:400], "IMG_0042.HEIC", kind="image/heic")

    assert reading.left_out == (LeftOut("IMG_0042.HEIC", Flaw.MALFORMED),)


def heavy_bitmap() -> bytes:
    from PIL import Image

    saved = io.BytesIO()
    Image.new("1", (10_000, 8_001)).save(saved, "BMP")
    return saved.getvalue()


@pytest.mark.parametrize("made", [heavy_bitmap], ids=["more than any scanner makes"])
def test_a_picture_that_would_unfold_into_too_much_is_named(made: Callable[[], bytes]) -> None:
    assert with_file(made(), "a.bmp").left_out == (LeftOut("a.bmp", Flaw.TOO_INTRICATE),)
