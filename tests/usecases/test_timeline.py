"""The timeline: everything that happened, in one list."""

from datetime import date

import pytest

from app.domain.period import Period
from app.domain.visits import Channel
from app.usecases import notes, timeline
from app.usecases.timeline import EventKind
from tests.usecases.conftest import AGENT, ANA, CLERK, nodes

MAY, JUNE = Period(2026, 5), Period(2026, 6)
WATER = ("cold_water", "7.250", "59.46")


@pytest.fixture
def lived_in(town):
    town.bill(ANA, MAY, [WATER])
    town.bill(ANA, JUNE, [WATER])
    town.bill(ANA, MAY, [WATER, WATER], version=2, reason="dva vodomera")
    town.pay(ANA, "431.09", on=date(2026, 6, 10), against={MAY: "431.09"})
    return town


def read(session, **given):
    return timeline.timeline_page(session, ident=ANA, **given)


def test_what_happened_is_told_latest_first(lived_in):
    with lived_in.visiting(CLERK, ANA) as session:
        notes.write_note(session, ident=ANA, channel=Channel.PHONE, text="Pita za račun.")
        lived_in.statements.clear()
        events = read(session).rows

    assert len(lived_in.statements) == 1
    kinds = [event.kind for event in events]
    assert kinds[0] is EventKind.NOTE
    assert sorted(events, key=lambda event: event.day, reverse=True) == list(events)
    assert set(kinds) == {
        EventKind.NOTE,
        EventKind.BILL_ISSUED,
        EventKind.BILL_CORRECTED,
        EventKind.PAYMENT,
        EventKind.HOLDER,
        EventKind.PREMISES,
        EventKind.ACCOUNT_OPENED,
    }


def test_pages_of_the_timeline_meet_without_gap_or_repetition(lived_in):
    with lived_in.visiting(CLERK, ANA) as session:
        whole = read(session).rows
        parts, key = [], None
        while True:
            page = read(session, before=key, limit=2)
            parts += page.rows
            key = page.next_key
            if key is None:
                break

    assert parts == list(whole)
    assert len(whole) == 8


def test_some_kinds_can_be_asked_for_alone(lived_in):
    with lived_in.visiting(CLERK, ANA) as session:
        events = read(session, kinds=[EventKind.BILL_CORRECTED, EventKind.PAYMENT]).rows

    assert [(event.kind, event.text) for event in events] == [
        (EventKind.PAYMENT, "Petrović Ana"),
        (EventKind.BILL_CORRECTED, "dva vodomera"),
    ]


def test_the_timeline_scans_no_table_of_accounts(lived_in):
    with lived_in.visiting(CLERK, ANA) as session:
        read(session)
        (plan,) = lived_in.plans()

    scanned = {node["Relation Name"] for node in nodes(plan) if node["Node Type"] == "Seq Scan"}
    assert scanned <= {"staff"}


def test_an_unverified_caller_has_no_history(lived_in):
    with lived_in.visiting(AGENT, ANA, verified=False) as session:
        assert read(session).rows == ()
