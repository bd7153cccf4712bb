"""What stands in the fields of a PDF, form by form, wherever a program has hung the fields.

Whoever fills in, joins or saves a form anew moves its fields about: below a parent of
their own, out of the list of fields and onto the pages alone, into streams.  Their names
stay, and the mark of its kind begins a form: what stands on its page and on those after
it belongs to it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from app.documents import inspection
from app.documents.changes import form_data as names
from app.domain.changes.reading import clean
from app.domain.papers import Flaw, Unreadable
from app.domain.spelling import repaired

LONGEST_VALUE = 500
_MOST_FIELDS = 400
_DEEPEST = 6
_MOST_PAGES = 60
_OURS = frozenset(
    {
        names.KIND, names.FORM, names.IDENT, names.OTHER_ACT, names.HOLDER, names.ADDRESS,
        *names.FILED.values(),
    }
)  # fmt: skip
_FAMILIES = (names.VALUE, names.PAPER)
_NUMBERED = re.compile(r"(?<=[a-z])(?:[+_#-]|\s)?\d{1,3}$")
"""What programs that join forms put behind the name of a field that is there already."""

Typed = dict[str, str]


def typed_forms(reader: Any) -> list[Typed]:
    """Return the values of every form of ours in a document by their fields' names, the first form first.

    Raises: Unreadable.
    """
    on_pages = list(_forms_on_pages(reader))
    listed = _forms_listed(inspection.followed(reader.root_object.get("/AcroForm")))
    if len(on_pages) <= 1 and len(listed) <= 1:
        together = {**(listed[0] if listed else {}), **(on_pages[0] if on_pages else {})}
        return [together] if names.KIND in together else []
    forms = on_pages if len(on_pages) >= len(listed) else listed
    return [form for form in forms if names.KIND in form]


def _forms_on_pages(reader: Any) -> Iterator[Typed]:
    """Go through the forms whose fields hang on the pages."""
    current: dict[str, Typed] = {}
    made: list[Typed] = []
    left = _MOST_FIELDS
    for page in _pages(reader):
        begun: set[str] = set()
        fields = []
        for annotation in _listed(page.get("/Annots")):
            left -= 1
            if left < 0:
                raise Unreadable(Flaw.TOO_INTRICATE)
            field = _with_parents(annotation)
            if field is None:
                continue
            fields.append(field)
            copy, name, _value = field
            if name == names.KIND:
                begun.add(copy)
        for copy in begun:
            current[copy] = {}
            made.append(current[copy])
        for copy, name, value in fields:
            if copy in current:
                current[copy].setdefault(name, value)
    yield from made


def _pages(reader: Any) -> Iterator[Any]:
    import pypdf

    try:
        for place in range(min(len(reader.pages), _MOST_PAGES)):
            yield reader.pages[place]
    except pypdf.errors.LimitReachedError:  # they are told of where the pages are weighed
        return


def _with_parents(annotation: Any) -> tuple[str, str, str] | None:
    """Which copy of a form a box on a page belongs to, its own name, and what stands in it."""
    parts: list[str] = []
    value: Any = None
    kind: Any = None
    is_named = False
    field = inspection.followed(annotation)
    for _ in range(_DEEPEST):
        if not isinstance(field, dict):
            break
        own_value = inspection.followed(field.get("/V"))
        if own_value is not None and (value is None or not is_named):
            value = own_value  # a box of a group may say Off while the group says which is ticked
        own = inspection.followed(field.get("/T"))
        if isinstance(own, str):
            parts.insert(0, own)
            is_named = True
        kind = kind or inspection.followed(field.get("/FT"))
        field = inspection.followed(field.get("/Parent"))
    named = _named(parts)
    text = _text(value, is_box=kind == "/Btn")
    return None if named is None or text is None else (*named, text)


def _forms_listed(form: Any) -> list[Typed]:
    """The forms among the fields that a document lists, at most so many and so deep."""
    if not isinstance(form, dict):
        return []
    copies: dict[str, list[Typed]] = {}
    waiting: list[tuple[list[str], Any, int]] = [
        ([], field, 0) for field in reversed(_listed(form.get("/Fields")))
    ]
    seen = 0
    while waiting:
        family, reference, depth = waiting.pop()
        seen += 1
        if seen > _MOST_FIELDS:
            raise Unreadable(Flaw.TOO_INTRICATE)
        field = inspection.followed(reference)
        if not isinstance(field, dict):
            continue
        own = inspection.followed(field.get("/T"))
        parts = [*family, own] if isinstance(own, str) else family
        is_box = inspection.followed(field.get("/FT")) == "/Btn"
        text = _text(inspection.followed(field.get("/V")), is_box=is_box)
        named = _named(parts)
        if named is not None and text is not None and isinstance(own, str):
            _put(copies.setdefault(named[0], []), named[1], text)
        if depth < _DEEPEST:
            waiting += [(parts, kid, depth + 1) for kid in reversed(_listed(field.get("/Kids")))]
    return [one for forms in copies.values() for one in forms]


def _put(forms: list[Typed], name: str, value: str) -> None:
    """A name that comes again is of another form."""
    for form in forms:
        if name not in form:
            form[name] = value
            return
    forms.append({name: value})


def _named(parts: Sequence[str]) -> tuple[str, str] | None:
    """Tell what programs put around the name of a field of ours, and that name; None for another's field."""
    whole = ".".join(parts)[:LONGEST_VALUE].split(".")
    for start, first in enumerate(whole):
        unnumbered = _NUMBERED.sub("", first)
        for own in (first, unnumbered):
            name = ".".join([own, *whole[start + 1 :]])
            if name in _OURS or name.startswith(_FAMILIES):
                return ".".join([*whole[:start], first[len(own) :]]), name
    return None


def _listed(value: Any) -> list[Any]:
    found = inspection.followed(value)
    return list(found[: _MOST_FIELDS + 1]) if isinstance(found, list) else []


def _text(value: Any, *, is_box: bool) -> str | None:
    """The text of a field, or the state of a box without its slash, which some write into a text."""
    if hasattr(value, "get_data"):  # a long text may be a stream
        value = value.get_data()
    if isinstance(value, bytes):
        value = _decoded(value[: 4 * LONGEST_VALUE + 4])
    if not isinstance(value, str):
        return None
    text = value[: LONGEST_VALUE + 1]
    return repaired(clean(text.removeprefix("/") if is_box else text))[:LONGEST_VALUE]


def _decoded(value: bytes) -> str:
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xff\xfe"):
        return value[2:].decode("utf-16-le", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")
