"""Data: holder, premises, contacts and subsidies as they are, and as they were."""

import functools
from datetime import timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.holders import HolderKind
from app.domain.office_time import in_the_office
from app.domain.topics import DATA
from app.usecases.contacts import Contact
from app.usecases.delivery import Consent, Delivery
from app.usecases.holders import AccountData, Holder, account_data
from app.usecases.premises import PremisesPlace, PremisesState
from app.usecases.subsidies import Subsidy
from ui.desk.desk import Desk
from ui.holders.reveal import RevealSheet
from ui.kit.buttons import Button, ButtonKind
from ui.kit.labels import Item
from ui.kit.master_detail import Part, TablePart
from ui.kit.section import NEXT_TURN, Section
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.table import Align, Column
from ui.kit.tokens import GRID
from ui.words import errors, states, text
from ui.words.delivery import consent_words


class DataSection(Speaking, Section):
    """Two columns: who on the left, what on the right; beneath each, how it was before."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("data", parent)
        self._desk = desk
        self._ident = ident
        self._facts: AccountData | None = None
        scroll = QScrollArea(self.content)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(scroll)
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll.setWidget(inside)
        self.body.addWidget(scroll)
        across = QHBoxLayout(inside)
        across.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        across.setSpacing(8 * GRID)
        left, right = _column(across), _column(across)
        self._holder = Part("data.holder", inside)
        self.reveal = Button("data.reveal", inside, kind=ButtonKind.LINK, icon_name="eye")
        self._contacts = TablePart("data.contacts", inside, columns=_contact_columns())
        self._delivery = Part("data.delivery", inside)
        self.switch = Button("data.switch_delivery", inside, kind=ButtonKind.LINK, icon_name="mail")
        self._consents = TablePart("data.consents", inside, columns=_consent_columns())
        self._holders = TablePart("data.holders", inside, columns=_holder_columns())
        self._place = Part("data.place", inside, across=1)
        self._now = Part("data.premises", inside)
        self._before = TablePart("data.premises_before", inside, columns=_premises_columns())
        self._subsidies = TablePart("data.subsidies", inside, columns=_subsidy_columns())
        for widget in (
            self._holder,
            self.reveal,
            self._contacts,
            self._delivery,
            self.switch,
            self._consents,
            self._holders,
        ):
            is_link = widget in (self.reveal, self.switch)
            left.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if is_link else Qt.AlignmentFlag(0))
        for widget in (self._place, self._now, self._subsidies, self._before):
            right.addWidget(widget)
        left.addStretch(1)
        right.addStretch(1)
        self.reveal_sheet = RevealSheet(desk, ident, self)
        self.reveal.clicked.connect(self._reveal)
        self.switch.clicked.connect(self._switch_delivery)
        self.follow(desk.jobs.changed, DATA)
        self.retranslate()

    def forget_account(self) -> bool:
        self._facts = None
        self.show_nothing()
        return self.reveal_sheet.forget_account()

    def show_account(self, ident: int) -> None:
        self._ident = ident
        self.reveal_sheet.show_account(ident)

    def load(self) -> None:
        self.show_busy()
        question = functools.partial(account_data, ident=self._ident)
        self._desk.jobs.ask(question, self._came, screen=self, lane="page", failed=self._failed)

    @property
    def sheets(self) -> list[Sheet]:
        return [self.reveal_sheet]

    def _came(self, facts: AccountData) -> None:
        self._facts = facts
        self._say_who(facts)
        QTimer.singleShot(NEXT_TURN, self, self._rest_came)

    def _rest_came(self) -> None:
        if self._facts is not None:  # or the page turned to another account meanwhile
            self._say_what(self._facts)
            self.show_rows()

    def _failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    def _reveal(self) -> None:
        if self._facts is not None and self._facts.holders:
            self.reveal_sheet.begin(self._facts.holders[0].valid_from)

    def _switch_delivery(self) -> None:
        for action in self._desk.commands.available(self.window()):
            if action.objectName() == "account.delivery":
                action.trigger()

    def _say_who(self, facts: AccountData) -> None:
        holder = facts.holders[0] if facts.holders else None
        self._holder.set_facts(self._holder_items(holder) if holder is not None else [])
        self.reveal.setVisible(holder is not None and bool(holder.jmbg_masked))
        self._contacts.set_rows(facts.contacts)
        self._delivery.set_facts(self._delivery_items(facts.delivery) if facts.delivery is not None else [])
        self.switch.setVisible(facts.delivery is not None)
        given = facts.delivery.consents if facts.delivery is not None else ()
        self._consents.set_rows([one for one in given if one.ended_at is not None])
        self._holders.set_rows(facts.holders[1:])

    def _say_what(self, facts: AccountData) -> None:
        self._place.set_facts(self._place_items(facts.place) if facts.place is not None else [])
        self._now.set_facts(self._premises_items(facts.premises[0]) if facts.premises else [])
        self._before.set_rows(facts.premises[1:])
        self._subsidies.set_rows(facts.subsidies)

    def _holder_items(self, holder: Holder) -> list[Item]:
        items = [
            Item(name="name", title=self.tr("Name"), value=holder.name, strong=True),
            Item(name="kind", title=self.tr("Kind"), value=states.word(holder.kind)),
            Item(name="since", title=self.tr("Holder since"), value=text.day(holder.valid_from)),
        ]
        if holder.kind is HolderKind.LEGAL:
            items += [
                Item(name="pib", title=self.tr("PIB"), value=holder.pib),
                Item(name="company_number", title=self.tr("Company number"), value=holder.company_number),
            ]
        else:
            items.append(Item(name="jmbg", title=self.tr("JMBG"), value=holder.jmbg_masked))
        return items

    def _delivery_items(self, delivery: Delivery) -> list[Item]:
        portal = delivery.portal
        if portal is None or portal.ended_on is not None:
            registered = self.tr("not registered")
        elif portal.is_active:
            registered = self.tr("{0}, since {1}").format(portal.user_name, text.day(portal.registered_on))
        else:
            registered = self.tr("{0}, not activated").format(portal.user_name)
        return [
            Item(
                name="by_email",
                title=self.tr("By e-mail"),
                value=delivery.email if delivery.by_email else text.yes_no(delivery.by_email),
            ),
            Item(name="on_paper", title=self.tr("On paper"), value=text.yes_no(delivery.on_paper)),
            Item(name="portal", title=self.tr("Portal e.Sanduče"), value=registered),
            Item(name="consent", title=self.tr("Consent"), value=consent_words(delivery.consent)),
        ]

    def _place_items(self, place: PremisesPlace) -> list[Item]:
        door = "/".join(
            part for part in (place.house_number, place.entrance, place.floor, place.door) if part
        )
        return [
            Item(name="address", title=self.tr("Address"), value=f"{place.street} {door}", strong=True),
            Item(name="place", title=self.tr("Place"), value=f"{place.postcode} {place.settlement}"),
            Item(name="municipality", title=self.tr("Municipality"), value=place.municipality),
            Item(name="opened", title=self.tr("Account opened"), value=text.day(place.opened_on)),
            Item(
                name="heating",
                title=self.tr("District heating"),
                value=text.yes_no(place.has_district_heating),
            ),
            Item(name="assembly", title=self.tr("Assembly of owners"), value=text.yes_no(place.has_assembly)),
            Item(name="elevator", title=self.tr("Elevator"), value=text.yes_no(place.has_elevator)),
            Item(
                name="delivery_address",
                title=self.tr("Bills are sent to"),
                value=", ".join(part for part in (place.delivery_name, place.delivery_address) if part),
            ),
        ]

    def _premises_items(self, state: PremisesState) -> list[Item]:
        return [
            Item(name="kind", title=self.tr("Use"), value=states.word(state.kind)),
            Item(name="since", title=self.tr("As of"), value=text.day(state.valid_from)),
            Item(name="area", title=self.tr("Area"), value=_area(state.area)),
            Item(name="heated", title=self.tr("Heated area"), value=_area(state.heated_area)),
            Item(name="members", title=self.tr("Household members"), value=text.number(state.members)),
            Item(name="method", title=self.tr("Charged"), value=states.word(state.charging_method)),
            Item(name="water", title=self.tr("Own water meter"), value=text.yes_no(state.is_water_metered)),
            Item(name="hot_water", title=self.tr("Hot water"), value=text.yes_no(state.has_hot_water)),
            Item(name="waste", title=self.tr("Waste collected"), value=text.yes_no(state.has_waste)),
            Item(
                name="rented",
                title=self.tr("Rented from the city"),
                value=text.yes_no(state.is_rented_from_city),
            ),
        ]

    def retranslate(self) -> None:
        titles = {
            self._holder: self.tr("Holder"),
            self._contacts: self.tr("Contacts"),
            self._delivery: self.tr("Delivery of bills"),
            self._consents: self.tr("Earlier consents to e-mail"),
            self._holders: self.tr("Earlier holders"),
            self._place: self.tr("Address and building"),
            self._now: self.tr("Premises"),
            self._before: self.tr("Premises before"),
            self._subsidies: self.tr("Subsidies"),
        }
        for part, words in titles.items():
            part.set_title(words)
        since, until = self.tr("From"), self.tr("To")
        _name_columns(
            self._contacts,
            {"kind": self.tr("Kind"), "value": self.tr("Contact"), "since": since, "until": until},
        )
        _name_columns(
            self._consents,
            {"email": self.tr("Contact"), "since": since, "until": until, "why": self.tr("Why it ended")},
        )
        _name_columns(self._holders, {"name": self.tr("Name"), "since": since, "until": until})
        _name_columns(
            self._before,
            {
                "since": since,
                "until": until,
                "kind": self.tr("Use"),
                "area": self.tr("Area"),
                "heated": self.tr("Heated"),
                "members": self.tr("Members"),
                "method": self.tr("Charged"),
                "reason": self.tr("Reason"),
            },
        )
        _name_columns(
            self._subsidies,
            {
                "category": self.tr("Category"),
                "percent": self.tr("Share"),
                "since": since,
                "until": until,
                "decision": self.tr("Decision"),
            },
        )
        self.reveal.setText(self.tr("Show the JMBG…"))
        self.switch.setText(self.tr("Change delivery…"))
        if self._facts is not None:
            self._say_who(self._facts)
            self._say_what(self._facts)


def _column(across: QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(3 * GRID)
    across.addLayout(column, 1)
    return column


def _name_columns(part: TablePart, titles: dict[str, str]) -> None:
    part.model.set_titles(titles)


def _contact_columns() -> list[Column[Contact]]:
    return [
        Column(name="kind", as_=states.word, width=90),
        Column(name="value", width=200, stretches=True, strong=True),
        Column(name="since", as_=text.day, width=95),
        Column(name="until", field="ended_on", as_=text.day, width=95),
    ]


def _consent_columns() -> list[Column[Consent]]:
    return [
        Column(name="email", width=160, stretches=True),
        Column(name="since", text=_given, width=95),
        Column(name="until", text=_ended, width=95),
        Column(name="why", field="ended_because", as_=states.word, width=150),
    ]


def _given(row: Consent) -> str:
    return text.day(in_the_office(row.given_at).date())


def _ended(row: Consent) -> str:
    return text.day(in_the_office(row.ended_at).date()) if row.ended_at is not None else text.DASH


def _holder_columns() -> list[Column[Holder]]:
    return [
        Column(name="name", width=220, stretches=True),
        Column(name="since", field="valid_from", as_=text.day, width=95),
        Column(name="until", text=_to, width=95),
    ]


def _premises_columns() -> list[Column[PremisesState]]:
    return [
        Column(name="since", field="valid_from", as_=text.day, width=92),
        Column(name="until", text=_to, width=92),
        Column(name="kind", as_=states.word, width=80),
        Column(name="area", as_=_area, align=Align.RIGHT, width=80),
        Column(name="heated", field="heated_area", as_=_area, align=Align.RIGHT, width=80, hidden=True),
        Column(name="members", as_=text.number, align=Align.RIGHT, width=70),
        Column(name="method", field="charging_method", as_=states.word, width=90, hidden=True),
        Column(name="reason", width=120, stretches=True, quiet=True),
    ]


def _subsidy_columns() -> list[Column[Subsidy]]:
    return [
        Column(name="category", as_=states.word, width=190, stretches=True),
        Column(name="percent", as_=text.percent, align=Align.RIGHT, width=60),
        Column(name="since", field="valid_from", as_=text.day, width=92),
        Column(name="until", text=_to, width=92),
        Column(name="decision", width=120, hidden=True),
    ]


def _area(value: object) -> str:
    return f"{text.quantity(value)} m²"  # type: ignore[arg-type]


def _to(row: Holder | PremisesState | Subsidy) -> str:
    """Return the last day it held: ranges are half-open."""
    return text.day(row.valid_to - timedelta(days=1)) if row.valid_to is not None else text.DASH
