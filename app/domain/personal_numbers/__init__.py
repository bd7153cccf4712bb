"""Numbers by which the state knows a person or a firm.

``jmbg`` for citizens, ``pib`` for taxpayers, ``company_number`` for registered
firms.  Each offers ``compact``, ``validate`` and ``make``; the algorithm of the
company number was never published, so there a bad check digit only warns.
"""

from app.domain.personal_numbers import company_number, jmbg, pib

__all__ = ["company_number", "jmbg", "pib"]
