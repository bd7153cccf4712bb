"""How a person has arranged the columns of a table: order, widths, and what is hidden."""

from typing import Any

from PySide6.QtWidgets import QHeaderView

from ui.kit.preferences import Preferences, pixels
from ui.kit.table.model import Column, TableModel


class Arrangement:
    """Reads a header's columns, keeps them for the person, and brings them back."""

    def __init__(self, header: QHeaderView, model: TableModel, preferences: Preferences, key: str) -> None:
        self._header = header
        self._model = model
        self._preferences = preferences
        self._key = key

    def seen(self) -> list[Column[Any]]:
        """Return the columns that are shown, in the order in which they are seen."""
        return [
            self._model.column(place) for place in self._places() if not self._header.isSectionHidden(place)
        ]

    def first(self) -> int:
        """Return the place in the model of the column that stands first, or -1."""
        return next((place for place in self._places() if not self._header.isSectionHidden(place)), -1)

    def keep(self) -> None:
        """Keep order, widths and hidden columns for this person."""
        kept = []
        for place in self._places():
            column = self._model.column(place)
            hidden = self._header.isSectionHidden(place)
            width = column.width if hidden else self._header.sectionSize(place)
            kept.append({"name": column.name, "width": width, "hidden": hidden})
        self._preferences.set(self._key, kept)

    def forget(self) -> None:
        """Keep nothing."""
        self._preferences.set(self._key, None)

    def restore(self) -> None:
        """Arrange the columns as this person left them, new columns last."""
        kept = self._preferences.get(self._key)
        wanted: dict[str, dict[str, Any]] = {}
        for item in kept if isinstance(kept, list) else ():
            if isinstance(item, dict) and isinstance(item.get("name"), str):
                wanted[item["name"]] = item
        columns = {column.name for column in self._model.columns}
        names = [name for name in wanted if name in columns]
        names += [column.name for column in self._model.columns if column.name not in wanted]
        for target, name in enumerate(names):
            place = self._model.place_of(name)
            column = self._model.column(place)
            item = wanted.get(name, {})
            self._header.moveSection(self._header.visualIndex(place), target)
            self._header.setSectionHidden(place, item.get("hidden", column.hidden) is True)
            if not self._header.isSectionHidden(place):
                self._header.resizeSection(place, pixels(item.get("width"), otherwise=column.width))

    def _places(self) -> list[int]:
        return [self._header.logicalIndex(seen) for seen in range(self._header.count())]
