"""The words of call notes."""

from app.domain.errors import SalterError
from app.usecases.notes import NoteEmpty, NoteRefused, NoteTooLong
from ui.words.errors import Says

ERRORS: dict[type[SalterError], Says] = {
    NoteEmpty: Says("The note is empty. Write what was said."),
    NoteRefused: Says("A note has 1 to 4.000 characters."),
    NoteTooLong: Says("The note is too long. It may have 4.000 characters."),
}
