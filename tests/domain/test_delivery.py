"""Delivery: by some way always, and by e-mail only to an address."""

import pytest

from app.domain.contacts import NotAnEmail
from app.domain.delivery import NoWayOfDelivery, check_choice


def test_a_bill_must_go_out_by_some_way():
    with pytest.raises(NoWayOfDelivery):
        check_choice("ana@primer.rs", by_email=False, on_paper=False)


def test_e_mail_needs_an_address():
    with pytest.raises(NotAnEmail):
        check_choice(" ", by_email=True, on_paper=True)
    assert check_choice("Ana@primer.rs", by_email=True, on_paper=False) == "ana@primer.rs"


def test_paper_alone_needs_none_but_keeps_the_one_on_file():
    assert check_choice("", by_email=False, on_paper=True) == ""
    assert check_choice("ana@primer.rs", by_email=False, on_paper=True) == "ana@primer.rs"
