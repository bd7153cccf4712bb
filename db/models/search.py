"""What a search reads: one narrow row per account, free of secrets and of row policies.

``name`` and ``address`` are shown; the ``*_fold`` columns and ``words`` are what is
compared (``fold(text)``), and ``search_terms(words)`` is what is looked up.  Triggers
keep it in step with holders and premises.
"""

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class AccountSearch(Base):
    """The findable part of an account; physically in name order."""

    __tablename__ = "account_search"
    __table_args__ = (
        Index("ix_account_search_name", "name_fold", "ident"),
        Index("ix_account_search_address", "address_fold", "ident"),
        Index(
            "ix_account_search_terms",
            text("search_terms(words)"),
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ),
        Index(
            "ix_account_search_sample",
            text("search_terms(words)"),
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
            postgresql_where=text("ident % 7 = 0"),
        ),
        Index(
            "ix_account_search_trigrams",
            "words",
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
            postgresql_with={"fastupdate": "off"},
        ),
        Index("ix_account_search_ident_text", text("(lpad(ident::text, 7, '0')) COLLATE \"C\"")),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    address: Mapped[str]
    name_fold: Mapped[str] = mapped_column(Text(collation="C"))
    address_fold: Mapped[str] = mapped_column(Text(collation="C"))
    words: Mapped[str] = mapped_column(Text(collation="C"))
    is_closed: Mapped[bool]


class SearchWord(Base):
    """A word that occurs in names or addresses and how often: where typing errors are mended."""

    __tablename__ = "search_word"
    __table_args__ = (
        Index(
            "ix_search_word_trigrams",
            "word",
            postgresql_using="gin",
            postgresql_ops={"word": "gin_trgm_ops"},
        ),
    )

    word: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    frequency: Mapped[int]
