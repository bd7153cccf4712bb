"""Bills: found, listed, explained, and copied for who lost theirs."""

from app.usecases.bills.copying import IssuerUnknown, NoSuchReissue, bill_copy, issuer_on
from app.usecases.bills.details import (
    BillDetail,
    BillLine,
    BillLink,
    BillRow,
    BillState,
    LinkKind,
    NoSuchBill,
    ProviderGroup,
    YearOfBills,
    bill_detail,
    bill_page,
    bill_years,
)
from app.usecases.bills.explaining import Explained, Explanation, why_changed
from app.usecases.bills.papers import (
    BillPaper,
    NothingToPay,
    WantedBillPaper,
    copy_paper,
    payment_slip,
    slip_paper,
)
from app.usecases.bills.questions import BillsOfYear, WholeBill, bill_list, replaced_bill, whole_bill

__all__ = [
    "BillDetail",
    "BillLine",
    "BillLink",
    "BillPaper",
    "BillRow",
    "BillState",
    "BillsOfYear",
    "Explained",
    "Explanation",
    "IssuerUnknown",
    "LinkKind",
    "NoSuchBill",
    "NoSuchReissue",
    "NothingToPay",
    "ProviderGroup",
    "WantedBillPaper",
    "WholeBill",
    "YearOfBills",
    "bill_copy",
    "bill_detail",
    "bill_list",
    "bill_page",
    "bill_years",
    "copy_paper",
    "issuer_on",
    "payment_slip",
    "replaced_bill",
    "slip_paper",
    "whole_bill",
    "why_changed",
]
