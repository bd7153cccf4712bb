"""QR codes: any text comes back as it went in, at the agreed error correction."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.documents import qr


def scanned(code: qr.Code) -> zxingcpp.Barcode:
    stride = (code.modules + 7) // 8
    symbol = Image.frombytes("1", (code.modules, code.modules), code.rows, "raw", "1;I", stride)
    side = code.modules + 2 * qr.QUIET_MODULES
    paper = Image.new("1", (side, side), 1)
    paper.paste(symbol, (qr.QUIET_MODULES, qr.QUIET_MODULES))
    enlarged = paper.convert("L").resize((side * 4, side * 4), Image.Resampling.NEAREST)
    (found,) = zxingcpp.read_barcodes(enlarged)
    return found


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=120))
@settings(deadline=None)
def test_any_text_is_read_back(text: str) -> None:
    found = scanned(qr.code(text))

    assert found.bytes == text.encode()
    assert found.ec_level == "M"


@pytest.mark.parametrize("text", ["PETAR PETROVIĆ", "Đorđe Šćepanović, Žička", "ЈКП ОБЈЕДИЊЕНА НАПЛАТА", "ž"])
def test_serbian_letters_are_utf8_and_read_as_such(text: str) -> None:
    found = scanned(qr.code(text))

    assert found.text == text
    assert found.bytes == text.encode()


def test_no_designator_of_an_encoding_takes_up_room() -> None:
    assert qr.code("ć" * 21).modules == 29, "42 bytes fill version 3 at level M to the last one"


def test_a_symbol_the_usual_mask_leaves_uneven_is_masked_otherwise() -> None:
    for length in range(1, 200):
        code = qr.code("\x7f" * length)
        share = sum(byte.bit_count() for byte in code.rows) * 100 / code.modules**2
        assert 38 < share < 62
