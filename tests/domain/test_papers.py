"""Papers as files: told by what they hold, stored under names that are safe everywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.papers import LONGEST_NAME, PaperType, is_named_as, is_safe_name, safe_name, sniff


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n", PaperType.PDF),
        (b"\xff\xd8\xff\xe1", PaperType.JPEG),
        (b"\x89PNG\r\n\x1a\n", PaperType.PNG),
        (b"II*\x00", PaperType.TIFF),
        (b"MM\x00*", PaperType.TIFF),
        (b"", None),
        (b" %PDF-1.4", None),
        (b"MZ", None),
        (b"GIF89a", None),
        (b"<svg>", None),
        (b"PK\x03\x04", None),
    ],
)
def test_a_type_is_told_by_the_first_bytes(content: bytes, kind: PaperType | None) -> None:
    assert sniff(content) is kind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.exe", "x.exe"),
        ("..\\..\\x.exe", "x.exe"),
        ("/etc/passwd", "passwd"),
        ("уговор о купопродаји.pdf", "уговор о купопродаји.pdf"),
        ("ugovor\x00.pdf\u202egpj.exe", "ugovor .pdf gpj.exe"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("CON.pdf", "prilog CON.pdf"),
        ("...", "prilog"),
        ("", "prilog"),
        ("  .pdf. ", "pdf"),
    ],
)
def test_a_name_keeps_no_path_and_nothing_that_hides(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_ends_as_its_type_does() -> None:
    assert safe_name("x.exe", kind=PaperType.PDF) == "x.exe.pdf"
    assert safe_name("SKEN.JPEG", kind=PaperType.JPEG) == "SKEN.JPEG"
    assert safe_name("", kind=PaperType.TIFF) == "prilog.tif"


@given(st.text(max_size=400), st.none() | st.sampled_from(PaperType))
def test_any_name_becomes_a_safe_one_and_stays_it(name: str, kind: PaperType | None) -> None:
    safe = safe_name(name, kind=kind)

    assert 0 < len(safe) <= LONGEST_NAME
    assert not set(safe) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign).startswith("C") for sign in safe)
    assert safe == safe.strip(" .")
    assert safe_name(safe, kind=kind) == safe
    assert is_safe_name(safe)
    assert kind is None or is_named_as(safe, kind)


@pytest.mark.parametrize(
    "name",
    [
        "x.pdf.exe",
        "CON.pdf",
        "con .pdf",
        "../../x.pdf",
        "x\u202egpj.pdf",
        "x.pdf.",
        "x.pdf ",
        "x\0.pdf",
        "pdf",
    ],
)
def test_a_name_that_hides_what_it_is_is_not_kept(name: str) -> None:
    assert not is_named_as(name, PaperType.PDF)
