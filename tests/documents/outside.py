"""PDFs as somebody outside may make them, object by object."""

import zlib

CATALOG = b"<</Type/Catalog/Pages 2 0 R%s>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>%s>>"


def pdf(*objects: bytes, root: bytes = CATALOG % b"") -> bytes:
    """A PDF of these objects; the first is number 2."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate((root, *objects), 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    )


def stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)


def nested_forms(*, levels: int, times: int) -> bytes:
    """A page that draws a form that draws a form, each so many times."""
    draw = b"/F Do " * times
    forms = []
    for level in range(levels):
        inside = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level) if level + 1 < levels else b""
        forms.append(
            b"<</Subtype/Form/BBox[0 0 9 9]%s/Length %d>>stream\n%s\nendstream" % (inside, len(draw), draw)
        )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    return pdf(PAGES, page, stream(draw), *forms)
