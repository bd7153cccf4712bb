"""What was done at the desk before today: notes of calls and copies of bills."""

from datetime import date, timedelta
from random import Random

from app.domain.reissues import Medium, Reason
from app.domain.visits import Channel
from db.city.life import Life
from db.city.staff import AGENTS, CLERKS

_NOTES = (
    "Korisnik pita za visinu duga; upućen na e.Sanduče.",
    "Nije dobio račun poštom, poslat duplikat.",
    "Tvrdi da je račun plaćen; zamoljen da dostavi dokaz o uplati.",
    "Pita za reprogram, objašnjeni uslovi programa.",
    "Prijavio kvar na vodomeru, upućen na BVK.",
    "Traži promenu broja članova domaćinstva, objašnjena potrebna dokumenta.",
    "Reklamacija na utrošak vode, prosleđena davaocu usluge.",
    "Pita zašto nema popusta: postoji otvoreno zaduženje iz ranijeg meseca.",
    "Želi dostavu računa e-poštom, upućen na portal.",
    "Zove zbog opomene, obećao uplatu do kraja meseca.",
    "Novi vlasnik, dolazi sa ugovorom o kupoprodaji.",
    "Претплата: замолио да остане за наредни рачун.",
    "Пита за субвенцију, упућен на Секретаријат за социјалну заштиту.",
    "Nezadovoljan visinom računa za grejanje.",
)
_OTHER_REASONS = ("za knjigovodstvo", "za stambenu zajednicu", "za banku")


def write_desk_work(life: Life, *, dice: Random, is_busy: bool = False) -> None:
    """Write some notes and copies on an account; those in debt call more often."""
    today = life.ledger.timeline.today
    since = max(today - timedelta(days=420), life.household.opened_on)
    span = (today - since).days - 1
    if span < 2:
        return
    likely = 0.35 if life.has_notices else 0.03
    count = dice.randint(1, 3) if dice.random() < likely else 0
    for day in sorted(since + timedelta(days=dice.randrange(span)) for _ in range(max(count, 2 * is_busy))):
        _write_note(life, dice, day)
    if is_busy or dice.random() < 0.035:
        _write_copy(life, dice, today)


def _write_note(life: Life, dice: Random, day: date) -> None:
    is_call = dice.random() < 0.7
    author = dice.choice(AGENTS if is_call else CLERKS)
    life.ledger.rows.add(
        "call_note",
        life.ledger.ident,
        life.ledger.new_id(),
        _moment(day, dice),
        author.login,
        (Channel.PHONE if is_call else Channel.COUNTER).value,
        dice.choice(_NOTES),
    )


def _write_copy(life: Life, dice: Random, today: date) -> None:
    months = [month for month in life.ledger.issued_months if month.issued_on < today]
    if not months:
        return
    month = dice.choice(months[-6:])
    day = month.issued_on + timedelta(days=dice.randrange(max(1, min(25, (today - month.issued_on).days))))
    reason = dice.choice(tuple(Reason))
    clerk = dice.choice(CLERKS)
    life.ledger.rows.add(
        "reissue",
        life.ledger.ident,
        life.ledger.new_id(),
        month.ggmm,
        1,
        _moment(day, dice),
        clerk.login,
        clerk.branch_id,
        reason.value,
        dice.choice(tuple(Medium)).value,
        dice.choice(("latin", "latin", "cyrillic")),
        dice.choice(_OTHER_REASONS) if reason is Reason.OTHER else "",
    )


def _moment(day: date, dice: Random) -> str:
    return f"{day.isoformat()} {dice.randint(8, 14):02d}:{dice.randint(0, 59):02d}:00+01"
