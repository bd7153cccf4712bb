"""The fourteen kinds of change, each declared once.

The kinds, their papers and who decides are those the company publishes; what
nobody published (marked below) follows practice elsewhere and is for the company
to confirm.  The sixth kind has two directions, so there are fifteen entries.
"""

from dataclasses import replace

from app.domain.changes.declaring import (
    ChangeKind,
    ChecklistPaper,
    Decider,
    Declaration,
    Field,
    FieldType,
    Fixed,
    Ground,
    Need,
    PaperKind,
    Route,
    Scope,
    TargetColumn,
)
from app.domain.holders import HolderKind
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.subsidies import LEAST_PERCENT, MOST_PERCENT, Category

TITLES = ("sale_contract", "inheritance_ruling", "gift_contract", "lifelong_support_contract", "other_title")
AREA_PROOFS = ("cadastre_extract", "contract", "occupancy_permit", "survey")
STOP_HEATING_GROUNDS = ("business_space", "radiators_removed", "heat_meter", "direct_payment")
STOP_WASTE_GROUNDS = ("empty_flat", "unused_house", "direct_contract", "other")


def _into(table: str, column: str) -> TargetColumn:
    return TargetColumn(table, column)


_FIRST_NAME = Field(
    "first_name", FieldType.TEXT, _into("holder", "first_name"), Need.NATURAL_PERSON, longest=60
)
_LAST_NAME = Field("last_name", FieldType.TEXT, _into("holder", "last_name"), Need.NATURAL_PERSON, longest=60)
# a foreigner has another number, so the JMBG may stay empty
_JMBG = Field("jmbg", FieldType.JMBG, _into("holder", "jmbg"), Need.NATURAL_PERSON, may_be_empty=True)
_BUSINESS_NAME = Field(
    "business_name", FieldType.TEXT, _into("holder", "business_name"), Need.LEGAL_PERSON, longest=200
)
_PIB = Field("pib", FieldType.PIB, _into("holder", "pib"), Need.LEGAL_PERSON)
_COMPANY_NUMBER = Field(
    "company_number", FieldType.COMPANY_NUMBER, _into("holder", "company_number"), Need.LEGAL_PERSON
)
_HOLDER_KIND = Field(
    "holder_kind", FieldType.CHOICE, _into("holder", "kind"), choices=tuple(kind.value for kind in HolderKind)
)
_PHONE = Field("phone", FieldType.PHONE, _into("contact", "phone"), Need.OPTIONAL)
_EMAIL = Field("email", FieldType.EMAIL, _into("contact", "email"), Need.OPTIONAL)
_MEMBERS = Field("members", FieldType.COUNT, _into("premises_state", "members"), most=99)
_AREA = Field("area", FieldType.AREA, _into("premises_state", "area"))
_HEATED_AREA = Field("heated_area", FieldType.AREA, _into("premises_state", "heated_area"))
_PURPOSE = Field(
    "purpose",
    FieldType.CHOICE,
    _into("premises_state", "kind"),
    choices=tuple(kind.value for kind in PremisesKind),
)
_DELIVERY_NAME = Field(
    "delivery_name", FieldType.TEXT, _into("account", "delivery_name"), Need.OPTIONAL, longest=120
)
_DELIVERY_ADDRESS = Field(
    "delivery_address", FieldType.TEXT, _into("account", "delivery_address"), longest=200
)

_REQUEST = ChecklistPaper(PaperKind.REQUEST)
_CARD_SEEN = ChecklistPaper(PaperKind.IDENTITY_CARD, Need.NATURAL_PERSON, must_see_original=True)
_IDENTITY_CARD = replace(_CARD_SEEN, must_identify=True)
"""Where it says who the holder is."""
_REGISTER_EXTRACT = ChecklistPaper(PaperKind.REGISTER_EXTRACT, Need.LEGAL_PERSON, must_identify=True)
_AUTHORIZATION = ChecklistPaper(PaperKind.AUTHORIZATION, Need.PROXY, must_see_original=True)
_MEMBERS_CERTIFICATE = ChecklistPaper(PaperKind.MEMBERS_CERTIFICATE, Need.BY_MEMBERS)

DECLARATIONS: tuple[Declaration, ...] = (
    Declaration(
        ChangeKind.HOLDER,
        1,
        (
            _HOLDER_KIND,
            _LAST_NAME,
            _FIRST_NAME,
            _JMBG,
            _BUSINESS_NAME,
            _PIB,
            _COMPANY_NUMBER,
            Field("members", FieldType.COUNT, _into("premises_state", "members"), Need.BY_MEMBERS, most=99),
            _PHONE,
            _EMAIL,
            # asked for, never inherited: left empty, bills go to the premises
            _DELIVERY_NAME,
            replace(_DELIVERY_ADDRESS, need=Need.OPTIONAL),
        ),
        (
            _REQUEST,
            ChecklistPaper(PaperKind.TITLE, must_see_original=True, is_one_of=TITLES),
            _IDENTITY_CARD,
            _REGISTER_EXTRACT,
            _MEMBERS_CERTIFICATE,
            _AUTHORIZATION,
        ),
        shows_debt=True,
        # the consent to e-mail was the old holder's
        fixed=(
            Fixed(_into("delivery", "by_email"), value=False),
            Fixed(_into("delivery", "on_paper"), value=True),
        ),
    ),
    Declaration(
        ChangeKind.MEMBERS, 2, (_MEMBERS,), (ChecklistPaper(PaperKind.MEMBERS_CERTIFICATE), _AUTHORIZATION)
    ),
    Declaration(
        ChangeKind.CHARGING_METHOD,
        3,
        (
            Field(
                "charging_method",
                FieldType.CHOICE,
                _into("premises_state", "charging_method"),
                choices=tuple(method.value for method in ChargingMethod),
            ),
        ),
        (ChecklistPaper(PaperKind.ASSEMBLY_DECISION, must_see_original=True), _AUTHORIZATION),
        decider=Decider.SUPERVISOR,
        ground=Ground.ASSEMBLY_DECISION,
        scope=Scope.BUILDING,
        deadline_days=30,
    ),
    Declaration(
        ChangeKind.STOP_HEATING,
        4,
        (Field("ground", FieldType.CHOICE, choices=STOP_HEATING_GROUNDS),),
        (ChecklistPaper(PaperKind.PROVIDER_ORDER),),
        decider=Decider.SUPERVISOR,
        ground=Ground.PROVIDER_ORDER,
        route=Route.PROVIDER,
        fixed=(Fixed(_into("premises_state", "heated_area"), 0),),
        deadline_days=30,
    ),
    # whose order stops the waste charge is not published
    Declaration(
        ChangeKind.STOP_WASTE,
        5,
        (Field("ground", FieldType.CHOICE, choices=STOP_WASTE_GROUNDS),),
        (_REQUEST, ChecklistPaper(PaperKind.PROVIDER_ORDER)),
        decider=Decider.SUPERVISOR,
        ground=Ground.PROVIDER_ORDER,
        route=Route.PROVIDER,
        fixed=(Fixed(_into("premises_state", "has_waste"), value=False),),
        deadline_days=30,
    ),
    Declaration(
        ChangeKind.OPEN_ACCOUNT,
        6,
        (
            Field("street", FieldType.STREET, _into("building", "street_id")),
            Field("house_number", FieldType.TEXT, _into("building", "house_number"), longest=12),
            Field("entrance", FieldType.TEXT, _into("premises", "entrance"), Need.OPTIONAL, longest=12),
            Field("floor", FieldType.TEXT, _into("premises", "floor"), Need.OPTIONAL, longest=12),
            Field("door", FieldType.TEXT, _into("premises", "door"), Need.OPTIONAL, longest=12),
            _PURPOSE,
            _AREA,
            _HEATED_AREA,
            _MEMBERS,
            Field("has_hot_water", FieldType.FLAG, _into("premises_state", "has_hot_water")),
            Field("is_water_metered", FieldType.FLAG, _into("premises_state", "is_water_metered")),
            Field("has_waste", FieldType.FLAG, _into("premises_state", "has_waste")),
            _HOLDER_KIND,
            _LAST_NAME,
            _FIRST_NAME,
            _JMBG,
            _BUSINESS_NAME,
            _PIB,
            _COMPANY_NUMBER,
            _PHONE,
            _EMAIL,
        ),
        (
            ChecklistPaper(PaperKind.WRITTEN_NOTICE),
            ChecklistPaper(PaperKind.TITLE, must_see_original=True, is_one_of=(*TITLES, "occupancy_permit")),
            _IDENTITY_CARD,
            _REGISTER_EXTRACT,
            _AUTHORIZATION,
        ),
        decider=Decider.SUPERVISOR,
    ),
    Declaration(
        ChangeKind.CLOSE_ACCOUNT,
        6,
        (Field("closed_on", FieldType.DATE, _into("account", "closed_on")),),
        (ChecklistPaper(PaperKind.WRITTEN_NOTICE), _CARD_SEEN, _AUTHORIZATION),
        decider=Decider.SUPERVISOR,
        shows_debt=True,
    ),
    # papers of the seventh and eighth kind follow practice; the provider is asked about heating
    Declaration(
        ChangeKind.AREA,
        7,
        (_AREA, _HEATED_AREA),
        (
            _REQUEST,
            ChecklistPaper(PaperKind.CADASTRE_EXTRACT, is_one_of=AREA_PROOFS),
            ChecklistPaper(PaperKind.PROVIDER_ORDER, Need.OPTIONAL),
            _AUTHORIZATION,
        ),
        route=Route.CONSULTED,
    ),
    Declaration(
        ChangeKind.PURPOSE,
        8,
        (
            _PURPOSE,
            _HEATED_AREA,
            Field("has_waste", FieldType.FLAG, _into("premises_state", "has_waste")),
        ),
        (
            _REQUEST,
            ChecklistPaper(PaperKind.PURPOSE_ACT, is_one_of=("purpose_act", "cadastre_extract")),
            _REGISTER_EXTRACT,
            ChecklistPaper(PaperKind.PROVIDER_ORDER, Need.OPTIONAL),
            _AUTHORIZATION,
        ),
        decider=Decider.SUPERVISOR,
        route=Route.CONSULTED,
    ),
    Declaration(
        ChangeKind.DELIVERY_ADDRESS,
        9,
        (_DELIVERY_NAME, _DELIVERY_ADDRESS),
        (_REQUEST, _AUTHORIZATION),
        four_eyes=False,
        deadline_days=8,
    ),
    Declaration(
        ChangeKind.EMAIL_DELIVERY,
        10,
        (
            Field("by_email", FieldType.FLAG, _into("delivery", "by_email")),
            Field("on_paper", FieldType.FLAG, _into("delivery", "on_paper")),
            Field("delivery_email", FieldType.EMAIL, _into("delivery", "email"), Need.OPTIONAL),
        ),
        (ChecklistPaper(PaperKind.EMAIL_CONSENT),),
        four_eyes=False,
        deadline_days=8,
    ),
    Declaration(
        ChangeKind.LEGAL_PERSON,
        11,
        (
            _BUSINESS_NAME,
            _PIB,
            _COMPANY_NUMBER,
            Field("seat", FieldType.TEXT, _into("account", "delivery_address"), Need.OPTIONAL, longest=200),
        ),
        (
            ChecklistPaper(PaperKind.REGISTER_EXTRACT, must_identify=True),
            ChecklistPaper(PaperKind.AUTHORIZATION, must_see_original=True),
        ),
    ),
    # until the inheritance is settled the account stays in the name of the deceased
    Declaration(
        ChangeKind.DEATH,
        12,
        (
            Field("members", FieldType.COUNT, _into("premises_state", "members"), most=99),
            Field("delivery_name", FieldType.TEXT, _into("account", "delivery_name"), longest=120),
            Field(
                "delivery_address",
                FieldType.TEXT,
                _into("account", "delivery_address"),
                Need.OPTIONAL,
                longest=200,
            ),
        ),
        (ChecklistPaper(PaperKind.DEATH_CERTIFICATE, must_see_original=True), _CARD_SEEN),
        four_eyes=False,
        shows_debt=True,
    ),
    Declaration(
        ChangeKind.CORRECTION,
        13,
        (_LAST_NAME, _FIRST_NAME, _JMBG, _PHONE, _EMAIL),
        (_IDENTITY_CARD,),
        deadline_days=8,
    ),
    Declaration(
        ChangeKind.SUBSIDY,
        14,
        (
            Field(
                "category",
                FieldType.CHOICE,
                _into("subsidy", "category"),
                choices=tuple(category.value for category in Category),
            ),
            Field(
                "percent",
                FieldType.PERCENT,
                _into("subsidy", "percent"),
                least=int(LEAST_PERCENT),
                most=int(MOST_PERCENT),
            ),
            Field("decision", FieldType.TEXT, _into("subsidy", "decision"), longest=60),
            Field("granted_until", FieldType.DATE, _into("subsidy", "valid_to")),
        ),
        (ChecklistPaper(PaperKind.SECRETARIAT_DECISION),),
        ground=Ground.SECRETARIAT_DECISION,
    ),
)

_BY_KIND = {declaration.kind: declaration for declaration in DECLARATIONS}


def declaration_of(kind: ChangeKind) -> Declaration:
    """Return how a kind of change is declared."""
    return _BY_KIND[kind]
