"""Serbian in its two scripts: written either way, found and sorted as one.

``fold`` makes the key that search compares, the same for ``Đorđević``,
``Djordjevic``, ``Dordevic`` and ``Ђорђевић``.  The database folds by the same
tables (``FOLD_*``) in the same order, so that a name stored by one is found by
the other.
"""

import re
import unicodedata
from functools import lru_cache

from app.domain.one_form import kept_in_latin

_LETTER = re.compile("dž|lj|nj|.")
_LATIN = _LETTER.findall("abvgdđežzijklljmnnjoprstćufhcčdžš")
_CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"

_TO_LATIN = str.maketrans(
    dict(zip(_CYRILLIC, _LATIN, strict=True))
    | {cyrillic.upper(): latin.title() for cyrillic, latin in zip(_CYRILLIC, _LATIN, strict=True)}
)
_DIGRAPH_IN_CYRILLIC = re.compile("[ЉЊЏ]")
_COMPATIBILITY = str.maketrans(
    {"Ǆ": "DŽ", "ǅ": "Dž", "ǆ": "dž", "Ǉ": "LJ", "ǈ": "Lj", "ǉ": "lj", "Ǌ": "NJ", "ǋ": "Nj", "ǌ": "nj"}
)

# -- Latin to Cyrillic -------------------------------------------------------------

_TO_CYRILLIC = str.maketrans(
    {latin: cyrillic for latin, cyrillic in zip(_LATIN, _CYRILLIC, strict=True) if len(latin) == 1}
    | {
        latin.upper(): cyrillic.upper()
        for latin, cyrillic in zip(_LATIN, _CYRILLIC, strict=True)
        if len(latin) == 1
    }
    | {"ð": "ђ", "Ð": "Ђ"}  # what typewriters of code pages leave of a đ
)
_DIGRAPHS = {
    written: cyrillic if written.islower() else cyrillic.upper()
    for latin, cyrillic in zip(_LATIN, _CYRILLIC, strict=True)
    if len(latin) == 2
    for written in (latin, latin.title(), latin.upper())
}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))

_SEAMS = """
    nad|živ nad|žnj nad|župan od|živ od|žva od|žal od|žuri od|žvrg pod|žanr pod|župan pred|žet pred|živ
    in|jek dezin|jek rein|jek in|jic in|jaz in|junk kon|jug kon|junk kon|jekt tan|jug van|jezi an|jon
"""
"""Beginnings of words in which two letters meet and do not become one: nadživeti, injekcija."""

_TWO_LETTERS = re.compile(
    "|".join(rf"\b{before}(?={after})" for before, after in (seam.split("|") for seam in _SEAMS.split())),
    re.IGNORECASE,
)


_LOOK_ALIKE = dict(zip("ABCEHJKMOPTXaceijopxy", "АВСЕНЈКМОРТХасеіјорху", strict=True))
_AS_CYRILLIC = str.maketrans(_LOOK_ALIKE)
_AS_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _LOOK_ALIKE.items()})
_MIXED = re.compile(
    r"[^\W\d_]*(?:[^\W\d_\u0400-\u04ff][\u0400-\u04ff]|[\u0400-\u04ff][^\W\d_\u0400-\u04ff])[^\W\d_]*"
)


def to_latin(text: str) -> str:
    """Write in Serbian Latin; what is not Serbian Cyrillic stays as it is.

    A Cyrillic Љ, Њ or Џ becomes two capitals only inside a word in capitals.

    >>> to_latin("Љиљана Његош"), to_latin("ЂУРЂЕВДАНСКА 5А"), to_latin("ЊЕГОШ")
    ('Ljiljana Njegoš', 'ĐURĐEVDANSKA 5A', 'NJEGOŠ')
    """
    if text.isascii():
        return text
    if _DIGRAPH_IN_CYRILLIC.search(text):
        text = _DIGRAPH_IN_CYRILLIC.sub(_latin_digraph, text)
    return text.translate(_TO_LATIN)


def _latin_digraph(match: re.Match[str]) -> str:
    latin = match[0].translate(_TO_LATIN)
    after = match.string[match.end() : match.end() + 1]
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    in_capitals = after.isupper() or (not after.isalpha() and before.isupper())
    return latin.upper() if in_capitals else latin


def to_cyrillic(text: str) -> str:
    """Write in Serbian Cyrillic.

    Left in Latin is what has one form in both scripts (``app.domain.one_form``).
    ``dj`` stays дј, for nobody can know that a đ was meant.

    >>> to_cyrillic("Ljiljana Njegoš, injekcija, Tanjug"), to_cyrillic("Petar I, sprat 12a/III/15")
    ('Љиљана Његош, инјекција, Танјуг', 'Петар I, спрат 12а/III/15')
    """
    text = unmixed(unicodedata.normalize("NFC", text).translate(_COMPATIBILITY))
    pieces, at = [], 0
    for start, end in kept_in_latin(text):
        pieces += [_cyrillic(text[at:start]), text[start:end]]
        at = end
    pieces.append(_cyrillic(text[at:]))
    return "".join(pieces)


@lru_cache(maxsize=20_000)
def _cyrillic(piece: str) -> str:
    apart = _TWO_LETTERS.sub(lambda match: match[0].translate(_TO_CYRILLIC), piece)
    return _DIGRAPH.sub(lambda match: _DIGRAPHS[match[0]], apart).translate(_TO_CYRILLIC)


def unmixed(text: str) -> str:
    """Write every word in one script: letters of the other are read by their looks, or else by their sound.

    >>> unmixed("Nјegoš, Пeтровић, Petrovић")
    'Njegoš, Петровић, Petrović'
    """
    return text if text.isascii() else _MIXED.sub(lambda match: _unmixed(match[0]), text)


def _unmixed(word: str) -> str:
    cyrillic = [letter for letter in word if "\u0400" <= letter <= "\u04ff"]
    latin = [letter for letter in word if letter not in cyrillic]
    only_cyrillic = sum(letter not in _LOOK_ALIKE.values() for letter in cyrillic)
    only_latin = sum(letter not in _LOOK_ALIKE for letter in latin)
    if only_latin and only_cyrillic:
        return _cyrillic(word) if only_cyrillic > only_latin else to_latin(word)
    is_latin = only_latin > only_cyrillic or (not only_cyrillic and len(latin) >= len(cyrillic))
    return word.translate(_AS_LATIN if is_latin else _AS_CYRILLIC)


# -- folding ------------------------------------------------------------------------

_SINGLE = "абвгдђежзијклмнопрстћуфхцчш"
FOLD_FROM = _SINGLE + _SINGLE.upper() + "đĐðÐłŁøØı"
FOLD_TO = "abvgddezzijklmnoprstcufhccs" * 2 + "ddddllooi"
"""Letters folded one for one, after decomposition: position by position."""

FOLD_EXPANSIONS = (
    ("љ", "lj"), ("Љ", "lj"), ("њ", "nj"), ("Њ", "nj"), ("џ", "dz"), ("Џ", "dz"),
    ("ß", "ss"), ("æ", "ae"), ("Æ", "ae"), ("œ", "oe"), ("Œ", "oe"),
)  # fmt: skip
"""Letters that fold to two."""

FOLDED = str.maketrans(
    dict(zip(FOLD_FROM, FOLD_TO, strict=True))
    | dict(FOLD_EXPANSIONS)
    | {chr(mark): None for mark in range(0x300, 0x370)}
)
"""The three tables above as one, for str.translate."""

_SOFT_D = re.compile("dj+")
_OTHER = re.compile("[^a-z0-9]+")


def fold(text: str) -> str:
    """Return the search key: ASCII letters, digits and single spaces, trimmed.

    In this order: compatibility decomposition (NFKD), accents deleted, Cyrillic
    and đ replaced by ASCII, ASCII lower case, ``dj`` to ``d``, everything else to
    one space.  Folding what is folded changes nothing.

    >>> fold("Ђорђевић"), fold("Đorđević"), fold("Djordjevic")
    ('dordevic', 'dordevic', 'dordevic')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(FOLDED)
    return _OTHER.sub(" ", _SOFT_D.sub("d", text.lower())).strip()


# -- sorting ------------------------------------------------------------------------

_ALPHABET = _LETTER.findall("abcčćddžđefghijklljmnnjopqrsštuvwxyzž")
_PLACE = dict(zip(_ALPHABET, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh", strict=True))
_SORTED = re.compile("dž|lj|nj|[a-zčćđšž0-9 ]")


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> str:
    """Return an ASCII key whose byte order is the Serbian order of words.

    Cyrillic sorts beside its Latin twin, a foreign letter as the ones it is folded
    to, and Ð (U+00D0) as the Đ that was meant; digits come before letters; signs
    are passed over.  Compare with COLLATE "C".

    >>> sorted(["Njegoš", "Novi", "Šabac", "Čačak", "Ćuprija", "Cetinje"], key=sort_key)
    ['Cetinje', 'Čačak', 'Ćuprija', 'Novi', 'Njegoš', 'Šabac']
    """
    letters = to_latin(unicodedata.normalize("NFC", text).translate(_COMPATIBILITY)).lower()
    if not letters.isascii():
        letters = "".join(letter if letter in "čćđšž" else _sorted_as(letter) for letter in letters)
    return "".join(_PLACE.get(found, found) for found in _SORTED.findall(" ".join(letters.split())))


def _sorted_as(letter: str) -> str:
    return "đ" if letter == "ð" else unicodedata.normalize("NFKD", letter).translate(FOLDED)
