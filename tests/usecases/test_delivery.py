"""Switching how bills go out, and two people doing it at once."""

from datetime import UTC, datetime

import pytest

from app.domain.delivery import ConsentEnd, NoWayOfDelivery
from app.domain.errors import Conflict
from app.domain.visits import Channel
from app.usecases import delivery, timeline
from app.usecases.timeline import EventKind
from tests.usecases.conftest import ANA, CLERK, NEW, SUPERVISOR

PORTAL_DAY = datetime(2020, 11, 3, 19, 12, tzinfo=UTC)


def portal_consent(town, address):
    """Let Ana have consented on the portal in 2020."""
    town.insert(
        "email_consent",
        ident=ANA,
        consent_no=1,
        email=address,
        given_by="Ana Petrović",
        given_at=PORTAL_DAY,
        channel="portal",
        wording=1,
        recorded_by="",
    )
    town.run(
        "UPDATE delivery SET by_email = true, on_paper = false, email = :email WHERE ident = :ident",
        email=address,
        ident=ANA,
    )


def switch_on(session, *, seen_version, email="Ana@Primer.rs"):
    delivery.switch_email_delivery(
        session,
        ident=ANA,
        seen_version=seen_version,
        by_email=True,
        on_paper=False,
        email=email,
        channel=Channel.PHONE,
    )


def test_e_mail_is_switched_on_with_a_consent_stamped_by_the_server(town):
    with town.visiting(CLERK, ANA) as session:
        before = delivery.delivery_of(session, ident=ANA)
        switch_on(session, seen_version=before.version)
        after = delivery.delivery_of(session, ident=ANA)

    assert (after.by_email, after.on_paper, after.email) == (True, False, "ana@primer.rs")
    consent = after.consent
    assert (consent.email, consent.given_by, consent.channel, consent.wording) == (
        "ana@primer.rs",
        "Ana Petrović",
        Channel.PHONE,
        1,
    )
    assert after.version == before.version + 1


def test_switching_e_mail_off_takes_the_consent_away(town):
    with town.visiting(CLERK, ANA) as session:
        switch_on(session, seen_version=1)
        delivery.switch_email_delivery(
            session, ident=ANA, seen_version=2, by_email=False, on_paper=True, email="", channel=Channel.PHONE
        )
        after = delivery.delivery_of(session, ident=ANA)

        (ended,) = after.consents

    assert (after.by_email, after.consent) == (False, None)
    assert (ended.email, ended.ended_because) == ("ana@primer.rs", ConsentEnd.WITHDRAWN)
    assert ended.ended_at is not None


def test_another_address_takes_a_consent_of_its_own_and_the_old_one_keeps_its_day(town):
    portal_consent(town, "ana@primer.rs")
    with town.visiting(CLERK, ANA) as session:
        seen = delivery.delivery_of(session, ident=ANA)
        switch_on(session, seen_version=seen.version, email="nova@primer.rs")
        now = delivery.delivery_of(session, ident=ANA)
        latest, earlier = now.consents

    assert seen.consent.given_at == PORTAL_DAY
    assert (now.consent.email, now.consent.channel) == ("nova@primer.rs", Channel.PHONE)
    assert now.consent.given_at.year >= 2026
    assert latest == now.consent
    assert (earlier.email, earlier.channel, earlier.given_at) == ("ana@primer.rs", Channel.PORTAL, PORTAL_DAY)
    assert earlier.ended_because is ConsentEnd.REPLACED


def test_paper_switched_on_beside_e_mail_leaves_the_consent_as_it_was_given(town):
    portal_consent(town, "ana@primer.rs")
    with town.visiting(CLERK, ANA) as session:
        seen = delivery.delivery_of(session, ident=ANA)
        delivery.switch_email_delivery(
            session,
            ident=ANA,
            seen_version=seen.version,
            by_email=True,
            on_paper=True,
            email="ana@primer.rs",
            channel=Channel.PHONE,
        )
        now = delivery.delivery_of(session, ident=ANA)

    assert now.on_paper
    assert now.consent == seen.consent
    assert (now.consent.channel, now.consent.given_at) == (Channel.PORTAL, PORTAL_DAY)


def test_who_comes_second_is_told_who_was_first_and_what_is_stored_now(town):
    with town.visiting(CLERK, ANA) as session:
        seen = delivery.delivery_of(session, ident=ANA)
    with town.visiting(SUPERVISOR, ANA) as session:
        switch_on(session, seen_version=seen.version)
    with town.visiting(CLERK, ANA) as session:
        with pytest.raises(Conflict) as caught:
            switch_on(session, seen_version=seen.version, email="druga@primer.rs")
        kept = delivery.delivery_of(session, ident=ANA)

    assert caught.value.changed_by == "Sava Ilić"
    assert caught.value.changed_at is not None
    assert caught.value.fields == {"by_email": True, "on_paper": False, "email": "ana@primer.rs"}
    assert kept.email == "ana@primer.rs"


def test_bills_must_go_out_in_some_way(town):
    with town.visiting(CLERK, ANA) as session, pytest.raises(NoWayOfDelivery):
        delivery.switch_email_delivery(
            session,
            ident=ANA,
            seen_version=1,
            by_email=False,
            on_paper=False,
            email="",
            channel=Channel.PHONE,
        )


def test_delivery_of_an_account_that_was_not_opened_is_not_shown(town):
    with town.visiting(CLERK, NEW) as session, pytest.raises(delivery.DeliveryUnknown):
        delivery.delivery_of(session, ident=ANA)


def test_a_change_of_delivery_is_an_event_with_a_name(town):
    with town.visiting(CLERK, ANA) as session:
        switch_on(session, seen_version=1)
        page = timeline.timeline_page(session, ident=ANA, kinds=[EventKind.DELIVERY_CHANGED])

    (event,) = page.rows
    assert (event.state, event.text, event.who) == ("email_on", "ana@primer.rs", "Ana Kovač")
