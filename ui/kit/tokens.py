"""The colors and measures of the desk, in a light and a dark set.

Nothing else in the program names a color.  A tone is what a state means to the
clerk; its word is always written beside it, never color alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from ui.words.tones import Tone

GRID = 4
"""All distances are whole multiples of this many pixels."""

FONT_FAMILY = "Salter Sans"
FONT_PIXELS = 13


class Density(StrEnum):
    """How much room a row takes."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"

    @property
    def row_height(self) -> int:
        return 28 if self is Density.COMFORTABLE else 24

    @property
    def control_height(self) -> int:
        return 30 if self is Density.COMFORTABLE else 26


@dataclass(frozen=True, slots=True)
class ToneColors:
    """A tone's soft ground, the words upon it, and the dot beside a word on plain ground."""

    ground: str
    ink: str
    dot: str
    border: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One complete set of colors."""

    name: str
    window: str
    surface: str
    raised: str
    sunken: str
    border: str
    border_strong: str
    text: str
    text_soft: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    accent_ink: str
    focus: str
    hover: str
    pressed: str
    selected: str
    selected_idle: str
    selected_text: str
    mark: str
    mark_text: str
    negative: str
    positive: str
    danger: str
    danger_hover: str
    danger_text: str
    tooltip: str
    tooltip_text: str
    tones: dict[Tone, ToneColors]

    def tone(self, tone: Tone | str) -> ToneColors:
        return self.tones[Tone(tone)]


LIGHT = Tokens(
    name="light",
    window="#f6f7f9",
    surface="#ffffff",
    raised="#ffffff",
    sunken="#eef0f3",
    border="#e2e5ea",
    border_strong="#c6cbd4",
    text="#1a1d23",
    text_soft="#474d59",
    text_muted="#616876",
    text_disabled="#9aa1ad",
    accent="#2f5bd7",
    accent_hover="#264ebf",
    accent_pressed="#1f41a3",
    accent_text="#ffffff",
    accent_ink="#244cb9",
    focus="#2f5bd7",
    hover="#eff1f5",
    pressed="#e5e8ee",
    selected="#dfe8fc",
    selected_idle="#e9ecf2",
    selected_text="#14224a",
    mark="#ffe69a",
    mark_text="#2b2200",
    negative="#b3202a",
    positive="#17663a",
    danger="#c22a33",
    danger_hover="#a8222a",
    danger_text="#ffffff",
    tooltip="#262a33",
    tooltip_text="#f4f5f7",
    tones={
        Tone.NEUTRAL: ToneColors("#eceef2", "#474d59", "#8a92a0", "#d9dde4"),
        Tone.GOOD: ToneColors("#e1f3e8", "#145c34", "#2c9a5b", "#bfe3cd"),
        Tone.WARN: ToneColors("#fdf1d8", "#754a00", "#d98a00", "#f2d9a4"),
        Tone.BAD: ToneColors("#fde8e8", "#9c1f28", "#d7373f", "#f4c4c6"),
        Tone.INFO: ToneColors("#e5eefd", "#1d4aa3", "#2f74d7", "#c3d6f8"),
        Tone.PLAN: ToneColors("#efe9fc", "#54309e", "#7d57d1", "#d8cbf5"),
    },
)

DARK = Tokens(
    name="dark",
    window="#15171b",
    surface="#1c1f24",
    raised="#252930",
    sunken="#111317",
    border="#2c3038",
    border_strong="#464c58",
    text="#e8eaee",
    text_soft="#bcc1cb",
    text_muted="#9aa1ae",
    text_disabled="#666d79",
    accent="#3c66dd",
    accent_hover="#436ce1",
    accent_pressed="#335ac8",
    accent_text="#ffffff",
    accent_ink="#93b1fc",
    focus="#7ea1fb",
    hover="#262a31",
    pressed="#2e333c",
    selected="#263a68",
    selected_idle="#2b3039",
    selected_text="#eef2fd",
    mark="#6b5410",
    mark_text="#fff3cd",
    negative="#ff9a9a",
    positive="#7fd6a2",
    danger="#c2363f",
    danger_hover="#cd454e",
    danger_text="#ffffff",
    tooltip="#e8eaee",
    tooltip_text="#1a1d23",
    tones={
        Tone.NEUTRAL: ToneColors("#2b3038", "#c4c9d3", "#8a92a0", "#3a404a"),
        Tone.GOOD: ToneColors("#17362a", "#8fdfb0", "#3fb877", "#235540"),
        Tone.WARN: ToneColors("#3d2f12", "#f4c973", "#e0a030", "#5c4719"),
        Tone.BAD: ToneColors("#45201f", "#ffb0b0", "#f0636a", "#6b3232"),
        Tone.INFO: ToneColors("#1d2f52", "#a9c5fd", "#5b93ee", "#2c4578"),
        Tone.PLAN: ToneColors("#30264d", "#cbb8fb", "#9a7bea", "#483a72"),
    },
)

THEMES: dict[str, Tokens] = {LIGHT.name: LIGHT, DARK.name: DARK}


def text_pairs(tokens: Tokens) -> list[tuple[str, str, str]]:
    """Every pair of ink and ground that words are written in: (what, ink, ground)."""
    grounds = ("window", "surface", "raised", "sunken", "hover", "pressed")
    inks = ("text", "text_soft", "text_muted", "accent_ink", "negative", "positive")
    pairs = [(f"{ink} on {g}", getattr(tokens, ink), getattr(tokens, g)) for g in grounds for ink in inks]
    for ground in ("selected", "selected_idle"):
        pairs += [
            (f"{ink} on {ground}", getattr(tokens, ink), getattr(tokens, ground))
            for ink in ("text", "selected_text", "text_soft", "accent_ink", "negative")
        ]
    for ground in ("accent", "accent_hover", "accent_pressed"):
        pairs.append((f"accent_text on {ground}", tokens.accent_text, getattr(tokens, ground)))
    for ground in ("danger", "danger_hover"):
        pairs.append((f"danger_text on {ground}", tokens.danger_text, getattr(tokens, ground)))
    pairs.append(("mark_text on mark", tokens.mark_text, tokens.mark))
    pairs.append(("tooltip", tokens.tooltip_text, tokens.tooltip))
    for tone, colors in tokens.tones.items():
        pairs.append((f"{tone} badge", colors.ink, colors.ground))
        pairs += [
            (f"{tone} words on {g}", colors.ink, getattr(tokens, g)) for g in ("window", "surface", "hover")
        ]
        pairs.append((f"text on {tone}", tokens.text, colors.ground))
    return pairs
