"""Letters that came wrong: scripts mixed within a word, and one code page read as another.

Serbian typed before Unicode stands in code page 1250; read as 1252, or by programs
that know only Western Europe, č becomes è, ć becomes æ and đ becomes ð: Milovanoviæ.
Š and ž are the same in both, and so come through.
"""

import re

from app.domain.script import unmixed

_MISREAD = str.maketrans("èÈæÆðÐ", "čČćĆđĐ")
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_SERBIAN = frozenset("šŠžŽčČćĆđĐèÈæÆðÐ")
_TELLS = re.compile(
    r"[aeiou]æ(?!\w)|(?i:æ[aeiou])|[ðèÈ]\w*æ|æ\w*[ðèÈ]|Ð|(?<=\w)ð(?=\w)"
    r"|(?<!\w)È(?=[a-z]\w)|(?i:[aeiou]è[aeiou])"
)
"""What no language that has these letters writes, or hardly any."""


def repaired(text: str) -> str:
    """Return a name or a line with every word in one script, and the letters that were meant.

    >>> repaired("Nјegoš Milovanoviæ-Ðoriæ, Molière, Kjær")
    'Njegoš Milovanović-Đorić, Molière, Kjær'
    """
    return text if text.isascii() else _WORD.sub(lambda word: _word(word[0]), unmixed(text))


def _word(word: str) -> str:
    foreign = {letter for letter in word if not letter.isascii()}
    is_misread = foreign <= _SERBIAN and _TELLS.search(word) is not None
    return word.translate(_MISREAD) if is_misread else word


def decoded(content: bytes, *, charset: str) -> str:
    """Return the text of bytes that say they are in ``charset``, whatever they are in truth.

    What says UTF-8, or nothing, and is not, was written in code page 1250; so was what
    says it is of Western Europe and then has none of its letters but those that č, ć
    and đ become.
    """
    claimed = charset.lower().replace("_", "-")
    if claimed in _WESTERN:
        text = content.decode("cp1252", "replace")
        accented = {sign for sign in text if ord(sign) >= _FIRST_LETTER and sign.isalpha()}
        is_serbian = bool(accented) and accented <= _SERBIAN
        return content.decode("cp1250", "replace") if is_serbian else text
    if claimed in _UNSAID:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            # cut off within a letter, or damaged in one place: it is UTF-8 all the same
            is_cut = error.start >= len(content) - 3 and error.start > 0
            text = content.decode("utf-8", "replace")
            return text if is_cut or not _is_better(content, text) else content.decode("cp1250", "replace")
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return decoded(content, charset="utf-8")


_UNSAID = frozenset(
    {"", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "8bit", "x-unknown", "default"}
)
_WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "iso-8859-15"})
_FIRST_LETTER = 0xC0


def _is_better(content: bytes, text: str) -> bool:
    """Tell whether bytes are less damaged in code page 1250 than they were as UTF-8."""
    letters = sum(1 for sign in content.decode("cp1250", "replace") if sign in "čćđšžČĆĐŠŽ")
    sound = sum(1 for sign in text if sign in "čćđšžČĆĐŠŽ" or "\u0400" <= sign <= "\u04ff")
    return letters > sound
