"""The slips of a contract: each asks for its instalment, and is read back as it was meant."""

from dataclasses import replace

import pytest

from app.documents.pages import page_sizes
from app.documents.plans import ContractData, NoContractNumber, contract_slips, instalment_slips
from app.documents.wording import Script, day, written
from app.domain import ips_qr, payment_reference
from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.period import Period
from tests.documents import contracts
from tests.documents.extraction import codes_of, text_of


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize(
    "data", [contracts.at_once(), contracts.certified(), contracts.pensioner()], ids=["1", "12", "60"]
)
def test_every_code_in_print_is_read_back_as_its_slip_says(data: ContractData, script: Script) -> None:
    document = contract_slips(data, script=script)

    read = [code for page in range(len(page_sizes(document))) for code in codes_of(document, page=page)]

    assert read == [slip.qr_payload for slip in instalment_slips(data)]


def test_a_code_asks_for_its_instalment_under_its_own_reference() -> None:
    data = contracts.pensioner()

    for one, slip in zip(data.offer.instalments, instalment_slips(data), strict=True):
        asked = ips_qr.parse(slip.qr_payload)

        assert asked.amount == one.amount
        assert asked.payee_account == contracts.ACCOUNT
        assert asked.purpose == f"Rata {one.number}/60, RP-11-000388/2024"
        assert payment_reference.parse(asked.reference) == Reference(
            data.ident, Period(2024, 1), ReferenceKind.PLAN, one.number
        )


@pytest.mark.parametrize("script", Script)
def test_a_slip_says_which_instalment_it_is_and_when_it_falls_due(script: Script) -> None:
    data = contracts.certified()

    text = text_of(contract_slips(data, script=script))

    for one in data.offer.instalments:
        assert written(f"Rata {one.number}/12, {data.number}", script) in text
        assert written(f"Dospeva {day(one.due_on)}", script) in text


def test_a_long_name_and_address_still_make_a_code_a_bank_accepts() -> None:
    debtor = replace(contracts.FIRM, name="Đorđe i sinovi – prvo beogradsko društvo za usluge " * 3)
    data = replace(contracts.at_once(), debtor=debtor, number="RP-07-000041/2025-PONOVLJENI-UGOVOR")

    (slip,) = instalment_slips(data)

    assert ips_qr.parse(slip.qr_payload).amount == data.offer.payable


def test_a_proposal_has_no_slips() -> None:
    with pytest.raises(NoContractNumber):
        contract_slips(replace(contracts.at_once(), number=""), script=Script.LATIN)
