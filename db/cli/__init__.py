"""``salter-db``: setting up a central database, keeping it, and proving that it is sound.

``command_line`` is where it begins; the commands are in ``setting_up``, ``proving``,
``sealing``, ``tending``, ``programmes`` and ``staff``, each beside what is read of it on the line;
``target`` is the database they work on, and ``sentences`` what is said when something
goes wrong.
"""

from db.cli.command_line import main
from db.cli.target import URL_VARIABLE

__all__ = ["URL_VARIABLE", "main"]
