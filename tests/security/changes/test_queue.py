"""The work list: for whom, in which order, who has taken what, and how little is read to show it."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.security import filing
from tests.security.conftest import CLERK, OTHER_CLERK, PASSWORD, SUPERVISOR, close_visits, one, visit

Connection = psycopg.Connection[Any]
QUEUE = "SELECT id FROM change_queue(%s, %s, %s, %s, %s, %s, %s)"


@pytest.fixture
def clerk(enter) -> Connection:
    return enter(CLERK)


@pytest.fixture
def supervisor(enter) -> Connection:
    return enter(SUPERVISOR)


@pytest.fixture
def submitted(guarded, clerk) -> Callable[..., tuple[int, int]]:
    """Submit a request on an account of its own; return ident and id."""

    def submit(kind: str = "members", **filed: object) -> tuple[int, int]:
        ident = guarded.new_account()
        visit(clerk, ident)
        return ident, filing.submit(clerk, ident, kind, **filed)

    return submit


@pytest.fixture
def elsewhere(guarded, superuser) -> Iterator[None]:
    """A second branch, where the other clerk works."""
    superuser.execute(
        "INSERT INTO branch VALUES (2, 'ZV', 'Zvezdara', '', '', '', true) ON CONFLICT DO NOTHING"
    )
    superuser.execute("UPDATE staff SET branch_id = 2 WHERE login = %s", [OTHER_CLERK])
    yield
    superuser.execute("UPDATE staff SET branch_id = 1 WHERE login = %s", [OTHER_CLERK])


def queue(
    connection: Connection,
    *,
    states: Any = None,
    kinds: Any = None,
    branch: Any = None,
    claimant: Any = None,
    after: tuple[Any, Any] = (None, None),
    at_most: int = 1000,
) -> list[int]:
    given = [states, kinds, branch, claimant, *after, at_most]
    return [row[0] for row in connection.execute(QUEUE, given)]


def test_what_is_due_first_comes_first(submitted, clerk):
    late = submitted(received_on="2020-05-10", happened_on="2020-05-10")[1]
    later = submitted(received_on="2020-06-10", happened_on="2020-06-10")[1]
    last = submitted()[1]

    found = [one for one in queue(clerk) if one in (late, later, last)]

    assert found == [late, later, last]


def test_pages_follow_one_another_without_a_gap_or_a_repetition(submitted, clerk):
    for _ in range(5):
        submitted()
    whole = queue(clerk)
    paged: list[int] = []
    after: tuple[Any, Any] = (None, None)
    while page := clerk.execute(
        "SELECT id, due_on FROM change_queue(NULL, NULL, NULL, NULL, %s, %s, 2)", after
    ).fetchall():
        paged += [row[0] for row in page]
        after = (page[-1][1], page[-1][0])

    assert paged == whole


def test_a_filter_of_states_and_kinds_leaves_the_others_out(submitted, clerk, supervisor):
    ident, members = submitted("members")
    _, area = submitted("area")
    visit(supervisor, ident)
    filing.move(supervisor, ident, members, "returned", reason="nečitko")

    assert members in queue(clerk, states=["returned"])
    assert members not in queue(clerk, states=["submitted"])
    assert area in queue(clerk, kinds=["area", "holder"])
    assert members not in queue(clerk, kinds=["area", "holder"])


def test_drafts_and_what_has_ended_do_not_wait(guarded, submitted, clerk, supervisor):
    ident, ended = submitted()
    visit(supervisor, ident)
    filing.decide(supervisor, ident, ended)
    draft = filing.file(clerk, ident, "members")

    assert not {ended, draft} & set(queue(clerk))
    assert queue(clerk, states=["draft", "applied"]) == []


def test_a_clerk_works_for_the_own_branch_and_a_supervisor_for_all(elsewhere, submitted, enter, supervisor):
    _, request = submitted()
    other = enter(OTHER_CLERK)

    assert request not in queue(other)
    assert request not in queue(other, branch=1)
    assert request in queue(supervisor)
    assert request in queue(supervisor, branch=1)
    assert request not in queue(supervisor, branch=2)


def test_a_row_of_the_list_tells_no_personal_number(guarded, submitted, clerk):
    submitted("holder")

    text = str(
        clerk.execute("SELECT * FROM change_queue(NULL, NULL, NULL, NULL, NULL, NULL, 1000)").fetchall()
    )

    assert filing.OTHER_JMBG not in text
    assert "•" not in text


def test_a_request_for_a_new_account_is_listed_by_what_it_says(clerk):
    ident = one(clerk, "SELECT reserve_ident()")
    request = filing.submit(clerk, ident, "open_account")

    row = clerk.execute(
        "SELECT account_name, address FROM change_queue(NULL, NULL, NULL, NULL, NULL, NULL, 1000)"
        " WHERE id = %s",
        [request],
    ).fetchone()
    assert row == ("Petrović Marko", "Učiteljska 77")


def test_counts_are_those_of_the_list(submitted, clerk, supervisor):
    submitted(received_on="2020-05-10", happened_on="2020-05-10")
    for connection in (clerk, supervisor):
        counted = one(connection, "SELECT sum(count) FROM change_queue_counts()")
        overdue = one(connection, "SELECT sum(count) FROM change_queue_counts() WHERE is_overdue")

        assert counted == len(queue(connection))
        assert overdue > 0


# -- claims --------------------------------------------------------------------------------------


def test_what_somebody_has_taken_is_theirs_until_the_claim_goes_stale(submitted, enter, clerk, superuser):
    ident, request = submitted()
    other = enter(OTHER_CLERK)
    assert one(clerk, "SELECT claim_change(%s, %s)", ident, request)["is_mine"]

    told = one(other, "SELECT claim_change(%s, %s)", ident, request)
    assert (told["is_mine"], told["claimed_by"], told["full_name"]) == (False, CLERK, "Guard_Clerk")

    superuser.execute("SET ROLE salter_owner")
    superuser.execute(
        "UPDATE change_request SET claimed_at = claimed_at - interval '16 minutes' WHERE id = %s", [request]
    )
    superuser.execute("RESET ROLE")
    assert one(other, "SELECT claim_change(%s, %s)", ident, request)["is_mine"]


def test_how_far_a_request_is_that_cannot_be_taken_is_told_to_who_visits_its_account(
    submitted, enter, superuser
):
    ident, request = submitted()
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("UPDATE change_request SET state = 'rejected' WHERE id = %s", [request])
    other = enter(OTHER_CLERK)
    close_visits(other)

    def said(of_id: int) -> str | None:
        with pytest.raises(psycopg.Error, match="change_not_editable") as refused:
            other.execute("SELECT claim_change(%s, %s)", [ident, of_id])
        return refused.value.diag.message_detail

    assert said(request) == said(request + 1_000_000) == '{"state": null}'
    visit(other, ident)
    assert said(request) == '{"state": "rejected"}'


def test_only_one_s_own_claim_is_released(submitted, enter, clerk):
    ident, request = submitted()
    other = enter(OTHER_CLERK)
    clerk.execute("SELECT claim_change(%s, %s)", [ident, request])

    other.execute("SELECT release_change(%s, %s)", [ident, request])
    assert queue(clerk, claimant=CLERK) == [request]
    clerk.execute("SELECT release_change(%s, %s)", [ident, request])
    assert queue(clerk, claimant=CLERK) == []


def test_a_claim_is_not_a_change_and_not_in_the_audit(submitted, clerk, superuser):
    ident, request = submitted()
    before = one(superuser, "SELECT count(*) FROM audit_log")

    clerk.execute("SELECT claim_change(%s, %s)", [ident, request])

    assert one(superuser, "SELECT count(*) FROM audit_log") == before


def test_the_next_is_the_most_urgent_that_one_may_decide_and_nobody_has(submitted, enter, clerk, supervisor):
    urgent = submitted("area", received_on="2001-05-10", happened_on="2001-05-10")
    purpose = submitted("purpose", received_on="2001-05-11", happened_on="2001-05-11")
    other = enter(OTHER_CLERK)
    next_one = "SELECT id FROM take_next_change(ARRAY['submitted'], %s, NULL)"

    assert one(other, next_one, ["area", "purpose"]) == urgent[1]
    assert one(supervisor, next_one, ["area", "purpose"]) == purpose[1]
    # the clerk entered them all, and a clerk does not decide purposes
    assert clerk.execute(next_one, [["area", "purpose"]]).fetchall() == []


# -- how it is read ------------------------------------------------------------------------------


def plans(guarded, login: str, statement: str) -> str:
    """Run a statement as ``login`` and return the plans of all that ran inside it."""
    with guarded.as_superuser() as owner:
        owner.execute(f"ALTER ROLE {login} SET session_preload_libraries = 'auto_explain'")
        for name, value in (
            ("log_min_duration", "0"),
            ("log_nested_statements", "on"),
            ("log_level", "notice"),
        ):
            owner.execute(f"ALTER ROLE {login} SET auto_explain.{name} = '{value}'")
    said: list[str] = []
    try:
        with psycopg.connect(
            guarded.database.url_for(login, password=PASSWORD), autocommit=True
        ) as connection:
            connection.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
            connection.execute(statement)
    finally:
        with guarded.as_superuser() as owner:
            owner.execute(f"ALTER ROLE {login} RESET ALL")
    return "\n".join(said)


@pytest.fixture
def full(superuser) -> Iterator[None]:
    """As many requests as wait in a bad month, and thrice as many that ended."""
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "INSERT INTO change_request (ident, kind, state, channel, branch_id, entered_by, number, number_year,"
        " number_serial, submitted_at, received_on, happened_on, due_on)"
        " SELECT 3000000 + n, (ARRAY['holder', 'members', 'area', 'death'])[1 + n % 4],"
        " CASE WHEN n > 5000 THEN 'applied' WHEN n % 9 = 0 THEN 'returned' ELSE 'submitted' END,"
        " 'counter', 1, 'x',"
        " 'X-' || n, 1999, n, now(), '2020-01-01', '2020-01-01', date '2020-01-01' + n % 40"
        " FROM generate_series(1, 20000) n"
    )
    superuser.execute("VACUUM ANALYZE change_request")
    yield
    superuser.execute("DELETE FROM change_request WHERE number_year = 1999")
    superuser.execute("RESET session_replication_role")


@pytest.mark.parametrize("login", [CLERK, SUPERVISOR])
@pytest.mark.parametrize("kinds", ["NULL", "ARRAY['holder', 'area']"])
@pytest.mark.parametrize("states", ["NULL", "ARRAY['returned']"])
def test_a_page_reads_what_it_shows_and_little_more(guarded, full, login, kinds, states):
    said = plans(
        guarded, login, f"SELECT * FROM change_queue({states}, {kinds}, NULL, NULL, '2020-01-20', 0, 51)"
    )

    assert "Index Only Scan using ix_change_request_" in said
    assert "Seq Scan on change_request" not in said
    assert "Rows Removed" not in said
