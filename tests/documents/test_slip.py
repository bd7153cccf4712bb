"""The payment slip: the code and the print ask for the same thing."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.documents.slip import CodeDisagrees, render_slips
from app.documents.wording import Script
from tests.documents import samples
from tests.documents.extraction import check_golden, codes_of, text_of

PAYER = ("Živojin Šćepanović", "Žički put 3", "11000 Beograd")
MADE_AT = datetime(2026, 7, 9, 14, 32, tzinfo=samples.SUMMER)


def slips(count: int) -> list:
    return [
        samples.slip_for(Decimal("1000.00") + number, payer=PAYER, pay_until=date(2026, 8, 15))
        for number in range(count)
    ]


def pdf_of(made: list, script: Script = Script.LATIN) -> bytes:
    return render_slips(
        made, script=script, title="Nalozi za uplatu", author=samples.ISSUER.name, made_at=MADE_AT
    )


@pytest.mark.parametrize("script", Script)
def test_a_slip_says_what_it_said_before(script: Script) -> None:
    check_golden(f"slip_{script}", text_of(pdf_of(slips(1), script)))


def test_three_slips_stand_on_a_page_in_order() -> None:
    made = slips(4)

    data = pdf_of(made)

    assert codes_of(data, page=0) == [slip.qr_payload for slip in made[:3]]
    assert codes_of(data, page=1) == [made[3].qr_payload]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", Decimal("1000.01")),
        ("account", "160000000000009970"),
        ("reference", "6010000012606"),
        ("payment_code", "189"),
        ("model", "00"),
    ],
)
def test_a_code_that_asks_for_something_else_is_refused(field: str, value: object) -> None:
    (slip,) = slips(1)

    with pytest.raises(CodeDisagrees):
        replace(slip, **{field: value})
