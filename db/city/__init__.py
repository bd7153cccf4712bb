"""The demo city: a whole register that nobody lives in, the same for the same seed."""

from db.city.seeding import CityImpossible, CityThere, Progress, Report, seed, small

__all__ = ["CityImpossible", "CityThere", "Progress", "Report", "seed", "small"]
