"""Where the sections of an account meet: the only place that knows all their screens."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.bills.section import BillsSection
from ui.changes.section import ChangesSection
from ui.desk.desk import Desk
from ui.desk.places import AccountSection
from ui.enforcement.section import EnforcementSection
from ui.holders.section import DataSection
from ui.kit.section import Section
from ui.notices.section import NoticesSection
from ui.payments.section import PaymentsSection
from ui.plans.section import PlansSection
from ui.timeline.section import TimelineSection

SectionFactory = Callable[[Desk, int, QWidget], Section]

SECTIONS: dict[AccountSection, SectionFactory] = {
    AccountSection.BILLS: BillsSection,
    AccountSection.ENFORCEMENT: EnforcementSection,
    AccountSection.PLANS: PlansSection,
    AccountSection.NOTICES: NoticesSection,
    AccountSection.PAYMENTS: PaymentsSection,
    AccountSection.DATA: DataSection,
    AccountSection.CHANGES: ChangesSection,
    AccountSection.TIMELINE: TimelineSection,
}
"""In the order of Alt+1 to Alt+8; the portal's five sections first, by the portal's names."""
