"""Numbers without a gap, and two people at one request."""

import threading
from typing import Any

import psycopg

from tests.security import filing
from tests.security.conftest import (
    CLERK,
    OTHER_CLERK,
    SUPERVISOR,
    one,
)

Connection = psycopg.Connection[Any]


# -- numbers -------------------------------------------------------------------------------------


def test_numbers_have_no_gap_whatever_is_taken_back(guarded, visiting, superuser, ident):
    clerk = visiting(CLERK)
    drafts = [filing.file(clerk, ident, "delivery_address") for _ in range(6)]
    for draft in drafts:
        filing.bring_papers(clerk, ident, draft)
    barrier = threading.Barrier(len(drafts), timeout=60)

    def submit(draft: int) -> None:
        with guarded.signed_in(CLERK, autocommit=False) as connection:
            barrier.wait()
            filing.move(connection, ident, draft, "submitted")
            if draft % 2:
                connection.rollback()
            else:
                connection.commit()

    threads = [threading.Thread(target=submit, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # what was given back is taken by those who file next
    for draft in drafts:
        if draft % 2:
            filing.move(clerk, ident, draft, "submitted")
    serials = superuser.execute(
        "SELECT array_agg(number_serial ORDER BY number_serial) FROM change_request WHERE number IS NOT NULL"
    ).fetchone()
    assert serials is not None
    assert serials[0] == list(range(1, len(serials[0]) + 1))


def test_a_number_is_kept_through_completion(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")
    number = one(clerk, "SELECT number FROM change_request WHERE id = %s", request)
    filing.move(supervisor, ident, request, "returned", reason="nečitko")
    filing.move(clerk, ident, request, "submitted")

    assert number.startswith("SV-")
    assert one(clerk, "SELECT number FROM change_request WHERE id = %s", request) == number


# -- two at once ---------------------------------------------------------------------------------


def test_approved_twice_at_the_same_instant_it_is_approved_once(guarded, visiting, ident):
    clerk = visiting(CLERK)
    visiting(SUPERVISOR)
    visiting(OTHER_CLERK)
    request = filing.submit(clerk, ident, "members")
    barrier, got = threading.Barrier(2, timeout=60), []

    def approve(login: str) -> None:
        with guarded.signed_in(login, autocommit=False) as connection:
            barrier.wait()
            try:
                filing.move(connection, ident, request, "approved")
                connection.execute("SELECT apply_change(%s, %s)", [ident, request])
                connection.commit()
                got.append("approved")
            except psycopg.Error as error:
                got.append(error.diag.message_primary or "")

    threads = [threading.Thread(target=approve, args=[login]) for login in (SUPERVISOR, OTHER_CLERK)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == ["approved", "change_transition_forbidden"]
    assert (
        one(
            clerk,
            "SELECT count(*) FROM change_event WHERE request_id = %s AND new_state = 'approved'",
            request,
        )
        == 1
    )
    assert one(clerk, "SELECT count(*) FROM premises_state WHERE ident = %s", ident) == 2


def test_of_two_that_change_the_same_the_second_is_outdated(guarded, visiting, ident):
    clerk = visiting(CLERK)
    visiting(SUPERVISOR)
    requests = [filing.submit(clerk, ident, "members", {"members": number}) for number in (5, 6)]
    barrier, got = threading.Barrier(2, timeout=60), []

    def approve(request: int) -> None:
        with guarded.signed_in(SUPERVISOR, autocommit=False) as connection:
            filing.move(connection, ident, request, "approved")
            barrier.wait()
            try:
                connection.execute("SELECT apply_change(%s, %s)", [ident, request])
                connection.commit()
                got.append("applied")
            except psycopg.Error as error:
                got.append(error.diag.message_primary or "")

    threads = [threading.Thread(target=approve, args=[request]) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == ["applied", "change_outdated"]


def test_what_waits_asks_for_the_papers_of_what_the_account_has_become(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    waiting = filing.file(clerk, ident, "correction", {"phone": "011 2000 300"})
    missing = "SELECT missing_papers FROM change_request WHERE id = %s"
    assert one(clerk, missing, waiting) == ["identity_card"]

    filing.decide(supervisor, ident, filing.submit(clerk, ident, "holder", filing.FIRM))

    assert one(clerk, missing, waiting) == []


def test_whoever_saw_an_older_version_changes_nothing(visiting, ident):
    clerk = visiting(CLERK)
    request = filing.file(clerk, ident, "members")
    version = one(clerk, "SELECT version FROM change_request WHERE id = %s", request)
    update = "UPDATE change_request SET note = %s WHERE id = %s AND version = %s"

    assert clerk.execute(update, ["prvi", request, version]).rowcount == 1
    assert clerk.execute(update, ["drugi", request, version]).rowcount == 0


def test_a_claim_or_a_paper_outdates_nobody_s_view(visiting, ident):
    clerk = visiting(CLERK)
    request = filing.submit(clerk, ident, "members")
    version = one(clerk, "SELECT version FROM change_request WHERE id = %s", request)

    clerk.execute("SELECT claim_change(%s, %s)", [ident, request])
    filing.bring(clerk, ident, request, "other")

    assert one(clerk, "SELECT version FROM change_request WHERE id = %s", request) == version
