"""Light and dark: one palette and one style sheet for the whole program.

The theme follows the system until somebody sets it.  Whoever paints by hand asks
``current_tokens()`` while painting, never earlier, and is repainted when the
theme changes.
"""

from importlib.resources import as_file, files

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.kit.style import style_sheet
from ui.kit.tokens import DARK, FONT_FAMILY, FONT_PIXELS, LIGHT, THEMES, Density, Tokens

SYSTEM = "system"
_FONTS = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSans-Bold.ttf")
_NAME = "salter_theme"
_DENSITY = "salter_density"


def current_tokens() -> Tokens:
    """Return the colors in force."""
    app = QApplication.instance()
    name = app.property(_NAME) if app is not None else None
    return THEMES.get(name, LIGHT) if isinstance(name, str) else LIGHT


def current_density() -> Density:
    """Return how much room rows and inputs take."""
    app = QApplication.instance()
    value = app.property(_DENSITY) if app is not None else None
    return Density(value) if isinstance(value, str) else Density.COMFORTABLE


def apply_theme(app: QApplication, name: str, *, density: Density = Density.COMFORTABLE) -> "Theme":
    """Dress the program: ``name`` is light, dark or system.  Calling it again changes the dress."""
    theme = app.findChild(Theme)
    if theme is None:
        theme = Theme(app)
    theme.set(name, density=density)
    return theme


class Theme(QObject):
    """Keeps the program's dress, and follows the system's light and dark when asked to."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = SYSTEM
        self._density = Density.COMFORTABLE
        self._sheet = ""
        self.setObjectName("theme")
        load_fonts()
        with as_file(files(resources).joinpath("style")) as folder:
            QDir.setSearchPaths("marks", [str(folder)])
        app.setStyle("Fusion")
        app.setFont(text_font())
        app.styleHints().colorSchemeChanged.connect(self.follow_system)

    @property
    def choice(self) -> str:
        """What was chosen: light, dark or system."""
        return self._choice

    @property
    def density(self) -> Density:
        return self._density

    def set(self, name: str, *, density: Density) -> None:
        """Choose light, dark or system, and the density."""
        if name not in (*THEMES, SYSTEM):
            raise ValueError(name)
        self._choice = name
        self._density = density
        self._dress()

    def follow_system(self) -> None:
        """Change with the system, unless a theme was chosen."""
        if self._choice == SYSTEM:
            self._dress()

    def _dress(self) -> None:
        tokens = THEMES.get(self._choice) or self._of_system()
        sheet = style_sheet(tokens, density=self._density)
        if sheet == self._sheet:
            return
        self._sheet = sheet
        self._app.setProperty(_NAME, tokens.name)
        self._app.setProperty(_DENSITY, str(self._density))
        self._app.setPalette(palette(tokens))
        # Qt dresses a widget once for every widget around it when one sheet replaces another: ten times
        # the work.  Taken off and put on, each is dressed twice.
        self._app.setStyleSheet("")
        self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _of_system(self) -> Tokens:
        return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def load_fonts() -> None:
    """Make the carried fonts known to Qt; a second call changes nothing."""
    if FONT_FAMILY in QFontDatabase.families():
        return
    for name in _FONTS:
        QFontDatabase.addApplicationFontFromData(resources.read_bytes(f"fonts/{name}"))


def text_font(*, pixels: int = FONT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's type in a size and weight, for those who paint by hand."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def palette(tokens: Tokens) -> QPalette:
    """Return the palette for what the style sheet leaves to Fusion."""
    made = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.window,
        role.ToolTipBase: tokens.tooltip,
        role.ToolTipText: tokens.tooltip_text,
        role.PlaceholderText: tokens.text_muted,
        role.Text: tokens.text,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.accent_text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent_ink,
        role.LinkVisited: tokens.accent_ink,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.border,
        role.Dark: tokens.border_strong,
        role.Shadow: tokens.border_strong,
    }
    for which, color in colors.items():
        made.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.text_disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.selected_idle))
    return made
