"""Holder, premises, contacts and subsidies of an account through time."""

from datetime import date
from decimal import Decimal

from app.domain.premises import PremisesKind
from app.domain.subsidies import Category
from app.usecases import changes, contacts, holders, premises, subsidies
from tests.usecases.conftest import ANA, CLERK, FIRM


def test_holders_are_listed_through_time_with_their_numbers_masked(town):
    with town.visiting(CLERK, ANA) as session:
        now, before = holders.holders_of(session, ident=ANA)

    assert (now.name, now.valid_to, now.jmbg_masked) == ("Petrović Ana", None, "0101•••••0007")
    assert (before.name, before.valid_to) == ("Petrović Petar", date(2021, 6, 1))


def test_a_firm_is_known_by_its_business_name_and_numbers(town):
    with town.visiting(CLERK, FIRM) as session:
        (holder,) = holders.holders_of(session, ident=FIRM)

    assert (holder.name, holder.pib, holder.company_number, holder.jmbg_masked) == (
        "Jović d.o.o.",
        "100001011",
        "07000006",
        "",
    )


def test_premises_are_shown_as_they_were_charged_from_when_to_when(town):
    town.run(
        "UPDATE premises_state SET valid_to = '2026-02-01' WHERE ident = :ident AND valid_to IS NULL",
        ident=ANA,
    )
    town.run(
        "INSERT INTO premises_state SELECT ident, DATE '2026-02-01', NULL, kind, area, heated_area, 4,"
        " charging_method, is_water_metered, has_hot_water, has_waste, is_rented_from_city, 'rođenje deteta'"
        " FROM premises_state WHERE ident = :ident",
        ident=ANA,
    )
    with town.visiting(CLERK, ANA) as session:
        now, before = premises.premises_of(session, ident=ANA)
        place = premises.place_of(session, ident=ANA)

    assert (now.members, now.kind, now.reason) == (4, PremisesKind.FLAT, "rođenje deteta")
    assert (before.members, before.valid_to) == (3, date(2026, 2, 1))
    assert (place.street, place.house_number, place.municipality) == ("Učiteljska", "12a", "Zvezdara")


def test_contacts_in_use_come_before_those_that_ended(town):
    for number, (value, ended_on) in enumerate(
        (("064 111 22 33", date(2024, 1, 1)), ("060 444 55 66", None)), start=1
    ):
        town.insert(
            "contact",
            ident=ANA,
            contact_no=number,
            kind="phone",
            value=value,
            normalized=value.replace(" ", ""),
            since=date(2020, 1, 1),
            ended_on=ended_on,
        )
    with town.visiting(CLERK, ANA) as session:
        found = contacts.contacts_of(session, ident=ANA)

    assert [contact.value for contact in found] == ["060 444 55 66", "064 111 22 33"]


def test_a_subsidy_is_shown_with_its_decision(town):
    town.insert(
        "subsidy",
        ident=ANA,
        valid_from=date(2026, 1, 1),
        valid_to=None,
        category="foster_family",
        percent=Decimal(30),
        decision="XIX-1/2026",
    )
    with town.visiting(CLERK, ANA) as session:
        (subsidy,) = subsidies.subsidies_of(session, ident=ANA)

    assert (subsidy.category, subsidy.percent, subsidy.decision) == (
        Category.FOSTER_FAMILY,
        Decimal("30.00"),
        "XIX-1/2026",
    )


def test_nothing_of_it_is_read_without_a_visit(town):
    with town.signed_in(CLERK) as session:
        assert holders.holders_of(session, ident=ANA) == ()
        assert premises.premises_of(session, ident=ANA) == ()
        assert premises.place_of(session, ident=ANA) is None
        assert contacts.contacts_of(session, ident=ANA) == ()
        assert subsidies.subsidies_of(session, ident=ANA) == ()


def test_no_account_has_a_change_yet(town):
    with town.visiting(CLERK, ANA) as session:
        assert changes.change_page(session, ident=ANA).rows == ()
