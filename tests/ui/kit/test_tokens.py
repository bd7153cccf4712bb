"""The colors of the two themes, as far as a person must be able to read them."""

import re
from dataclasses import fields

import pytest

import resources
from ui.kit.style import marks, style_sheet
from ui.kit.tokens import THEMES, Density, Tokens, text_pairs
from ui.words.tones import Tone

READABLE = 4.5
VISIBLE = 3.0


def luminance(color: str) -> float:
    """Return how light a color is, by the rule of WCAG 2."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_words_stand_out_from_every_ground_they_are_written_on(tokens: Tokens) -> None:
    faint = {
        what: round(contrast(ink, ground), 2)
        for what, ink, ground in text_pairs(tokens)
        if contrast(ink, ground) < READABLE
    }

    assert faint == {}


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_the_focus_ring_and_the_dots_are_seen_on_every_ground(tokens: Tokens) -> None:
    grounds = (tokens.window, tokens.surface, tokens.raised)

    assert min(contrast(tokens.focus, ground) for ground in grounds) >= VISIBLE
    assert min(contrast(tokens.tone(tone).dot, tokens.surface) for tone in Tone) >= 2.5


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_the_marks_on_disk_are_those_that_the_tokens_make(tokens: Tokens) -> None:
    kept = {name: resources.read_text(f"style/{tokens.name}/{name}") for name in marks(tokens)}

    assert kept == marks(tokens)


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_the_style_sheet_names_only_marks_that_exist(tokens: Tokens) -> None:
    sheet = style_sheet(tokens, density=Density.COMPACT)

    named = set(re.findall(rf"url\(marks:{tokens.name}/([^)]+)\)", sheet))

    assert named
    assert named <= set(marks(tokens))


def test_the_style_sheet_names_no_color_of_its_own() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;\s])", resources.read_text("style/salter.qss")) == []


def test_both_themes_color_every_tone() -> None:
    assert {field.name for field in fields(Tokens)} == set(Tokens.__slots__)
    assert all(set(tokens.tones) == set(Tone) for tokens in THEMES.values())
