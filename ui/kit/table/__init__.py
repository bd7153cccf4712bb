"""The one table of the desk: columns are data, rows arrive in pages, and a person's arrangement stays.

``model`` is what is shown, ``view`` the widget, ``paint`` how a cell looks; ``columns``
and ``header`` keep what a person arranged, and ``order`` sorts what has arrived whole.
"""

from ui.kit.table.model import MARKS_ROLE, PAGE, ROW_ROLE, TONE_ROLE, Align, Column, TableModel
from ui.kit.table.view import SELECT_ALL_LIMIT, Table

__all__ = [
    "MARKS_ROLE",
    "PAGE",
    "ROW_ROLE",
    "SELECT_ALL_LIMIT",
    "TONE_ROLE",
    "Align",
    "Column",
    "Table",
    "TableModel",
]
