"""Payment codes: the published examples, every rule of the standard, and tired scanners."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import ips_qr, payment_reference
from app.domain.bank_account import NotABankAccount
from app.domain.ips_qr import Fault, IpsQrFaulty, NotAnIpsQr, PaymentRequest, TagProblem

INFOSTAN = "200220618010100048"
SHORT = "K:PR|V:01|C:1|R:200220618010100048|N:JKP INFOSTAN TEHNOLOGIJE|I:RSD4376,94|SF:122"
FULL = (
    "K:PR|V:01|C:1|R:200220618010100048|N:JKP INFOSTAN TEHNOLOGIJE\r\nDANIJELOVA 33\r\nBEOGRAD|I:RSD4376,94"
    "|P:PETAR PETROVIĆ\r\nUČITELJSKA 1\r\nBEOGRAD|SF:122|S:KOMUNALNE USLUGE 06/2026|RO:970512345672606"
)
CYRILLIC = (
    "K:PR|V:01|C:1|R:200220618010100048|N:ЈКП ИНФОСТАН ТЕХНОЛОГИЈЕ|I:RSD0,01|SF:189|S:КОМУНАЛНЕ УСЛУГЕ"
    "|RO:970512345672606"
)
OTHER_ISSUER = (
    "K:PR|V:01|C:1|R:845000000040484987|N:JP EPS BEOGRAD\r\nBALKANSKA 13|I:RSD3596,13|P:MRĐO MAČKATOVIĆ\r\n"
    "ŽUPSKA 13\r\nBEOGRAD 6|SF:189|S:UPLATA PO RAČUNU ZA EL. ENERGIJU|RO:97163220000111111111000"
)

letters = st.sampled_from("ABCČĆDĐŽabcčćdđžАБВГДЂЉЊЏабвгдђљњџ0123456789 .,-/()&\"'+:;?!")
lines = st.text(letters, min_size=1, max_size=20).filter(lambda line: line == line.strip())
names = st.lists(lines, min_size=1, max_size=3).map("\n".join)
requests = st.builds(
    PaymentRequest,
    payee_account=st.sampled_from([INFOSTAN, "845000000040484987", "165000000000005574"]),
    payee=names,
    amount=st.decimals("0.01", "9999999999.99", places=2),
    payment_code=st.from_regex(r"\A[12][0-9]{2}\Z"),
    payer=st.just("") | names,
    purpose=st.just("") | lines,
    model=st.just("97"),
    reference=st.from_regex(r"\A[0-9]{1,20}\Z").map(payment_reference.make),
)


def composed(request: PaymentRequest) -> str:
    return ips_qr.compose(
        request.payee_account,
        payee=request.payee,
        amount=request.amount,
        payment_code=request.payment_code,
        payer=request.payer,
        purpose=request.purpose,
        reference=request.reference,
        model=request.model,
    )


def faults_of(text: str) -> set[tuple[str, TagProblem]]:
    with pytest.raises(IpsQrFaulty) as refusal:
        ips_qr.parse(text)
    return {(fault.tag, fault.problem) for fault in refusal.value.faults}


@pytest.mark.parametrize(("text", "octets"), [(SHORT, 81), (FULL, 193), (CYRILLIC, 153), (OTHER_ISSUER, 192)])
def test_published_examples_are_read_and_written_alike(text, octets):
    assert len(text.encode()) == octets
    assert composed(ips_qr.parse(text)) == text


def test_a_bill_is_read_field_by_field():
    assert ips_qr.parse(FULL) == PaymentRequest(
        payee_account=INFOSTAN,
        payee="JKP INFOSTAN TEHNOLOGIJE\nDANIJELOVA 33\nBEOGRAD",
        amount=Decimal("4376.94"),
        payment_code="122",
        payer="PETAR PETROVIĆ\nUČITELJSKA 1\nBEOGRAD",
        purpose="KOMUNALNE USLUGE 06/2026",
        model="97",
        reference="0512345672606",
    )


@given(request=requests)
def test_what_is_composed_is_read_back(request):
    assert ips_qr.parse(composed(request)) == request


@given(request=requests)
def test_what_is_composed_keeps_every_rule_of_the_standard(request):
    text = composed(request)
    pairs = [part.split(":", 1) for part in text.split("|")]
    assert [tag for tag, _ in pairs] == sorted((tag for tag, _ in pairs), key=ips_qr.ORDER.index)
    assert all(value for _, value in pairs)
    assert text == text.strip(" \r\n|")


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028"])
@pytest.mark.parametrize("ending", ["", "\n", "\r\n", " ", "\t", "\r\r"])
def test_a_scanner_may_change_line_breaks_and_add_an_ending(line_break, ending):
    scanned = "\ufeff " + FULL.replace("\r\n", line_break) + ending
    assert ips_qr.parse(scanned) == ips_qr.parse(FULL)


def swapped(old: str, new: str) -> str:
    assert old in FULL
    return FULL.replace(old, new)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (swapped("|S:KOMUNALNE USLUGE 06/2026", "|S:"), ("S", TagProblem.EMPTY)),
        ("|" + FULL, ("", TagProblem.NOT_A_PAIR)),
        (FULL + "|", ("", TagProblem.NOT_A_PAIR)),
        (swapped("RSD4376,94", "RSD,01"), ("I", TagProblem.WRONG_VALUE)),
        (swapped("RSD4376,94", "RSD1.000,00"), ("I", TagProblem.WRONG_VALUE)),
        (swapped("RSD4376,94", "RSD100.00"), ("I", TagProblem.WRONG_VALUE)),
        (swapped("RSD4376,94", "RSD100"), ("I", TagProblem.WRONG_VALUE)),
        (swapped("RSD4376,94", "RSD0,00"), ("I", TagProblem.WRONG_VALUE)),
        (swapped("RSD4376,94", "EUR4376,94"), ("I", TagProblem.WRONG_VALUE)),
        (swapped("RSD4376,94", "RSD999999999999,99"), None),
        (swapped("RSD4376,94", "RSD9999999999999,99"), ("I", TagProblem.TOO_LONG)),
        (swapped(INFOSTAN, "200-2206180101000-48"), ("R", TagProblem.WRONG_VALUE)),
        (swapped(INFOSTAN, "200220618010100049"), ("R", TagProblem.CHECK_DIGITS)),
        (swapped("KOMUNALNE USLUGE 06/2026", "X" * 35), None),
        (swapped("KOMUNALNE USLUGE 06/2026", "X" * 36), ("S", TagProblem.TOO_LONG)),
        (swapped("KOMUNALNE USLUGE 06/2026", "A\r\nB"), ("S", TagProblem.TOO_MANY_LINES)),
        (swapped("\r\nBEOGRAD|I", "\r\nBEOGRAD\r\nSRBIJA|I"), ("N", TagProblem.TOO_MANY_LINES)),
        (swapped("PETAR PETROVIĆ", "P" * 70), ("P", TagProblem.TOO_LONG)),
        (swapped("PETAR", "PËTAR"), ("P", TagProblem.CHARACTERS)),
        (swapped("RO:970512345672606", "RO:97-0512345672606"), ("RO", TagProblem.WRONG_VALUE)),
        (swapped("RO:970512345672606", "RO:97 0512345672606"), ("RO", TagProblem.WRONG_VALUE)),
        (swapped("RO:970512345672606", "RO:970512345672607"), ("RO", TagProblem.CHECK_DIGITS)),
        (swapped("RO:970512345672606", "RO:00123-456"), None),
        (swapped("RO:970512345672606", "RO:00" + "1" * 24), ("RO", TagProblem.TOO_LONG)),
        (swapped("SF:122", "SF:322"), ("SF", TagProblem.WRONG_VALUE)),
        (swapped("SF:122", "SF:22"), ("SF", TagProblem.WRONG_VALUE)),
        (swapped("SF:122|", ""), ("SF", TagProblem.MISSING)),
        (swapped("SF:122", "SF:122|SF:122"), ("SF", TagProblem.REPEATED)),
        (swapped("SF:122", "SF:122|XX:1"), ("XX", TagProblem.UNKNOWN_TAG)),
        (swapped("K:PR|V:01", "V:01|K:PR"), ("K", TagProblem.WRONG_ORDER)),
        (swapped("K:PR", "K:PR "), ("K", TagProblem.WRONG_VALUE)),
        (swapped("C:1", "C:2"), ("C", TagProblem.WRONG_VALUE)),
    ],
)
def test_each_breach_is_named(text, fault):
    if fault is None:
        ips_qr.parse(text)
    else:
        assert faults_of(text) == {fault}


def test_all_breaches_are_listed_at_once():
    text = swapped("SF:122", "SF:1").replace(INFOSTAN, "1")
    assert faults_of(text) == {("SF", TagProblem.WRONG_VALUE), ("R", TagProblem.WRONG_VALUE)}


def test_a_fault_carries_what_was_read():
    with pytest.raises(IpsQrFaulty) as refusal:
        ips_qr.parse(swapped("SF:122", "SF:999"))
    assert refusal.value.faults == (Fault("SF", TagProblem.WRONG_VALUE, "999"),)


@pytest.mark.parametrize("text", ["", "0512345672606", "Petrović Ana", "https://primer.rs/a|b", "|"])
def test_other_texts_are_not_taken_for_a_code(text):
    with pytest.raises(NotAnIpsQr) as refusal:
        ips_qr.parse(text)
    assert refusal.type is NotAnIpsQr


@given(text=st.text())
def test_no_text_whatever_breaks_the_reader(text):
    for wrapped in (text, "K:PR|" + text, FULL + text):
        try:
            ips_qr.parse(wrapped)
        except NotAnIpsQr:
            continue


def test_composing_refuses_what_a_bank_would_refuse():
    with pytest.raises(NotABankAccount):
        ips_qr.compose("200-2206180101000-49", payee="A", amount=Decimal("1.00"), payment_code="122")
    with pytest.raises(IpsQrFaulty):
        ips_qr.compose(INFOSTAN, payee="", amount=Decimal("1.00"), payment_code="122")
    with pytest.raises(IpsQrFaulty):
        ips_qr.compose(INFOSTAN, payee="A|B", amount=Decimal("1.00"), payment_code="122")
    with pytest.raises(IpsQrFaulty):
        ips_qr.compose(INFOSTAN, payee="A", amount=Decimal("-1.00"), payment_code="122")
    with pytest.raises(payment_reference.ReferenceMistyped):
        ips_qr.compose(
            INFOSTAN, payee="A", amount=Decimal("1.00"), payment_code="122", reference="0512345672607"
        )


def test_a_reference_without_a_model_is_written_with_zeros():
    text = ips_qr.compose(
        INFOSTAN, payee="A", amount=Decimal("1.00"), payment_code="122", reference="12-34", model=""
    )
    assert text.endswith("|RO:0012-34")


@pytest.mark.parametrize(
    ("written", "longest", "cleaned"),
    [
        ("Petar  Petrović \n\n Učiteljska 1", 70, "Petar Petrović\nUčiteljska 1"),
        ("Jürgen Weiß | Söhne", 70, "Jurgen Wei Sohne"),
        ("a\nb\nc\nd", 70, "a\nb\nc d"),
        ("abc def", 4, "abc"),
        ("abc\ndef", 4, "abc"),
        ("\t\n", 70, ""),
    ],
)
def test_names_are_fitted_into_the_code(written, longest, cleaned):
    assert ips_qr.clean(written, longest=longest) == cleaned


@given(text=st.text(), longest=st.integers(1, 70))
def test_a_cleaned_name_is_always_accepted(text, longest):
    payer = ips_qr.clean(text, longest=longest)
    assert len(payer) <= longest
    ips_qr.compose(INFOSTAN, payee="A", amount=Decimal("1.00"), payment_code="122", payer=payer)


@pytest.mark.parametrize(("read", "amount"), [("4376,9", "4376.90"), ("4376,", "4376.00"), ("0,5", "0.50")])
def test_an_amount_with_fewer_decimals_is_read_and_never_written(read, amount):
    """The standard allows them; banks' readers do not all, so two are always written."""
    request = ips_qr.parse(SHORT.replace("RSD4376,94", f"RSD{read}"))
    written = ips_qr.compose(
        "200220618010100048", payee="JKP", amount=Decimal(read.replace(",", ".")), payment_code="122"
    )

    assert request.amount == Decimal(amount)
    assert f"I:RSD{amount.replace('.', ',')}|" in written
