"""The code lists every installation needs: places, providers, services, prices, rates, settings, programmes.

They are loaded once and belong to the people from then on: loading again adds
what a newer program brought and leaves alone whatever is there.
"""

from db.codebook.loading import load

__all__ = ["load"]
