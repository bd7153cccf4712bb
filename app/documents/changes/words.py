"""What kinds of change, their data, papers and states are called on paper, in Serbian.

Everything is written once, in Latin; a document in Cyrillic makes its letters from
it.  A kind, a field or a paper that nobody has named here stops the making of a
document, and a test looks for such.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from app.documents.wording import day, measured, percent
from app.domain.changes import (
    ApplicantStanding,
    ChangeKind,
    ChangeState,
    Declaration,
    Field,
    FieldType,
    IntakeChannel,
    Need,
    PaperKind,
)
from app.domain.changes.asking import Value
from app.domain.personal_numbers import jmbg

NONE = "–"
YES, NO = "da", "ne"

KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.HOLDER: "Promena imena korisnika",
    ChangeKind.MEMBERS: "Promena broja članova domaćinstva",
    ChangeKind.CHARGING_METHOD: "Promena načina obračuna za zgradu",
    ChangeKind.STOP_HEATING: "Prestanak plaćanja grejanja",
    ChangeKind.STOP_WASTE: "Prestanak plaćanja iznošenja smeća",
    ChangeKind.OPEN_ACCOUNT: "Prijava novog prostora",
    ChangeKind.CLOSE_ACCOUNT: "Odjava prostora",
    ChangeKind.AREA: "Promena površine",
    ChangeKind.PURPOSE: "Promena namene prostora",
    ChangeKind.DELIVERY_ADDRESS: "Promena adrese dostave",
    ChangeKind.EMAIL_DELIVERY: "Dostava računa e-poštom",
    ChangeKind.LEGAL_PERSON: "Promena podataka pravnog lica",
    ChangeKind.DEATH: "Smrt korisnika pre okončanja ostavine",
    ChangeKind.CORRECTION: "Ispravka ličnih podataka",
    ChangeKind.SUBSIDY: "Subvencija cene komunalnih usluga",
}

FIELDS: Mapping[str, str] = {
    "holder_kind": "Novi korisnik je",
    "last_name": "Prezime",
    "first_name": "Ime",
    "jmbg": "JMBG",
    "business_name": "Poslovno ime",
    "pib": "PIB",
    "company_number": "Matični broj",
    "members": "Broj članova domaćinstva",
    "phone": "Telefon korisnika",
    "email": "E-pošta korisnika",
    "charging_method": "Zajednička potrošnja se deli",
    "ground": "Razlog prestanka",
    "street": "Ulica",
    "house_number": "Kućni broj",
    "entrance": "Ulaz",
    "floor": "Sprat",
    "door": "Stan",
    "purpose": "Namena prostora",
    "area": "Površina (m²)",
    "heated_area": "Grejna površina (m²)",
    "has_hot_water": "Topla voda",
    "is_water_metered": "Sopstveni vodomer",
    "has_waste": "Iznošenje smeća",
    "closed_on": "Dan prestanka korišćenja",
    "delivery_name": "Naslovljeno na",
    "delivery_address": "Adresa za dostavu",
    "by_email": "Račun e-poštom",
    "on_paper": "Račun na papiru",
    "delivery_email": "Adresa e-pošte za račune",
    "seat": "Sedište",
    "category": "Kategorija korisnika",
    "percent": "Umanjenje (%)",
    "decision": "Broj rešenja",
    "granted_until": "Odobreno do",
}

_LISTED = {"holder_kind": "Vrsta lica", "charging_method": "Način obračuna"}
"""Labels that are half a sentence on a form."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "holder_kind": {"natural": "fizičko lice", "legal": "pravno lice"},
    "charging_method": {"area": "po površini (m²)", "members": "po broju članova domaćinstva"},
    "purpose": {"flat": "stan", "house": "kuća", "garage": "garaža", "business": "poslovni prostor"},
    "category": {
        "low_income": "penzioner ili domaćinstvo sa niskim primanjima",
        "war_veteran": "borac",
        "war_invalid": "ratni vojni invalid ili porodica palog borca",
        "social_support": "korisnik materijalnog obezbeđenja ili tuđe nege",
        "disability": "domaćinstvo sa osobom sa invaliditetom ili teško obolelom",
        "foster_family": "hraniteljska porodica",
    },
    "ground": {
        "business_space": "pretvoreno u poslovni prostor",
        "radiators_removed": "radijatori su uklonjeni",
        "heat_meter": "ugrađeno merilo toplote",
        "direct_payment": "plaća se neposredno davaocu",
        "empty_flat": "prazan stan",
        "unused_house": "kuća se ne koristi",
        "direct_contract": "ugovor sa davaocem",
        "other": "drugo",
    },
}

PAPERS: Mapping[PaperKind, str] = {
    PaperKind.REQUEST: "Potpisan zahtev",
    PaperKind.TITLE: "Isprava o pravu na prostoru",
    PaperKind.MEMBERS_CERTIFICATE: "Potvrda upravnika stambene zajednice o broju članova",
    PaperKind.IDENTITY_CARD: "Lična karta",
    PaperKind.ASSEMBLY_DECISION: "Odluka skupštine stambene zajednice",
    PaperKind.PROVIDER_ORDER: "Nalog davaoca usluge",
    PaperKind.WRITTEN_NOTICE: "Pismeno obaveštenje sa danom promene",
    PaperKind.CADASTRE_EXTRACT: "Dokaz o površini",
    PaperKind.PURPOSE_ACT: "Akt o nameni prostora",
    PaperKind.REGISTER_EXTRACT: "Izvod iz registra APR",
    PaperKind.AUTHORIZATION: "Punomoćje",
    PaperKind.DEATH_CERTIFICATE: "Izvod iz matične knjige umrlih",
    PaperKind.SECRETARIAT_DECISION: "Rešenje Sekretarijata za socijalnu zaštitu",
    PaperKind.EMAIL_CONSENT: "Saglasnost za dostavu e-poštom",
    PaperKind.OTHER: "Drugi prilog",
}

ACTS: Mapping[str, str] = {
    "sale_contract": "ugovor o kupoprodaji",
    "inheritance_ruling": "rešenje o ostavinskoj raspravi",
    "gift_contract": "ugovor o poklonu",
    "lifelong_support_contract": "ugovor o doživotnom izdržavanju",
    "other_title": "druga isprava",
    "cadastre_extract": "izvod iz lista nepokretnosti",
    "contract": "ugovor",
    "occupancy_permit": "upotrebna dozvola",
    "survey": "elaborat geodetskog snimanja",
    "purpose_act": "akt o promeni namene",
}

NEEDS: Mapping[Need, str] = {
    Need.ALWAYS: "",
    Need.OPTIONAL: "po potrebi",
    Need.NATURAL_PERSON: "fizička lica",
    Need.LEGAL_PERSON: "pravna lica",
    Need.BY_MEMBERS: "ako se troškovi dele po članovima",
    Need.PROXY: "ako podnosi punomoćnik",
}

STANDINGS: Mapping[ApplicantStanding, str] = {
    ApplicantStanding.OWNER: "vlasnik",
    ApplicantStanding.TENANT: "zakupac",
    ApplicantStanding.PROXY: "punomoćnik",
}

CHANNELS: Mapping[IntakeChannel, str] = {
    IntakeChannel.COUNTER: "na šalteru",
    IntakeChannel.POST: "poštom",
    IntakeChannel.EMAIL: "e-poštom",
    IntakeChannel.PORTAL: "preko portala",
    IntakeChannel.PHONE: "telefonska najava",
}

STATES: Mapping[ChangeState, str] = {
    ChangeState.DRAFT: "nacrt",
    ChangeState.SUBMITTED: "podnet",
    ChangeState.RETURNED: "vraćen na dopunu",
    ChangeState.WITH_PROVIDER: "kod davaoca usluge",
    ChangeState.APPROVED: "odobren",
    ChangeState.REJECTED: "odbijen",
    ChangeState.APPLIED: "primenjen",
    ChangeState.CANCELLED: "storniran",
}


def act_word(act: str) -> str:
    """What an act is called: one of the list, a kind of paper, or what somebody wrote."""
    if act in ACTS:
        return ACTS[act]
    if act in set(PaperKind):
        return uncapitalized(PAPERS[PaperKind(act)])
    return act


def uncapitalized(words: str) -> str:
    """Words as they stand within a line; abbreviations keep their capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def value_word(field: Field, value: Value) -> str:
    """A value as it is printed; personal numbers never in full."""
    if value is None or value == "":
        return NONE
    words = str(value)
    match field.type:
        case FieldType.FLAG:
            return YES if words.lower() in {"true", "1", "da"} else NO
        case FieldType.JMBG:
            return jmbg.mask(words)
        case FieldType.CHOICE:
            return CHOICES.get(field.name, {}).get(words, words)
        case FieldType.DATE:
            when = _day(words)
            return words if when is None else day(when)
        case FieldType.AREA | FieldType.PERCENT:
            number = _number(words)
            if number is None:
                return words
            return f"{measured(number)} m²" if field.type is FieldType.AREA else percent(number)
    return words


def value_of(declaration: Declaration, name: str, value: Value) -> str:
    """A value of a kind's field as it is printed, fixed columns included."""
    try:
        return value_word(declaration.field(name), value)
    except KeyError:
        if isinstance(value, bool):
            return YES if value else NO
        number = _number(str(value)) if name.endswith("area") else None
        if number is not None:
            return f"{measured(number)} m²"
        return NONE if value in (None, "") else str(value)


def label_of(name: str) -> str:
    """The label of a datum in a list, without its unit."""
    return _LISTED.get(name, FIELDS[name]).removesuffix(" (m²)").removesuffix(" (%)")


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _number(words: str) -> Decimal | None:
    try:
        number = Decimal(words)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
