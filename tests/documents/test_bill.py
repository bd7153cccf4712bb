"""The copy of a bill: what it says, what its code asks for, and that nothing runs off the page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.bill import (
    BillCopy,
    Correction,
    PremisesFacts,
    ProviderSum,
    Script,
    render,
    render_to,
)
from app.documents.bill.specification import HEAD, ROW, TOTAL, page_counts
from app.domain import ips_qr
from tests.documents import samples
from tests.documents.extraction import check_golden, codes_of, placed_on, text_of

LEFT, RIGHT = 12.0, 198.0


def a_firm() -> BillCopy:
    firm = samples.bill(
        holder='"Medaković i sinovi" društvo sa ograničenom odgovornošću za trgovinu i usluge Beograd',
        address=("Bulevar kralja Aleksandra 212, lokal 3", "11050 Beograd, Zvezdara"),
        ident=7654321,
        interest="1312.45",
    )
    facts = PremisesFacts("poslovni prostor", "prodavnica", Decimal("1254.30"), None, None, "po površini")
    return replace(samples.with_debts(firm), tax_number="101134702", premises=facts)


DOCUMENTS = {
    "flat": samples.bill(),
    "subsidized": samples.bill(discount_percent="7", subsidy="1204.00"),
    "debtor": samples.with_debts(samples.bill(discount_percent="0", interest="312.45")),
    "firm": a_firm(),
    "two_pages": samples.bill(samples.FLAT_SERVICES * 3),
    "corrected": replace(samples.bill(), duplicate=None, correction=Correction(2, "očitan pogrešan vodomer")),
    "settled": replace(samples.bill(), paid=Decimal("8958.28"), slip=None),
}


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bill_says_what_it_said_before(name: str, script: Script) -> None:
    check_golden(f"bill_{name}_{script}", text_of(render([DOCUMENTS[name]], script=script)))


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize(
    ("printed_on", "amount"),
    [(date(2026, 7, 2), "8510.37"), (date(2026, 7, 15), "8510.37"), (date(2026, 7, 16), "8958.28")],
)
def test_the_code_on_paper_is_the_composed_one(printed_on: date, amount: str, script: Script) -> None:
    copy = samples.bill(printed_on=printed_on)
    assert copy.slip is not None

    (read,) = codes_of(render([copy], script=script))

    assert read == copy.slip.qr_payload
    assert ips_qr.parse(read).amount == Decimal(amount)


def test_both_amounts_stand_on_the_bill_until_the_discount_ends_and_after() -> None:
    text = text_of(render([samples.bill(printed_on=date(2026, 7, 20))], script=Script.LATIN))

    assert "Za uplatu do 15.07.2026.\n8.510,37" in text
    assert "Za uplatu posle 15.07.2026.\n8.958,28" in text
    assert "=8.958,28" in text


def test_without_a_discount_there_is_one_amount() -> None:
    text = text_of(render([samples.bill(discount_percent="0")], script=Script.LATIN))

    assert "Za uplatu do 31.07.2026.\n8.958,28" in text
    assert "posle 15.07.2026." not in text
    assert "popustom" not in text


def test_a_settled_bill_carries_no_slip() -> None:
    settled = render([DOCUMENTS["settled"]], script=Script.LATIN)

    assert codes_of(settled) == []
    assert "NALOG ZA UPLATU" not in text_of(settled)


def test_an_original_is_not_marked_as_a_duplicate() -> None:
    assert "DUPLIKAT" not in text_of(render([DOCUMENTS["corrected"]], script=Script.LATIN))


def test_a_copy_names_who_issued_it_where_and_when() -> None:
    text = text_of(render([samples.bill()], script=Script.CYRILLIC))

    assert "ДУПЛИКАТ" in text
    assert "издао: М. Станковић" in text
    assert "Експозитура Звездара" in text
    assert "09.07.2026. 14:32" in text


def test_every_line_is_printed_once_when_the_table_goes_on() -> None:
    services = [("01", f"{number:04d}", f"Usluga {number}", "kom", "1", "10", "20") for number in range(150)]

    text = text_of(render([samples.bill(services)], script=Script.LATIN))

    assert [text.count(f"Usluga {number}\n") + text.count(f"Usluga {number} ") for number in range(150)] == (
        [1] * 150
    )
    assert text.count("Ukupno usluge") == 1
    assert "Strana 3 od 3" in text


def test_the_same_copies_give_the_same_bytes() -> None:
    copies = [samples.bill(ident=ident) for ident in (1, 2, 3)]

    assert render(copies, script=Script.CYRILLIC) == render(copies, script=Script.CYRILLIC)


def test_the_properties_of_a_copy_name_nobody_but_the_issuer(tmp_path) -> None:
    path = tmp_path / "bill.pdf"
    path.write_bytes(render([samples.bill()], script=Script.LATIN))

    reader = pypdf.PdfReader(path)
    said = dict(reader.metadata or {})

    assert said["/Title"] == "Duplikat računa 1234567-2606"
    assert said["/Author"] == samples.ISSUER.name
    assert said["/CreationDate"] == "D:20260709143200+02'00'"
    assert reader.trailer["/Root"]["/Lang"] == "sr-Latn-RS"
    assert not any("Petrović" in str(value) for value in said.values())


def test_only_our_two_typefaces_are_in_the_file_and_they_are_embedded(tmp_path) -> None:
    path = tmp_path / "bill.pdf"
    path.write_bytes(render([samples.bill()], script=Script.CYRILLIC))

    fonts = pypdf.PdfReader(path).pages[0]["/Resources"]["/Font"]

    assert len(fonts) == 2
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts.values())


def test_a_batch_puts_each_bill_on_its_own_page(tmp_path) -> None:
    copies = (samples.bill(ident=ident, holder=f"Korisnik {ident}") for ident in (1, 2, 3))
    path = tmp_path / "batch.pdf"

    with path.open("wb") as target:
        count = render_to(target, copies, script=Script.LATIN)

    pages = text_of(path.read_bytes()).split("\f")
    assert count == len(pages) == 3
    assert ["Korisnik 2" in page for page in pages] == [False, True, False]
    assert [ips_qr.parse(codes_of(path.read_bytes(), page=page)[0]).reference[2:9] for page in range(3)] == [
        "0000001",
        "0000002",
        "0000003",
    ]


def test_a_bill_of_many_providers_keeps_its_slip_clear() -> None:
    copy = samples.bill()
    share = copy.charged / 20
    providers = [ProviderSum(f"{number:02d}", f"Davalac {number}", share) for number in range(20)]
    copy = replace(copy, providers=tuple(providers))
    assert copy.slip is not None

    data = render([copy], script=Script.LATIN)

    assert codes_of(data) == [copy.slip.qr_payload]
    assert "Specifikacija" not in text_of(data).split("\f")[0]
    assert "Specifikacija" in text_of(data).split("\f")[1]


@given(
    lines=st.integers(1, 2000),
    first=st.floats(0, 110, allow_nan=False),
    further=st.floats(60, 260, allow_nan=False),
)
def test_rows_are_spread_over_pages_without_loss_and_with_room_for_the_total(
    lines: int, first: float, further: float
) -> None:
    counts = page_counts(lines, first=first, further=further)
    rooms = [first] + [further] * (len(counts) - 1)

    assert sum(counts) == lines
    assert min(counts[1:], default=1) >= 1
    for count, room in zip(counts, rooms, strict=True):
        assert not count or HEAD + count * ROW <= room
    assert HEAD + counts[-1] * ROW + TOTAL <= rooms[-1]


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(ValueError, match="no bill"):
        render([], script=Script.LATIN)


def test_sums_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match=r"9000\.00"):
        replace(samples.bill(), total=Decimal("9000.00"))


WORDS = st.text(max_size=120) | st.text(alphabet="ЉЊЂWMŠđ. ", min_size=1, max_size=200)
PRICES = st.decimals(Decimal("0.0001"), Decimal("99999999.9999"), places=4)
QUANTITIES = st.decimals(Decimal("0.001"), Decimal("9999.999"), places=3)


@given(
    holder=WORDS,
    address=st.tuples(WORDS, WORDS),
    service=WORDS,
    unit=WORDS,
    price=PRICES,
    quantity=QUANTITIES,
    script=st.sampled_from(Script),
    is_debtor=st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_name_or_sum_leaves_its_place(
    holder: str,
    address: tuple[str, str],
    service: str,
    unit: str,
    price: Decimal,
    quantity: Decimal,
    script: Script,
    *,
    is_debtor: bool,
) -> None:
    services = [("01", "0110", service, unit, str(quantity), str(price), "20"), *samples.FLAT_SERVICES[:3]]
    copy = samples.bill(services, holder=holder, address=address, interest="312.45", subsidy="0.01")
    copy = samples.with_debts(copy) if is_debtor else copy

    for runs in placed_on(render([copy], script=script)):
        by_baseline: dict[int, list[tuple[float, float, str]]] = {}
        for run in runs:
            assert run.left >= LEFT - 0.8, run
            assert run.right <= RIGHT + 0.8, run
            by_baseline.setdefault(round(run.bottom * 10), []).append((run.left, run.right, run.text))
        for line in by_baseline.values():
            line.sort()
            for (_, right, before), (left, _, after) in pairwise(line):
                assert right <= left + 0.4, (before, after)
