"""Papers of payment plans: the contract in both scripts, and a slip for each of its instalments.

What is printed is the offer that was accepted; a contract whose months, cases or
instalments make up anything else is refused.
"""

from app.documents.plans.articles import PLACES
from app.documents.plans.clauses import Clause, ContractClauses, UnknownPlace
from app.documents.plans.contract import contract
from app.documents.plans.contract_data import (
    CaseMissing,
    Certification,
    ContractCase,
    ContractData,
    ContractMonth,
    Creditor,
    Debtor,
    LegalDebtor,
    NaturalDebtor,
    Representative,
    SlipPayee,
    SumsDisagree,
)
from app.documents.plans.sets import PaperSet, file_name, paper_set
from app.documents.plans.slips import (
    NoContractNumber,
    contract_slips,
    instalment_reference,
    instalment_slips,
)

__all__ = [
    "PLACES",
    "CaseMissing",
    "Certification",
    "Clause",
    "ContractCase",
    "ContractClauses",
    "ContractData",
    "ContractMonth",
    "Creditor",
    "Debtor",
    "LegalDebtor",
    "NaturalDebtor",
    "NoContractNumber",
    "PaperSet",
    "Representative",
    "SlipPayee",
    "SumsDisagree",
    "UnknownPlace",
    "contract",
    "contract_slips",
    "file_name",
    "instalment_reference",
    "instalment_slips",
    "paper_set",
]
