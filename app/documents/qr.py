"""QR codes for payment: error correction M, UTF-8, a quiet zone of four modules left by the caller.

The bytes go in as they are, without an ECI designator: left to itself the encoder
writes Serbian letters in ISO 8859-2, and scanners at counters print designators
in front of the text.

Which of the eight masks is best to look at costs more to find out than all the
rest of a bill, while readers take every one of them; so one mask is used as long
as it leaves the symbol evenly dark, and the encoder chooses only when it does not.
"""

from dataclasses import dataclass
from typing import Any

QUIET_MODULES = 4
MASK, BEST_MASK = 3, -1
DARK_PERCENT = range(42, 59)
_BITS = bytes([ord("1")]) + bytes([ord("0")]) * 255


@dataclass(frozen=True, slots=True)
class Code:
    """A QR symbol without its quiet zone: modules on a side, a bit a module, rows padded to whole bytes."""

    modules: int
    rows: bytes


def code(text: str) -> Code:
    """Encode a text as a QR symbol; black is 1."""
    import zxingcpp  # late: the window does not wait for it

    def encoded(mask: int) -> tuple[int, bytes]:
        barcode = zxingcpp.create_barcode(data, symbology, ec_level="M", eci="Unknown", data_mask=mask)
        image: Any = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
        return int(image.shape[0]), memoryview(image).tobytes().translate(_BITS)

    data, symbology = text.encode(), zxingcpp.BarcodeFormat.QRCode
    modules, bits = encoded(MASK)
    if bits.count(b"1") * 100 // len(bits) not in DARK_PERCENT:
        modules, bits = encoded(BEST_MASK)
    stride = (modules + 7) // 8
    padding = b"0" * (stride * 8 - modules)
    padded = b"".join(bits[start : start + modules] + padding for start in range(0, len(bits), modules))
    return Code(modules, int(padded, 2).to_bytes(stride * modules, "big"))
