"""The words of codes and documents that are scanned."""

from app.documents.scan import UnreadableDocument
from app.domain.errors import SalterError
from app.domain.ips_qr import IpsQrFaulty, NotAnIpsQr
from app.usecases.scanning import NoPaymentCode
from ui.words.errors import Says

ERRORS: dict[type[SalterError], Says] = {
    NotAnIpsQr: Says("This is not the code of a bill. Scan the square code beside “NBS IPS QR”."),
    IpsQrFaulty: Says("The scanned code is damaged. Scan it again, or type the payment reference."),
    UnreadableDocument: Says("The file could not be read. Use a PDF or a picture (PNG, JPEG) of a bill."),
    NoPaymentCode: Says(
        "There is no payment code in this file. Scan the bill again, or type its payment reference."
    ),
}
