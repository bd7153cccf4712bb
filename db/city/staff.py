"""Who serves in the demo city: fourteen people in the head office and at branches.

Each is a PostgreSQL role with the password ``demo``.  Neither they nor the
bailiffs exist.
"""

from dataclasses import dataclass

from psycopg import Connection

from db.staff import make_role

PASSWORD = "demo"  # noqa: S105 - the people are invented


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the demo staff; ``branch_id`` is of the codebook."""

    login: str
    full_name: str
    role: str
    branch_id: int


STAFF = (
    Person("ana.petrovic", "Ana Petrović", "desk_agent", 1),
    Person("milos.savic", "Miloš Savić", "desk_agent", 1),
    Person("tijana.cvetkovic", "Tijana Cvetković", "desk_agent", 1),
    Person("bojan.zivkovic", "Bojan Živković", "desk_agent", 1),
    Person("jelena.nikolic", "Jelena Nikolić", "desk_clerk", 3),
    Person("dragan.stojkovic", "Dragan Stojković", "desk_clerk", 2),
    Person("ljiljana.djukic", "Ljiljana Đukić", "desk_clerk", 10),
    Person("zoran.petrovic", "Zoran Petrović", "desk_clerk", 8),
    Person("marija.ilic", "Marija Ilić", "desk_clerk", 7),
    Person("nemanja.djordjevic", "Nemanja Đorđević", "desk_clerk", 12),
    Person("vesna.markovic", "Vesna Marković", "desk_supervisor", 1),
    Person("goran.jovanovic", "Goran Jovanović", "desk_supervisor", 3),
    Person("snezana.lazic", "Snežana Lazić", "desk_supervisor", 11),
    Person("ivan.radovic", "Ivan Radović", "desk_admin", 1),
)

AGENTS = tuple(person for person in STAFF if person.role == "desk_agent")
CLERKS = tuple(person for person in STAFF if person.role == "desk_clerk")
SUPERVISORS = tuple(person for person in STAFF if person.role == "desk_supervisor")

_BAILIFFS = (
    (1, "Predrag Vuković", "Beograd, Vračar", "160-602-16", "011/2401-101"),
    (2, "Jasmina Đenić", "Beograd, Novi Beograd", "190-99870-10", "011/2401-102"),
    (3, "Aleksandar Čolić", "Beograd, Zemun", "310-1234567891211-86", "011/2401-103"),
    (4, "Svetlana Šarić", "Beograd, Stari grad", "265-1234-88", "011/2401-104"),
    (5, "Ognjen Žarković", "Beograd, Voždovac", "205-12345-10", "011/2401-105"),
    (6, "Milica Ćirić", "Beograd, Zvezdara", "325-123456-98", "011/2401-106"),
    (7, "Dejan Ljubičić", "Beograd, Čukarica", "265-600594-97", "011/2401-107"),
    (8, "Nataša Njegovan", "Beograd, Palilula", "165-55-74", "011/2401-108"),
)
"""Key, name, seat, account, telephone: samples, not members of the Chamber."""


def engage(connection: Connection[tuple[object, ...]]) -> None:
    """Make the roles of the demo staff and write them and the bailiffs down, where they are missing.

    A role that is there already keeps its password: roles belong to the whole server.
    """
    for person in STAFF:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [person.login]).fetchone()
        if known is None:
            make_role(connection, login=person.login, role=person.role, password=PASSWORD)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE salter_owner")
        cursor.executemany(
            "INSERT INTO staff (login, full_name, role, branch_id) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [(person.login, person.full_name, person.role, person.branch_id) for person in STAFF],
        )
        cursor.executemany(
            "INSERT INTO bailiff (id, name, seat, bank_account, phone, email)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(*bailiff, f"izvrsitelj{bailiff[0]}@example.org") for bailiff in _BAILIFFS],
        )
        cursor.execute("RESET ROLE")
