"""The words of dunning notices."""

from enum import StrEnum

from app.domain.notices import NoticeKind, NoticeState
from ui.words.tones import Tone

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    NoticeKind: {
        NoticeKind.FIRST: "reminder",
        NoticeKind.BEFORE_ENFORCEMENT: "last one before enforcement",
    },
    NoticeState: {
        NoticeState.DRAWN: "drawn up",
        NoticeState.SENT: "sent",
        NoticeState.DELIVERED: "delivered",
        NoticeState.RETURNED: "returned",
        NoticeState.PAID: "paid",
        NoticeState.PARTLY_PAID: "partly paid",
        NoticeState.CANCELLED: "cancelled",
        NoticeState.SUED: "sued",
    },
}

TONES: dict[type[StrEnum], dict[StrEnum, Tone]] = {
    NoticeState: {
        NoticeState.SENT: Tone.INFO,
        NoticeState.DELIVERED: Tone.WARN,
        NoticeState.RETURNED: Tone.WARN,
        NoticeState.PAID: Tone.GOOD,
        NoticeState.PARTLY_PAID: Tone.WARN,
        NoticeState.SUED: Tone.BAD,
    },
}
