"""The words of amounts and months that were typed."""

from app.domain.errors import SalterError
from app.domain.money import NotMoney
from app.domain.period import NotAPeriod
from ui.words.errors import Says, typed

ERRORS: dict[type[SalterError], Says] = {
    NotMoney: Says("“{text}” is not an amount. Write it as 1.234,50 or 1234.5.", typed),
    NotAPeriod: Says("“{text}” is not a billing month. Write it as 06/2026.", typed),
}
