"""What a database is made of: the schema (``ours``), and what is beside it (``beside``), to be compared."""

from db.catalogue.snapshot import Thing, reference, snapshot

__all__ = ["Thing", "reference", "snapshot"]
