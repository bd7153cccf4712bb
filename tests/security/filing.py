"""Filing and deciding requests in plain SQL, as ``psql`` would."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.security.conftest import one

Connection = psycopg.Connection[Any]

PDF = b"%PDF-1.7\n" + bytes(range(256))

JMBG = "0101990715000"
OTHER_JMBG = "1505985710005"

PERSON: Mapping[str, object] = {
    "holder_kind": "natural",
    "last_name": "Petrović",
    "first_name": "Marko",
    "jmbg": OTHER_JMBG,
    "phone": "064 123 45 67",
    "email": "marko@example.rs",
}
FIRM: Mapping[str, object] = {
    "holder_kind": "legal",
    "business_name": "Lipa d.o.o.",
    "pib": "101134702",
    "company_number": "07007965",
}

VALUES: Mapping[str, Mapping[str, object]] = {
    "holder": PERSON,
    "members": {"members": 5},
    "charging_method": {"charging_method": "members"},
    "stop_heating": {"ground": "radiators_removed"},
    "stop_waste": {"ground": "empty_flat"},
    "open_account": {
        "street": "1",
        "house_number": "77",
        "door": "4",
        "purpose": "flat",
        "area": "61.50",
        "heated_area": "58.00",
        "members": 2,
        "has_hot_water": True,
        "is_water_metered": False,
        "has_waste": True,
        **PERSON,
    },
    "close_account": {"closed_on": "2024-01-15"},
    "area": {"area": "60.00", "heated_area": "55.00"},
    "purpose": {"purpose": "business", "heated_area": "50.00", "has_waste": False},
    "delivery_address": {"delivery_name": "Zoran Ilić", "delivery_address": "Nemanjina 4, Beograd"},
    "email_delivery": {"by_email": True, "on_paper": False, "delivery_email": "Racun@example.rs"},
    "legal_person": {**{k: v for k, v in FIRM.items() if k != "holder_kind"}, "seat": "Bulevar 1, Beograd"},
    "death": {"members": 1, "delivery_name": "Porodica Petrović"},
    "correction": {"last_name": "Petrović", "first_name": "Anka", "jmbg": None, "phone": "011/3954-420"},
    "subsidy": {
        "category": "disability",
        "percent": "20.00",
        "decision": "R-7/26",
        "granted_until": "2099-12-31",
    },
}
"""What may be typed into the form of each kind, by one who wants it accepted."""


def today(connection: Connection) -> date:
    """Return the day it is in Belgrade by the server's clock."""
    day: date = one(connection, "SELECT office_day()")
    return day


def file(
    connection: Connection,
    ident: int,
    kind: str,
    values: Mapping[str, object] | None = None,
    **filing: object,
) -> int:
    """Enter a draft and return its id."""
    day = today(connection)
    given: dict[str, object] = {
        "channel": "counter",
        "received_on": day,
        "happened_on": day,
        "applicant_name": "Ana Petrović",
        "applicant_standing": "owner",
        **filing,
        "new_values": Jsonb(dict(VALUES[kind] if values is None else values)),
    }
    names = ", ".join(given)
    places = ", ".join(["%s"] * len(given))
    made: int = one(
        connection,
        f"INSERT INTO change_request (ident, kind, {names}) VALUES (%s, %s, {places}) RETURNING id",
        ident,
        kind,
        *given.values(),
    )
    return made


def bring_papers(connection: Connection, ident: int, request: int, *, with_order: bool = True) -> None:
    """Attach a scan of whatever is missing, the original seen."""
    missing = one(connection, "SELECT missing_papers FROM change_request WHERE id = %s", request)
    for kind in missing:
        if with_order or kind != "provider_order":
            bring(connection, ident, request, kind)


def bring(connection: Connection, ident: int, request: int, kind: str, content: bytes = PDF) -> int:
    """Attach one paper, the original seen."""
    made: int = one(
        connection,
        "INSERT INTO change_paper (ident, request_id, paper_kind, file_name, content, is_original_seen)"
        " VALUES (%s, %s, %s, 'sken.pdf', %s, true) RETURNING id",
        ident,
        request,
        kind,
        content,
    )
    return made


def move(connection: Connection, ident: int, request: int, state: str, **columns: object) -> int:
    """Move a request; return how many rows were (none without a visit)."""
    sets = "".join(f", {name} = %s" for name in columns)
    done = connection.execute(
        f"UPDATE change_request SET state = %s{sets} WHERE ident = %s AND id = %s",
        [state, *columns.values(), ident, request],
    )
    return done.rowcount


def submit(
    connection: Connection,
    ident: int,
    kind: str,
    values: Mapping[str, object] | None = None,
    **filing: object,
) -> int:
    """File, bring all papers and submit; return the id."""
    made = file(connection, ident, kind, values, **filing)
    bring_papers(connection, ident, made)
    assert move(connection, ident, made, "submitted") == 1
    return made


def decide(connection: Connection, ident: int, request: int) -> None:
    """Approve and apply, past the provider where the kind goes there."""
    route = one(
        connection,
        "SELECT k.route FROM change_request r JOIN change_kind k ON k.code = r.kind WHERE r.id = %s",
        request,
    )
    if route == "provider":
        move(connection, ident, request, "with_provider", provider_id=1)
        connection.execute("UPDATE change_request SET provider_order = 'N-1' WHERE id = %s", [request])
    with connection.transaction():
        assert move(connection, ident, request, "approved") == 1
        connection.execute("SELECT apply_change(%s, %s)", [ident, request])
