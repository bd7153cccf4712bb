"""Switching how bills go out, and two people doing it at once."""

import pytest

from app.domain.delivery import NoWayOfDelivery
from app.domain.errors import Conflict
from app.domain.visits import Channel
from app.usecases import delivery, timeline
from app.usecases.timeline import EventKind
from tests.usecases.conftest import ANA, CLERK, NEW, SUPERVISOR


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
    assert after.consented_at is not None
    assert after.consent_channel is Channel.PHONE
    assert after.version == before.version + 1


def test_switching_e_mail_off_takes_the_consent_away(town):
    with town.visiting(CLERK, ANA) as session:
        switch_on(session, seen_version=1)
        delivery.switch_email_delivery(
            session, ident=ANA, seen_version=2, by_email=False, on_paper=True, email="", channel=Channel.PHONE
        )
        after = delivery.delivery_of(session, ident=ANA)

    assert (after.by_email, after.consented_at, after.consent_channel) == (False, None, None)


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
