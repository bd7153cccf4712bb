"""The papers of plans under each of the four real programmes, read back as a debtor and a bank would."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
import zxingcpp

from app.documents.plans import contract, contract_slips
from app.documents.wording import Script, money, written
from app.domain import ips_qr
from app.domain.plans import Payer, PlanPaper
from app.usecases import plans
from app.usecases.plans import ContractPaper
from tests.documents.extraction import picture_of, text_of
from tests.usecases.conftest import ANA, CLERK, Town
from tests.usecases.lived import Life, in_2014
from tests.usecases.planned import sue

ON_A_PAGE = 3


def of_2014(life: Life) -> None:
    in_2014(life)
    sue(life.town, [life.debt.months[0].month.period], costs="900.00", on=date(2014, 9, 1))
    life.signs(12)


def of_2019(life: Life) -> None:
    life.owes("01/2018", "08/2018", "5918.85")
    life.goes_to(date(2020, 2, 20))
    life.signs(12)
    life.certifies("UOP-I:1180-2020")


def of_2023(life: Life) -> None:
    life.owes("07/2022", "07/2023", "17000.00")
    life.goes_to(date(2024, 9, 10))
    life.signs(60, payer=Payer.PENSIONER)
    life.certifies("UOP: 60-2024")


def of_2025(life: Life) -> None:
    periods = life.owes("01/2025", "07/2025", "4376.94", interest="51.20")
    life.goes_to(date(2025, 10, 14))
    sue(life.town, periods[:4], costs="5904.00", on=date(2025, 9, 1))
    life.signs(1)


SIGNED: dict[str, Callable[[Life], None]] = {
    "2014": of_2014,
    "2019": of_2019,
    "2023": of_2023,
    "2025": of_2025,
}


def pages_of(pdf: bytes) -> int:
    return len(text_of(pdf).split("\f"))


def asked_by(pdf: bytes) -> Iterator[ips_qr.PaymentRequest]:
    """What the codes ask for, from the first page to the last and from its top down."""
    for page in range(pages_of(pdf)):
        codes = zxingcpp.read_barcodes(picture_of(pdf, page=page, dpi=150))
        for code in sorted(codes, key=lambda one: one.position.top_left.y):
            yield ips_qr.parse(code.text)


@pytest.mark.parametrize("code", SIGNED)
def test_contract_and_slips_say_in_both_scripts_what_was_signed(town: Town, code: str) -> None:
    life = Life(town)
    SIGNED[code](life)
    plan = life.plan
    with town.visiting(CLERK, ANA) as session:
        data = plans.contract_of(session, ident=ANA, plan_id=plan.id, today=life.today)

    for script in Script:
        pdf = contract(data, script=script)
        said = text_of(pdf)
        slips = contract_slips(data, script=script)
        assert plan.contract_number in said
        assert money(plan.payable) in said
        for one in plan.instalments:
            assert one.reference[2:9] in said
            assert money(one.amount) in said
        if plan.certification_number:
            assert written(plan.certification_number, script) in said
        asked = list(asked_by(slips))
        assert [one.amount for one in asked] == [one.amount for one in plan.instalments]
        assert [one.reference for one in asked] == [one.reference for one in plan.instalments]
        assert sum((one.amount for one in asked), Decimal(0)) == plan.payable
        assert pages_of(slips) == -(-len(plan.instalments) // ON_A_PAGE)


def wanted(life: Life, paper: PlanPaper) -> ContractPaper:
    with life.town.visiting(CLERK, ANA) as session:
        return plans.plan_paper(
            session,
            ident=ANA,
            plan_id=life.plan_id,
            paper=paper,
            script=Script.LATIN,
            today=life.today,
        )


def test_both_papers_come_as_one_and_each_by_itself(town: Town) -> None:
    life = Life(town)
    of_2025(life)

    both = wanted(life, PlanPaper.BOTH)
    slips = wanted(life, PlanPaper.SLIPS)

    agreed, asked = both.apart
    assert pages_of(both.pdf) == pages_of(agreed) + pages_of(asked)
    assert asked == slips.pdf
    assert both.copies == both.creditor_copies + both.debtor_copies
    assert slips.copies == 1
    assert slips.file_name == f"{both.file_name}-uplatnice"


def test_where_nothing_is_left_to_pay_the_contract_comes_alone(town: Town) -> None:
    life = Life(town)
    of_2025(life)
    life.pays_on_time(up_to=1)

    for paper in (PlanPaper.SLIPS, PlanPaper.BOTH):
        made = wanted(life, paper)
        assert (made.paper, made.has_slips, made.apart) == (PlanPaper.CONTRACT, False, ())
