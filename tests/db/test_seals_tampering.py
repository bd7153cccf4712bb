"""What a superuser rewrites together with every hash in the database is found by the seal kept elsewhere."""

import psycopg
import pytest

from db import checks
from tests.db.sealing import check
from tests.db.tampering import REHASH, REJOIN, damage, findings

OF_ROWS = tuple(name for name in checks.names() if name not in ("version", "shape"))

BALANCES = (
    """UPDATE bill_balance b SET charged = c.charged, paid = c.paid, stage = c.stage
       FROM bill_balance_computed c WHERE c.ident = b.ident AND c.ggmm = b.ggmm""",
    "DELETE FROM bill_balance b WHERE NOT EXISTS (SELECT FROM bill WHERE ident = b.ident AND ggmm = b.ggmm)",
    """UPDATE account_balance b
       SET current_month = c.current_month, unsued = c.unsued, sued = c.sued, plan = c.plan,
           overpaid = c.overpaid, latest_ggmm = c.latest_ggmm
       FROM account_balance_computed c WHERE c.ident = b.ident""",
)
"""Every sum kept beside its rows follows from them again."""

HIDDEN = {
    "quantity and price": (
        """UPDATE bill_line SET quantity = 2 * quantity, price = price / 2
           WHERE ident = 1000042 AND ggmm = 2608""",
    ),
    "a whole bill with its balance": (
        "DELETE FROM allocation WHERE ident = 1000042 AND ggmm = 2608",
        "DELETE FROM bill_line WHERE ident = 1000042 AND ggmm = 2608",
        "DELETE FROM bill WHERE ident = 1000042 AND ggmm = 2608",
        *BALANCES,
    ),
    "a payment with its balance": (
        """UPDATE allocation SET amount = amount - 0.01 WHERE (ident, payment_id, allocation_no) = (
               SELECT ident, payment_id, allocation_no FROM allocation
               WHERE ident = 1000105 AND ggmm IS NOT NULL
               ORDER BY payment_id, allocation_no LIMIT 1)""",
        """UPDATE payment SET amount = amount - 0.01 WHERE ident = 1000105 AND id = (
               SELECT min(payment_id) FROM allocation WHERE ident = 1000105 AND ggmm IS NOT NULL)""",
        *BALANCES,
    ),
    "a payment taken away with its balance": (
        """DELETE FROM allocation
           WHERE ident = 1000105 AND payment_id = (SELECT min(id) FROM payment WHERE ident = 1000105)""",
        "DELETE FROM payment WHERE id = (SELECT min(id) FROM payment WHERE ident = 1000105)",
        *BALANCES,
    ),
}
"""What is done to a month that is over, so that every sum adds up."""

HIDDEN_IN_LOGS = {
    "an entry altered": "UPDATE audit_log SET old_row = '{}' WHERE table_name = 'account'",
    "an entry taken out": """
        DELETE FROM read_log WHERE chain_no = 2;
        UPDATE read_log SET chain_no = -chain_no WHERE chain_no > 2;
        UPDATE read_log SET chain_no = -chain_no - 1 WHERE chain_no < 0""",
    "a log emptied": "DELETE FROM read_log",
    "both logs emptied": "DELETE FROM audit_log; DELETE FROM read_log",
    "both logs set back": "DELETE FROM audit_log WHERE chain_no > 2; DELETE FROM read_log WHERE chain_no > 1",
    "one login's chain taken away": "DELETE FROM read_log WHERE chain = session_user",
}
"""What is done to the logs, before every hash and every joint is made again."""


@pytest.mark.parametrize("done", HIDDEN.values(), ids=HIDDEN)
def test_a_month_rewritten_with_every_hash_is_found_by_the_seal_alone(lived_in, seal, keys, capsys, done):
    page = seal(lived_in)
    damage(lived_in, *done)
    assert "months" in [finding.check for finding in findings(lived_in, "months")]
    damage(lived_in, REJOIN)
    assert findings(lived_in, *OF_ROWS) == []
    capsys.readouterr()

    assert check(lived_in, page, keys) == 1
    said = capsys.readouterr().out
    assert "WRONG seal: joint that is not the one that was sealed: 1: another hash" in said
    assert "WRONG seal: month that is not what it was when it was sealed" in said


@pytest.mark.parametrize("done", HIDDEN_IN_LOGS.values(), ids=HIDDEN_IN_LOGS)
def test_a_log_rewritten_with_every_hash_is_found_by_the_seal_alone(lived_in, seal, keys, capsys, done):
    page = seal(lived_in)
    damage(lived_in, done, REHASH, REJOIN)
    assert findings(lived_in, "chains", "joints", "months") == []
    capsys.readouterr()

    assert check(lived_in, page, keys) == 1
    said = capsys.readouterr().out
    assert "WRONG seal: log that is not what it was when it was sealed" in said


@pytest.mark.parametrize(
    "done",
    [
        "DELETE FROM chain_joint; DELETE FROM chain_head WHERE log = 'chain_joint'",
        "UPDATE chain_joint SET made_at = made_at - interval '1 day'",
    ],
    ids=["taken away", "of another day"],
)
def test_joints_made_otherwise_are_found_by_the_seal_alone(lived_in, seal, keys, capsys, done):
    page = seal(lived_in)
    damage(lived_in, done, REJOIN)
    assert findings(lived_in, "joints", "months") == []
    capsys.readouterr()

    assert check(lived_in, page, keys) == 1
    assert "WRONG seal: joint that is not the one that was sealed" in capsys.readouterr().out


def test_what_was_done_since_the_last_joint_is_sealed_too(lived_in, seal, keys, capsys):
    with psycopg.connect(lived_in.url, autocommit=True) as session:
        session.execute("SELECT log_export('later', '{}', 1)")
    page = seal(lived_in)
    damage(lived_in, "DELETE FROM read_log WHERE detail::text LIKE '%later%'", REHASH)
    assert findings(lived_in, "chains", "joints") == []
    capsys.readouterr()

    assert check(lived_in, page, keys) == 1
    assert ": gone" in capsys.readouterr().out


def test_a_backup_put_in_the_place_of_the_database_is_found(lived_in, seal, keys, capsys):
    page = seal(lived_in)
    damage(
        lived_in,
        "DELETE FROM chain_joint; DELETE FROM chain_head; DELETE FROM read_log",
        "DELETE FROM audit_log WHERE table_name = 'account'",
        REHASH,
    )
    assert findings(lived_in, *OF_ROWS) == []
    capsys.readouterr()

    assert check(lived_in, page, keys) == 1
    assert "WRONG seal" in capsys.readouterr().out
