"""What has one form in both scripts of Serbian: read as Latin wherever it stands, on the screen and on paper.

Roman numerals, addresses of the net, names in foreign spelling, units, the numbers of
documents and the signs of courts are looked for as they were given; in Cyrillic
letters nobody would find them, and half of them would have no letter to be written in.
"""

import re
from collections.abc import Iterator

_NET = re.compile(
    r"""(?x)
    \S* (?: @ | :// | \b www\. ) \S*
    | (?<! [\w.-] ) (?: [A-Za-z0-9] [A-Za-z0-9-]* \. )+
      (?i: rs | com | net | org | info | biz | edu | gov | eu | example | hr | mk | de | it | uk ) (?! \w )
      (?: [/:?] \S* )?
    """
)
_MARK = re.compile(
    r"""(?x)
    (?<! \w )
    (?: m[²³23] | kWh | MWh | GWh | kW | MW | GJ | MJ | kg | km | cm | mm
      | RSD | EUR | NBS | IPS | QR | PDF | XLSX | CSV | PNG | JPEG | TIFF | HEIC | SMS | UTF-8
      | (?: RP | UOP | OPU ) - \S* \d [\w/-]*      # contracts
      | [A-Z]{1,6} - \d{4,} (?: [/-] \d+ )*          # requests, notices, programs
      | [A-Z]{2,} \d{3,} [A-Z\d]*                    # meters, accounts abroad
      | (?: I\.? \s? )? I[vi]k? (?= [\s.-]* \d )       # what courts write before a number
    | I\.I (?: vk? | (?= \s? \d ) )
    )
    (?! \w )
    """
)
_FOREIGN = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_AT_HOME = re.compile(r"[A-PR-VZa-pr-vzČĆĐÐŠŽčćđðšž\u0400-\u04ff'\u2019-]+")
"""A word, or several with hyphens between them, that Cyrillic has every letter for."""

_LARGE = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3}|XL(?:IX|IV|V?I{0,3}))"
_ROMAN = re.compile(
    rf"""(?x)
    (?<! \w ) (?= [IVXL]{{2}} ) {_LARGE} (?= [a-zčćđšž]? (?! \w ) )
    | (?<= [/\d] [/-] ) [IVX] (?! \w ) | (?<= / ) [IVX] (?! \w )     # a floor: 12a/I/15
    | (?<! \w ) [IVX] (?= \s? [/\u2013-] \s? \d )
    """
)
_ONE_LETTER = re.compile(r"(?<![\w.])[IV](?!\w)")
_WORD_BEFORE = re.compile(r"(?:^|(?<=\W))(\w+)(\.?)[ \u00a0]\Z")
_WORD_AFTER = re.compile(r"[ \u00a0][^\W\d_]")
_CAPITALS_AFTER = re.compile(r"[ \u00a0][A-ZČĆĐŠŽ]{2}")
_INITIAL = re.compile(r"\.(?:[ \u00a0]?[A-ZČĆĐŠŽ])")
_COUNTED = re.compile(
    r"[ \u00a0](?:sprat|spratu|deo|dela|delu|rata|rate|ratu|red|razred|grupa|grupe|zona|zone|stepen|kvartal"
    r"|faza|faze|ulaz|lamela|lamele|kategorija|kategorije|polugodište)\b"
)
_RULER = re.compile(r"(?:^|\W)(?:KRALJ|CAR|KNEZ|PAP)[AE]?[ \u00a0]\w+[ \u00a0]\Z")


def kept_in_latin(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that stay in Latin when it is written in Cyrillic: in order, and apart.

    >>> [("Petar I, VIII-04"[start:end]) for start, end in kept_in_latin("Petar I, VIII-04")]
    ['I', 'VIII']
    """
    spans: list[tuple[int, int]] = []
    for start, end in sorted(_found(text), key=lambda span: (span[0], -span[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _found(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_NET, _MARK, _ROMAN):
        yield from (found.span() for found in pattern.finditer(text) if found[0])
    for word in _FOREIGN.finditer(text):
        if not _AT_HOME.fullmatch(word[0]):
            yield word.span()
    for letter in _ONE_LETTER.finditer(text):
        if _counts(text, letter):
            yield letter.span()


def _counts(text: str, letter: re.Match[str]) -> bool:
    """Tell a numeral from the conjunction in a heading, and from an initial."""
    before, after = text[: letter.start()], text[letter.end() :]
    if _INITIAL.match(after):
        return False
    if _COUNTED.match(after):
        return True
    word = _WORD_BEFORE.search(before)
    if word is None or word[1].isdigit() or (word[2] and _WORD_AFTER.match(after)):
        return False
    if word[1].isupper() and len(word[1]) > 1:  # a heading: ANA I MARKO, but KRALJA PETRA I 5
        return not _CAPITALS_AFTER.match(after) or _RULER.search(before) is not None
    return word[1][-1].islower()
