"""The one way to the database.

``gateway`` asks and acts, ``keys`` sees to it that an action is done once, and
``works`` remembers what went through lately.
"""

from db.gateway.gateway import Gateway
from db.gateway.keys import Acted, Done
from db.gateway.works import Stats, Work, name_of

__all__ = ["Acted", "Done", "Gateway", "Stats", "Work", "name_of"]
