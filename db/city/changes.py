"""Requests to change data that lie on the desks of the demo city, in every kind and state.

About one account in a hundred has one.  What the server would have stamped (the
month a request counts from, its deadline, what was on file, its number) is filled
in by ``settle`` once all accounts are there, because numbers follow one another
without a gap over the whole city.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from psycopg import Connection

from app.domain.changes import (
    ApplicantStanding,
    ChangeKind,
    ChangeState,
    Declaration,
    IntakeChannel,
    PaperKind,
    Route,
    Value,
    declaration_of,
)
from app.domain.changes.asking import asked_papers, circumstances
from app.domain.premises import ChargingMethod
from db.city import cases
from db.city.change_values import Wish, wish_of
from db.city.ledger import Ledger
from db.city.life import Life
from db.city.scans import scan
from db.city.staff import AGENTS, CLERKS, SUPERVISORS, Person

_T = TypeVar("_T")

SHARE = 0.01
_COUNTER, _PHONE = IntakeChannel.COUNTER, IntakeChannel.PHONE
_HAND_MADE = {
    cases.ALWAYS_IN_TIME: (ChangeKind.MEMBERS, ChangeState.SUBMITTED, _COUNTER, 18),
    cases.PLAN_IN_FORCE: (ChangeKind.HOLDER, ChangeState.SUBMITTED, _COUNTER, 9),
    cases.LONG_PLAN: (ChangeKind.DELIVERY_ADDRESS, ChangeState.REJECTED, _COUNTER, 6),
    cases.GARAGE: (ChangeKind.AREA, ChangeState.WITH_PROVIDER, _COUNTER, 15),
    cases.OVERPAID: (ChangeKind.CORRECTION, ChangeState.RETURNED, _COUNTER, 7),
    cases.NEW_OWNER: (ChangeKind.MEMBERS, ChangeState.SUBMITTED, _COUNTER, 4),
    cases.IN_CYRILLIC: (ChangeKind.SUBSIDY, ChangeState.SUBMITTED, _PHONE, 2),
    cases.BRAND_NEW: (ChangeKind.MEMBERS, ChangeState.DRAFT, _COUNTER, 0),
}
"""Even the smallest city has something to decide: kind, state, channel, and how many days ago it came."""

_BEYOND_ALL_NUMBERS = 1_000_000_000
"""Until ``settle`` gives the numbers every request bears one of its own."""

_AT_THE_DESK = (
    (ChangeState.SUBMITTED, 0.58),
    (ChangeState.RETURNED, 0.1),
    (ChangeState.REJECTED, 0.14),
    (ChangeState.CANCELLED, 0.08),
    (ChangeState.DRAFT, 0.1),
)
_PAST_THE_PROVIDER = (
    (ChangeState.SUBMITTED, 0.4),
    (ChangeState.WITH_PROVIDER, 0.42),
    (ChangeState.RETURNED, 0.06),
    (ChangeState.REJECTED, 0.08),
    (ChangeState.DRAFT, 0.04),
)
_CHANNELS = (
    (IntakeChannel.COUNTER, 0.62),
    (IntakeChannel.POST, 0.1),
    (IntakeChannel.EMAIL, 0.16),
    (IntakeChannel.PORTAL, 0.06),
    (IntakeChannel.PHONE, 0.06),
)
_REASONS = {
    ChangeState.RETURNED: (
        "Dostaviti potvrdu upravnika sa pečatom i potpisom.",
        "Kopija ugovora nije čitljiva, doneti original na uvid.",
        "Nedostaje datum od kada je promena nastala.",
        "Molba nije potpisana.",
    ),
    ChangeState.REJECTED: (
        "Dostavljeni dokaz se odnosi na drugi prostor.",
        "Podnosilac nije ni vlasnik ni zakupac, a punomoćje nije priloženo.",
        "Uviđajem je utvrđeno da se prostor i dalje koristi.",
        "Rešenje nije pravnosnažno.",
    ),
    ChangeState.CANCELLED: ("Podnosilac je odustao.", "Uneto greškom na pogrešan ident."),
}
_PROVIDER_OF = {
    ChangeKind.STOP_HEATING: "elektrane",
    ChangeKind.AREA: "elektrane",
    ChangeKind.PURPOSE: "elektrane",
    ChangeKind.STOP_WASTE: "cistoca",
}


@dataclass(frozen=True, slots=True)
class _Filed:
    """A request as somebody entered it."""

    id: int
    declaration: Declaration
    state: ChangeState
    channel: IntakeChannel
    standing: ApplicantStanding
    clerk: Person
    received_on: date
    happened_on: date
    wish: Wish

    @property
    def is_numbered(self) -> bool:
        return self.state is not ChangeState.DRAFT


def write_requests(life: Life, *, dice: Random) -> None:
    """Write the request of an account, if it has one."""
    given = _HAND_MADE.get(life.ledger.ident)
    if given is not None:
        kind, state, channel, age = given
    elif dice.random() >= SHARE or life.household.closed_on is not None:
        return
    else:
        kind, state, channel, age = None, None, None, None
    wish = wish_of(life.household, dice=dice, today=life.ledger.timeline.today, kind=kind)
    declaration = declaration_of(wish.kind)
    state = state or _state(dice, declaration)
    filed = _file(life, dice, declaration, state, wish, channel=channel, age=age)
    _write_request(life.ledger, dice, filed)
    if filed.channel is not IntakeChannel.PHONE:
        _write_papers(life, dice, filed)


def _state(dice: Random, declaration: Declaration) -> ChangeState:
    is_at_desk = declaration.route is Route.DESK or (
        declaration.route is Route.CONSULTED and dice.random() < 0.6
    )
    return _drawn(dice, _AT_THE_DESK if is_at_desk else _PAST_THE_PROVIDER)


def _file(
    life: Life,
    dice: Random,
    declaration: Declaration,
    state: ChangeState,
    wish: Wish,
    *,
    channel: IntakeChannel | None,
    age: int | None,
) -> _Filed:
    today = life.ledger.timeline.today
    # most are decided within their deadline, some lie longer
    drawn = int(dice.triangular(0, declaration.deadline_days * 1.35, declaration.deadline_days * 0.3))
    drawn = max(drawn, 1) if state not in (ChangeState.DRAFT, ChangeState.SUBMITTED) else drawn
    received = max(today - timedelta(days=drawn if age is None else age), life.household.opened_on)
    happened = max(received - timedelta(days=int(dice.triangular(0, 24, 2))), life.household.opened_on)
    drawn_channel = _drawn(dice, _CHANNELS)
    if state in (ChangeState.REJECTED, ChangeState.WITH_PROVIDER):
        drawn_channel = IntakeChannel.COUNTER
    channel = channel or drawn_channel
    is_agents = channel is IntakeChannel.PHONE
    return _Filed(
        life.ledger.new_id(),
        declaration,
        state,
        channel,
        ApplicantStanding.PROXY if dice.random() < 0.06 else ApplicantStanding.OWNER,
        dice.choice(AGENTS if is_agents else CLERKS),
        received,
        happened,
        wish,
    )


def _write_request(ledger: Ledger, dice: Random, filed: _Filed) -> None:
    entered = _moment(filed.received_on, dice.randint(8, 13), dice.randint(0, 59))
    decided_on = min(filed.received_on + timedelta(days=dice.randint(1, 6)), ledger.timeline.today)
    decided = _moment(decided_on, 14, dice.randint(0, 59))
    is_ended = filed.state in (ChangeState.REJECTED, ChangeState.CANCELLED)
    is_decided = filed.state is ChangeState.REJECTED
    decider = dice.choice(SUPERVISORS)
    mover = filed.clerk if filed.state is ChangeState.CANCELLED else decider
    reason = dice.choice(_REASONS[filed.state]) if filed.state in _REASONS else ""
    is_sent = filed.state is ChangeState.WITH_PROVIDER
    serial = _BEYOND_ALL_NUMBERS + ledger.ident if filed.is_numbered else None
    ledger.rows.add(
        "change_request",
        ledger.ident,
        filed.id,
        2 if is_ended or filed.state in (ChangeState.RETURNED, ChangeState.WITH_PROVIDER) else 1,
        filed.declaration.kind.value,
        filed.state.value,
        filed.channel.value,
        filed.clerk.branch_id,
        filed.clerk.login,
        entered,
        "{" + filed.clerk.login + "}",
        f"{filed.id}" if filed.is_numbered else None,
        filed.received_on.year if filed.is_numbered else None,
        serial,
        entered if filed.is_numbered else None,
        filed.received_on,
        filed.happened_on,
        filed.wish.applicant,
        filed.standing.value,
        filed.wish.id_card,
        filed.wish.phone,
        filed.wish.email,
        filed.wish.basis_act,
        filed.wish.basis_number,
        filed.happened_on if filed.wish.basis_act else None,
        filed.wish.basis_issuer,
        _json(filed.wish.values),
        _json(filed.wish.secrets),
        decided if is_sent else None,
        decider.login if is_decided else None,
        decided if is_decided else None,
        reason,
        "",
    )
    steps: list[tuple[str, str, ChangeState | None, ChangeState, str]] = [
        (entered, filed.clerk.login, None, ChangeState.DRAFT, "")
    ]
    if filed.is_numbered:
        steps.append((entered, filed.clerk.login, ChangeState.DRAFT, ChangeState.SUBMITTED, ""))
        if filed.state is not ChangeState.SUBMITTED:
            steps.append((decided, mover.login, ChangeState.SUBMITTED, filed.state, reason))
    for moment, login, old, new, why in steps:
        ledger.rows.add(
            "change_event",
            ledger.ident,
            filed.id,
            ledger.new_id(),
            moment,
            login,
            old.value if old is not None else None,
            new.value,
            why,
        )


def _write_papers(life: Life, dice: Random, filed: _Filed) -> None:
    household = life.household
    around = circumstances(
        filed.declaration,
        filed.wish.values,
        holder_kind=household.holder.kind,
        by_members=household.states[-1].charged.method is ChargingMethod.MEMBERS,
        standing=filed.standing,
    )
    added = _moment(filed.received_on, 13, 59)
    for paper in asked_papers(filed.declaration, around):
        if paper.kind is PaperKind.PROVIDER_ORDER or paper.need.value == "optional":
            continue
        act = dice.choice(paper.is_one_of) if paper.is_one_of else ""
        is_kept = paper.kind is not PaperKind.IDENTITY_CARD
        is_seen = paper.must_see_original or not is_kept
        content = scan(paper.kind, act=act, applicant=filed.wish.applicant, day=filed.happened_on)
        life.ledger.rows.add(
            "change_paper",
            life.ledger.ident,
            filed.id,
            life.ledger.new_id(),
            paper.kind.value,
            act,
            f"{paper.kind.value}.pdf" if is_kept else "",
            "application/pdf" if is_kept else "",
            rf"\\x{content.hex()}" if is_kept else None,
            is_seen,
            filed.clerk.login if is_seen else None,
            added if is_seen else None,
            filed.clerk.login,
            added,
            "" if is_kept else filed.wish.id_card or f"00{filed.id % 10**7:07d}",
        )


def _drawn(dice: Random, shares: tuple[tuple[_T, float], ...]) -> _T:
    """Draw one of several by its share."""
    left = dice.random()
    for value, share in shares:
        left -= share
        if left < 0:
            return value
    return shares[-1][0]


def _json(values: Mapping[str, Value]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)


def _moment(day: date, hour: int, minute: int) -> str:
    return f"{day.isoformat()} {hour:02d}:{minute:02d}:00+01"


# -- once all are there ------------------------------------------------------------------------------

_STAMP = """
    UPDATE change_request r SET
        cutoff_day = s.cutoff, applies_from = effective_ggmm(r.received_on, s.cutoff), is_late = s.is_late,
        due_on = s.due_on, old_values = s.old_values
    FROM (SELECT q.id, q.received_on + k.deadline_days AS due_on,
                 values_now(q.ident, k.declaration) AS old_values,
                 setting_on('change_cutoff_day', q.received_on)::smallint AS cutoff,
                 q.received_on - q.happened_on
                 > setting_on('change_reporting_days', q.received_on)::int AS is_late
          FROM change_request q JOIN change_kind k ON k.code = q.kind WHERE q.number IS NOT NULL) s
    WHERE s.id = r.id
"""
_PAPERS = """
    UPDATE change_request r SET missing_papers = p.missing, unseen_originals = p.unseen
    FROM (SELECT q.id, (change_papers_of(q, k.declaration)).*
          FROM change_request q JOIN change_kind k ON k.code = q.kind) p
    WHERE p.id = r.id
"""
_PROVIDERS = """
    UPDATE change_request r SET provider_id = p.id
    FROM (VALUES {pairs}) AS asked (kind, code), provider p
    WHERE r.sent_to_provider_at IS NOT NULL AND r.kind = asked.kind AND p.code = asked.code
"""
_NUMBERS = """
    UPDATE change_request r SET number_serial = n.serial,
        number = b.code || '-' || to_char(n.serial, 'FM000000') || '/' || r.number_year
    FROM (SELECT id, row_number() OVER (PARTITION BY branch_id, number_year
                                        ORDER BY submitted_at, id)::int AS serial
          FROM change_request WHERE number IS NOT NULL) n, branch b
    WHERE n.id = r.id AND b.id = r.branch_id
"""
_SERIALS = """
    INSERT INTO change_serial (branch_id, year, last_serial)
    SELECT branch_id, number_year, max(number_serial) FROM change_request
    WHERE number IS NOT NULL GROUP BY branch_id, number_year
"""


def settle(session: Connection[tuple[object, ...]]) -> None:
    """Stamp the requests as the server would have done, over a session that fires no triggers."""
    pairs = ", ".join(f"('{kind.value}', '{code}')" for kind, code in _PROVIDER_OF.items())
    with session.transaction():
        session.execute(_STAMP)
        session.execute(_PAPERS)
        session.execute(_PROVIDERS.format(pairs=pairs).encode())
        session.execute(_NUMBERS)
        session.execute(_SERIALS)
