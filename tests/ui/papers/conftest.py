"""The way out of the house is tried with copies of bills, from the desk of the bills' tests."""

from tests.ui.bills.conftest import desk, gateway, papers_folder, seats, settled, until

__all__ = ["desk", "gateway", "papers_folder", "seats", "settled", "until"]
