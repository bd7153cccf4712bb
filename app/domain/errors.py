"""What can go wrong at the desk, told apart by what the clerk does next.

Errors carry facts, never prose: every sentence a person reads is made in
``ui/words``, in the language that person works in.
"""


class SalterError(Exception):
    """The root of everything the program expects to go wrong."""


class Refused(SalterError):
    """A rule forbids it.  Subclassed beside the function that raises it.

    ``field`` names the input the clerk must look at, or is empty when the
    whole form is meant.
    """

    field: str = ""


class NeedsConfirmation(SalterError):
    """Allowed once the consequence is accepted; call again with ``confirmed=True``."""


class Conflict(SalterError):
    """Somebody else changed it meanwhile.

    ``changed_by`` and ``changed_at`` say who and when; ``fields`` maps a field's
    name to the value now stored.
    """

    def __init__(
        self,
        *,
        changed_by: str = "",
        changed_at: object = None,
        fields: dict[str, object] | None = None,
    ) -> None:
        super().__init__(changed_by)
        self.changed_by = changed_by
        self.changed_at = changed_at
        self.fields = fields or {}


class Forbidden(SalterError):
    """GRANT or row security said no; the action should have been hidden."""


class Unavailable(SalterError):
    """The server or the way to it is gone for the moment; asking again may help."""


class TooSlow(SalterError):
    """The server stopped the question at its time limit."""


class CannotWrite(SalterError):
    """The file could not be written where it was wanted; ``reason`` is the system's word for why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path)
        self.path = path
        self.reason = reason


class PrinterFailed(SalterError):
    """The printer said that it took no page, or not all of them."""
