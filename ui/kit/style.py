"""The one style sheet, written from the tokens over Qt's Fusion style.

A style sheet can draw an arrow or a check mark only from a file, so those few
marks are kept in ``resources/style`` in the colors of each theme; writing this
module out (``python -m ui.kit.style``) makes them anew from the tokens.
"""

from pathlib import Path
from string import Template

import resources
from ui.kit.tokens import FONT_FAMILY, FONT_PIXELS, THEMES, Density, Tokens

_STROKE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="{color}" '
    'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"><path d="{path}"/></svg>\n'
)
_SHAPES = {
    "chevron-down": (1.5, "M4 6.5l4 4l4-4"),
    "chevron-up": (1.5, "M4 9.5l4-4l4 4"),
    "chevron-left": (1.5, "M9.5 4l-4 4l4 4"),
    "chevron-right": (1.5, "M6.5 4l4 4l-4 4"),
    "sort-up": (1.75, "M8 12.5v-9M4.5 7L8 3.5L11.5 7"),
    "sort-down": (1.75, "M8 3.5v9M4.5 9L8 12.5L11.5 9"),
    "check": (2.25, "M3.5 8.5l3 3l6-6.5"),
    "dash": (2.25, "M4 8h8"),
    "close": (1.5, "M4.5 4.5l7 7M11.5 4.5l-7 7"),
}
_DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<circle cx="8" cy="8" r="3" fill="{color}"/></svg>\n'
)


def marks(tokens: Tokens) -> dict[str, str]:
    """Return the SVG text of every mark the style sheet names, by file name."""
    drawn: dict[str, str] = {}
    for name, (width, path) in _SHAPES.items():
        inks = {"": tokens.text_muted, "-off": tokens.text_disabled}
        if name in ("check", "dash"):
            inks = {"": tokens.accent_text, "-off": tokens.text_disabled, "-plain": tokens.text_soft}
        if name == "close":
            inks["-hover"] = tokens.text
        for suffix, color in inks.items():
            drawn[f"{name}{suffix}.svg"] = _STROKE.format(color=color, width=width, path=path)
    drawn["dot.svg"] = _DOT.format(color=tokens.accent_text)
    drawn["dot-off.svg"] = _DOT.format(color=tokens.text_disabled)
    return drawn


def style_sheet(tokens: Tokens, *, density: Density) -> str:
    """Return the whole style sheet for one theme and density."""
    values = {
        name: getattr(tokens, name) for name in Tokens.__slots__ if isinstance(getattr(tokens, name), str)
    }
    for tone, colors in tokens.tones.items():
        values |= {
            f"{tone}_ground": colors.ground,
            f"{tone}_ink": colors.ink,
            f"{tone}_dot": colors.dot,
            f"{tone}_border": colors.border,
        }
    inner = density.control_height - 2
    values |= {
        "marks": f"marks:{tokens.name}",
        "family": FONT_FAMILY,
        "size": f"{FONT_PIXELS}px",
        "small": f"{FONT_PIXELS - 1}px",
        "control": f"{inner}px",
        "control_focus": f"{inner - 2}px",
        "row": f"{density.row_height}px",
    }
    return Template(resources.read_text("style/salter.qss")).substitute(values)


def write_marks(folder: Path) -> None:
    """Write every theme's marks below ``folder``, one folder a theme."""
    for tokens in THEMES.values():
        target = folder / tokens.name
        target.mkdir(parents=True, exist_ok=True)
        for name, svg in marks(tokens).items():
            (target / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    write_marks(Path(__file__).parents[2] / "resources" / "style")
