"""Reading the files of code lists and putting what is missing into the database."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects.postgresql import insert

from app.domain.plans import VersionState
from app.domain.plans.programmes import from_json, to_json
from app.domain.statutory_rates import KNOWN_RATES
from db.codebook import holidays
from db.models.addresses import Municipality, Settlement
from db.models.branches import Branch
from db.models.columns import Base
from db.models.plans import Programme, ProgrammeVersion
from db.models.providers import Price, Provider, Service, VatRate
from db.models.settings import Setting, StatutoryRate

BEGINNING = date(2021, 11, 1)
"""The day the rates of VAT are recorded from: that of the price list."""

FIRST_HOLIDAYS, LAST_HOLIDAYS = 2007, 2040
"""The law on holidays that is known here is of 2007; bills are older than the program."""

Row = Mapping[str, Any]


def load(connection: Connection) -> int:
    """Add the rows that are missing, in the transaction of ``connection``; return how many.

    A row is known by its primary key: one that people have changed stays as it is.
    """
    connection.execute(text("SET LOCAL ROLE salter_owner"))
    added = 0
    for model, rows in _tables():
        added += _add_missing(connection, Base.metadata.tables[model.__tablename__], rows)
    connection.execute(text("RESET ROLE"))
    return added


def _add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> int:
    keys = [column.name for column in table.primary_key]
    known = {tuple(row) for row in connection.execute(table.select().with_only_columns(*table.primary_key))}
    missing = [row for row in rows if tuple(row[key] for key in keys) not in known]
    if missing:
        # one statement a table, so that audit triggers see each row once; a rival loader's rows win
        connection.execute(insert(table).on_conflict_do_nothing(), missing)
    return len(missing)


def _tables() -> Iterable[tuple[type[Base], Sequence[Row]]]:
    municipalities, settlements = _places()
    yield Municipality, municipalities
    yield Settlement, settlements
    yield Branch, _branches()
    providers, services, prices, vat_rates = _services()
    yield Provider, providers
    yield Service, services
    yield Price, prices
    yield VatRate, vat_rates
    yield (
        StatutoryRate,
        [
            {"valid_from": rate.first_day, "percent": rate.percent, "is_unconfirmed": not rate.confirmed}
            for rate in KNOWN_RATES
        ],
    )
    yield Setting, [*_settings(), *_holidays()]
    known, versions = programmes()
    yield Programme, known
    yield ProgrammeVersion, versions


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("db.codebook") / name).read_text(encoding="utf-8"))


def _places() -> tuple[list[Row], list[Row]]:
    municipalities: list[Row] = []
    settlements: list[Row] = []
    for entry in _read("places.toml")["municipality"]:
        municipality_id = len(municipalities) + 1
        municipalities.append({"id": municipality_id, "name": entry["name"]})
        for name, postcode in entry["settlements"]:
            settlements.append(
                {
                    "id": len(settlements) + 1,
                    "municipality_id": municipality_id,
                    "name": name,
                    "postcode": postcode,
                }
            )
    return municipalities, settlements


def _branches() -> list[Row]:
    blank = {"address": "", "phone": "", "hours": "7:30–15:30", "is_sample": True}
    return [{**blank, **entry} for entry in _read("branches.toml")["branch"]]


def _services() -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    book = _read("services.toml")
    providers: list[Row] = [{"phone": "", **entry} for entry in book["provider"]]
    ids = {entry["code"]: entry["id"] for entry in providers}
    services: list[Row] = []
    prices: list[Row] = []
    vat_rates: list[Row] = []
    for entry in book["service"]:
        season_from, season_to = entry.get("season", (None, None))
        services.append(
            {
                "id": entry["id"],
                "code": entry["code"],
                "provider_id": ids[entry["provider"]],
                "name": entry["name"],
                "unit": entry["unit"],
                "basis": entry["basis"],
                "premises_kinds": entry["kinds"],
                "season_from": season_from,
                "season_to": season_to,
                "position": entry["id"] * 10,
            }
        )
        steps = [
            (date.fromisoformat(day), Decimal(amount), mark == "unconfirmed")
            for day, amount, mark in entry["price"]
        ]
        ends = [*(day for day, _, _ in steps[1:]), None]
        prices += [
            {
                "service_id": entry["id"],
                "valid_from": day,
                "valid_to": end,
                "amount": amount,
                "is_unconfirmed": unconfirmed,
            }
            for (day, amount, unconfirmed), end in zip(steps, ends, strict=False)
        ]
        vat_rates.append(
            {
                "service_id": entry["id"],
                "valid_from": BEGINNING,
                "valid_to": None,
                "percent": Decimal(entry["vat"]),
            }
        )
    return providers, services, prices, vat_rates


def _settings() -> list[Row]:
    entries = [*_read("settings.toml")["setting"], *_read("contract.toml")["setting"]]
    return [{"is_unconfirmed": False, "note": "", **entry} for entry in entries]


def _holidays() -> list[Row]:
    return [
        {
            "name": "holidays",
            "valid_from": date(year, 1, 1),
            "value": [day.isoformat() for day in sorted(holidays.of_year(year))],
            "is_unconfirmed": False,
            "note": "",
        }
        for year in range(FIRST_HOLIDAYS, LAST_HOLIDAYS + 1)
    ]


def programmes() -> tuple[list[Row], list[Row]]:
    """Return the programmes of payment plans as they are listed, and the versions of all of them."""
    known: list[Row] = []
    versions: list[Row] = []
    for entry in _read("programmes.toml")["programme"]:
        known.append({name: entry[name] for name in ("id", "code", "name")})
        terms: dict[str, Any] = {}
        for number, version in enumerate(entry["version"], start=1):
            terms = _terms(version["terms"]) if "terms" in version else terms
            since = version["valid_from"]
            versions.append(
                {
                    "programme_id": entry["id"],
                    "version": number,
                    "decision": version.get("decision", ""),
                    "legal_basis": version["legal_basis"],
                    "valid_from": since,
                    "valid_to": version.get("valid_to"),
                    "terms": terms,
                    "state": VersionState.PUBLISHED,
                    "note": version.get("note", ""),
                    "published_by": "codebook",
                    "published_at": datetime(since.year, since.month, since.day, tzinfo=UTC),
                }
            )
    return known, versions


def _terms(written: dict[str, Any]) -> dict[str, Any]:
    # TOML has no null: a size that bounds nothing is written as nought
    sizes = [[payer, up_to or None, most] for payer, up_to, most in written.get("size_rules", ())]
    return to_json(from_json({**written, "size_rules": sizes}))
