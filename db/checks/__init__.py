"""What ``salter-db check`` proves of a database: its shape, its chains, and that its sums reconcile.

A check reads and never mends.  Each finding names one thing that does not hold,
with a few of the accounts it does not hold for.  ``shape`` holds a database against
what this program would make, ``rows`` the sums, ``changes`` and ``plans`` their nouns,
``claims`` what notices and cases ask for, ``declared`` the copies of what the domain
declares, ``audited`` rows against the audit, ``sealed`` what was sealed once.
"""

from db.checks.finding import Finding
from db.checks.heads import to_seal, where_the_chains_stand
from db.checks.running import Result, found_in, names, run
from db.checks.sealed import PROVEN_WITH, SealOfAnotherDatabase

__all__ = [
    "PROVEN_WITH",
    "Finding",
    "Result",
    "SealOfAnotherDatabase",
    "found_in",
    "names",
    "run",
    "to_seal",
    "where_the_chains_stand",
]
