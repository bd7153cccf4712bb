"""What stands in the way of a draft: it went out meanwhile, it was refused, or it is back from the disk."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.usecases.plans import EditedVersion
from ui.kit.banners import Banner
from ui.kit.speaking import Speaking
from ui.words import errors
from ui.words.tones import Tone


class DraftTrouble(Speaking, Banner):
    """Says what happened, and offers the one thing to do about it."""

    extension_chosen = Signal(object)
    """EditedVersion: what was typed is to go on as a new version after this one."""
    draft_dropped = Signal()
    """What was typed and not saved is not wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("programme.trouble", parent)
        self._went_out: EditedVersion | None = None
        self._error: Exception | None = None
        self._is_restored = False
        self.action_chosen.connect(self._act)
        self.retranslate()

    def begin(self) -> None:
        """Know of nothing: another draft, or none, is edited."""
        self._went_out = self._error = None

    def note_error(self, error: Exception | None) -> None:
        """Say what refused the draft; None where nothing did, or a field says it."""
        self._error = error
        self.retranslate()

    def note_gone_out(self, theirs: EditedVersion) -> None:
        """Somebody else published the draft that is typed over here."""
        self._went_out = theirs
        self.retranslate()

    def show_restored(self, *, is_restored: bool) -> None:
        """Say, where nothing else is to be said, that what was typed before is back."""
        self._is_restored = is_restored
        self.retranslate()

    def _act(self) -> None:
        if self._went_out is not None:
            theirs, self._went_out = self._went_out, None
            self.extension_chosen.emit(theirs)
        else:
            self.draft_dropped.emit()

    def retranslate(self) -> None:
        if self._went_out is not None:
            self.tell(
                self.tr("Somebody else published this draft meanwhile; it is not altered any more."),
                tone=Tone.WARN,
                action=self.tr("Go on with what I typed as a new version"),
            )
        elif self._error is not None:
            self.tell(errors.sentence(self._error), tone=Tone.WARN)
        elif self._is_restored:
            self.tell(
                self.tr("What you typed and did not save is back."),
                action=self.tr("Throw it away"),
                icon_name="history",
            )
        else:
            self.clear()
