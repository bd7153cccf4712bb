"""Bills: found, listed, explained, and copied for who lost theirs."""

from app.usecases.bills.copying import IssuerUnknown, NoSuchReissue, bill_copy, issuer_on
from app.usecases.bills.explaining import Explained, Explanation, why_changed
from app.usecases.bills.reading import (
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

__all__ = [
    "BillDetail",
    "BillLine",
    "BillLink",
    "BillRow",
    "BillState",
    "Explained",
    "Explanation",
    "IssuerUnknown",
    "LinkKind",
    "NoSuchBill",
    "NoSuchReissue",
    "ProviderGroup",
    "YearOfBills",
    "bill_copy",
    "bill_detail",
    "bill_page",
    "bill_years",
    "issuer_on",
    "why_changed",
]
