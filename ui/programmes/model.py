"""A draft while it is edited: what is stored, what was typed over that, and what others wrote meanwhile.

What is typed is on disk a moment later.  A draft somebody else stored meanwhile
is laid under what was typed here: nothing of either is lost, and what both wrote
is said field by field.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Refused
from app.domain.faulty import Faulty, readable
from app.domain.plans import Terms, VersionState
from app.usecases import plans
from app.usecases.plans import Drafted, DraftFields, EditedVersion
from app.usecases.plans.rules import DraftOutdated, ProgrammePublished
from db.refusals import AlreadyThere, ValidityOverlaps
from ui.jobs import Action, Jobs
from ui.kit.drafts import KeptForm
from ui.programmes.typed import FIELD_OF_TERM, Values, blank_values, extension_of, merged, values_of


@dataclass(frozen=True, slots=True)
class About:
    """Which draft is edited: version 0 is stored nowhere yet, programme 0 is a new programme."""

    programme_id: int = 0
    version: int = 0

    @property
    def is_stored(self) -> bool:
        return self.version > 0


@dataclass(frozen=True, slots=True)
class Change:
    """A field somebody else changed: what stood there, what they wrote, and what stands in the form now."""

    field: str
    before: Any
    theirs: Any
    mine: Any


class DraftModel(QObject):
    """One draft at a time; ``values`` is the form as it is to be shown."""

    begun = Signal()
    """Another draft is edited: show ``values``."""
    stored = Signal(object)
    """About: it was saved under this number."""
    published = Signal(object)
    """About: it is in force, or will be on its day."""
    refused = Signal(object)
    """Exception: it was not done; what was typed is still there."""
    overtaken = Signal()
    """Somebody else changed it: ``changes`` says what, ``values`` is what stands in the form now."""
    gone_out = Signal(object)
    """EditedVersion: somebody else published it meanwhile."""

    def __init__(self, jobs: Jobs, folder: Path, login: str, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.kept = KeptForm(folder, self, login=login, form="programme")
        self._seen: dict[str, Any] = {}
        self._revision = 0
        self._typed: dict[str, Any] = {}
        self._is_busy = False
        self._error = Exception()
        self.about: About | None = None
        self.changes: tuple[Change, ...] = ()
        self.was_restored = False
        """What was typed before, and not stored, is back."""

    # what is edited ------------------------------------------------------------------------------

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the form."""
        return dict(self._typed)

    @property
    def is_edited(self) -> bool:
        """Whether something is typed that is not stored."""
        return self.about is not None and (not self.about.is_stored or self._typed != self._seen)

    @property
    def is_busy(self) -> bool:
        """Whether a save or a publication is under way."""
        return self._is_busy

    @property
    def revision(self) -> int:
        """The revision of the stored draft that was seen last."""
        return self._revision

    def begin_new(self) -> None:
        """Edit a programme there was none of."""
        self._begin(About(), blank_values(), 0)

    def begin_extension(self, version: EditedVersion) -> None:
        """Edit a new version of a programme, beginning with the terms of another."""
        self._begin(About(version.programme.programme_id), extension_of(version), 0)

    def begin_draft(self, version: EditedVersion) -> None:
        """Edit a draft that is stored."""
        it = version.programme
        self._begin(About(it.programme_id, it.version), values_of(version), version.revision)

    def leave(self) -> None:
        """Edit nothing any more; what was typed stays on disk."""
        self.about = None
        self.changes = ()

    def type_in(self, values: Values) -> None:
        """Take over what stands in the form now."""
        self._typed = dict(values)

    def keep(self) -> None:
        """Put what was typed on disk, or take away what is no different from what is stored."""
        if self.about is None:
            return
        is_typed = self._typed != self._seen
        kept = {"seen": self._seen, "typed": self._typed, "revision": self._revision}
        self._draft.keep(kept if is_typed else {})

    def throw_away(self) -> None:
        """Go back to what is stored."""
        self._draft.drop()
        self._typed = dict(self._seen)
        self.changes = ()
        self.was_restored = False
        self.begun.emit()

    @property
    def _draft(self) -> KeptForm:
        about = self.about or About()
        self.kept.keep_for(about.programme_id * 1000 + about.version)
        return self.kept

    def _begin(self, about: About, values: Values, revision: int) -> None:
        self.about = about
        self._seen, self._revision = dict(values), revision
        self._typed = dict(values)
        self.changes = ()
        self.was_restored = False
        kept = self._draft.read()
        if set(kept) == {"seen", "typed", "revision"} and set(kept["typed"]) == set(values) == set(
            kept["seen"]
        ):
            self.was_restored = kept["typed"] != kept["seen"]
            self._lay_over(kept["seen"], kept["typed"], values)
        self.begun.emit()

    def _lay_over(self, seen: Values, mine: Values, theirs: Values) -> None:
        self._typed, changed = merged(seen=seen, mine=mine, theirs=theirs)
        self._seen = dict(theirs)
        self.changes = tuple(
            Change(field, before, after, self._typed[field]) for field, before, after in changed
        )

    # storing it ----------------------------------------------------------------------------------

    def save(self, terms: Terms, fields: DraftFields) -> None:
        """Store the draft, and publish it at once if that is wanted."""
        about = self.about
        if about is None or self._is_busy:
            return
        self._is_busy = True
        action: Action[Drafted]
        if about.is_stored:
            action = functools.partial(
                plans.change_programme_draft,
                programme_id=about.programme_id,
                version=about.version,
                seen_revision=self._revision,
                terms=terms,
                fields=fields,
            )
        else:
            action = functools.partial(
                plans.draft_programme,
                terms=terms,
                fields=fields,
                programme_id=about.programme_id or None,
                code=str(self._typed["code"]),
                name=str(self._typed["name"]),
            )
        self._jobs.act(action, self._saved, screen=self, failed=self._failed)

    def publish(self) -> None:
        """Put the stored draft in force."""
        about = self.about
        if about is None or not about.is_stored or self._is_busy:
            return
        self._is_busy = True
        action = functools.partial(
            plans.publish_programme,
            programme_id=about.programme_id,
            version=about.version,
            seen_revision=self._revision,
        )
        self._jobs.act(action, self._went_out, screen=self, failed=self._failed)

    def _saved(self, drafted: Drafted) -> None:
        self._is_busy = False
        self._draft.drop()
        self.about = About(drafted["programme_id"], drafted["version"])
        self._seen, self._revision = dict(self._typed), drafted["revision"]
        self.changes = ()
        self.was_restored = False
        self.stored.emit(self.about)

    def _went_out(self, drafted: Drafted) -> None:
        self._is_busy = False
        self._draft.drop()
        about = About(drafted["programme_id"], drafted["version"])
        self.leave()
        self.published.emit(about)

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        if isinstance(error, (DraftOutdated, ProgrammePublished)):
            self._error = error  # somebody was faster: what did they write?
            self._jobs.ask(
                plans.programme_versions, self._theirs_came, screen=self, lane="theirs", failed=self._told
            )
        else:
            self._told(error)

    def _told(self, error: Exception) -> None:
        self.refused.emit(error)

    def _theirs_came(self, versions: Sequence[EditedVersion | Faulty]) -> None:
        theirs = next((one for one in readable(versions) if about_of(one) == self.about), None)
        if theirs is None:
            self._told(self._error)
        elif theirs.state is not VersionState.DRAFT:
            self.gone_out.emit(theirs)
        else:
            mine = self._typed
            self._revision = theirs.revision
            self._lay_over(self._seen, mine, values_of(theirs))
            self.keep()
            self.overtaken.emit()

    def become_extension(self, version: EditedVersion) -> None:
        """Go on with what was typed as a new version, after ``version`` was published meanwhile."""
        typed = dict(self._typed)
        self._draft.drop()
        self.about = About(version.programme.programme_id)
        self._seen, self._revision = extension_of(version), 0
        self._typed = typed
        self.changes = ()
        self.was_restored = False
        self.keep()
        self.begun.emit()


def about_of(version: EditedVersion) -> About:
    """Return by what a version is known."""
    return About(version.programme.programme_id, version.programme.version)


def field_of(error: Exception) -> str:
    """Return the field an error is about: the database names some rules by rows, not by fields."""
    if isinstance(error, ValidityOverlaps):
        return "valid_from"
    if isinstance(error, AlreadyThere):
        return "code"
    field = error.field if isinstance(error, Refused) else ""
    return FIELD_OF_TERM.get(field, field)
