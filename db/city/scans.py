"""Papers that applicants brought: one page that says what it is, in the smallest PDF there can be.

The standard letters of a PDF know no č, ć and đ, so these pages are written
without their marks, as many an old typewriter did.
"""

from datetime import date
from functools import cache

from app.domain.changes import PaperKind
from app.domain.script import to_latin

_TITLES = {
    PaperKind.REQUEST: "MOLBA",
    PaperKind.TITLE: "ISPRAVA O PRAVU NA PROSTORU",
    PaperKind.MEMBERS_CERTIFICATE: "POTVRDA UPRAVNIKA O BROJU CLANOVA",
    PaperKind.ASSEMBLY_DECISION: "ODLUKA SKUPSTINE STAMBENE ZAJEDNICE",
    PaperKind.WRITTEN_NOTICE: "PISANO OBAVESTENJE",
    PaperKind.CADASTRE_EXTRACT: "IZVOD IZ LISTA NEPOKRETNOSTI",
    PaperKind.PURPOSE_ACT: "AKT O PROMENI NAMENE",
    PaperKind.REGISTER_EXTRACT: "IZVOD IZ REGISTRA PRIVREDNIH SUBJEKATA",
    PaperKind.AUTHORIZATION: "PUNOMOCJE",
    PaperKind.DEATH_CERTIFICATE: "IZVOD IZ MATICNE KNJIGE UMRLIH",
    PaperKind.SECRETARIAT_DECISION: "RESENJE SEKRETARIJATA",
    PaperKind.EMAIL_CONSENT: "SAGLASNOST ZA DOSTAVU E-POSTOM",
}
_ACTS = {
    "sale_contract": "UGOVOR O KUPOPRODAJI NEPOKRETNOSTI",
    "inheritance_ruling": "RESENJE O NASLEDJIVANJU",
    "gift_contract": "UGOVOR O POKLONU",
    "lifelong_support_contract": "UGOVOR O DOZIVOTNOM IZDRZAVANJU",
}
_PLAIN = str.maketrans("čćžšđČĆŽŠĐ", "cczsdCCZSD")


def scan(kind: PaperKind, *, act: str, applicant: str, day: date) -> bytes:
    """Return a page that stands for a scanned paper."""
    title = _ACTS.get(act) or _TITLES.get(kind, "PRILOG")
    name = to_latin(applicant).translate(_PLAIN).encode("ascii", "replace").decode()
    return _page(title, name.replace("(", "").replace(")", "").replace("\\", ""), f"{day:%d.%m.%Y.}")


@cache
def _head(title: str) -> str:
    return f"BT /F1 15 Tf 72 760 Td ({title}) Tj ET"


def _page(title: str, name: str, day: str) -> bytes:
    lines = (
        f"{_head(title)} BT /F1 11 Tf 72 715 Td ({name}) Tj 0 -20 Td (U Beogradu, {day}) Tj"
        " 0 -40 Td (Uzorak isprave za probni grad.) Tj ET 0.6 w 72 560 m 523 560 l S"
        " 380 480 140 46 re S BT /F1 9 Tf 412 500 Td (pecat i potpis) Tj ET"
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(lines)}>>stream\n{lines}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    )
    written = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    written += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return written.encode("ascii")
