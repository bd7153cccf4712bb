"""Journeys through the whole program on a real server: no screen, nothing replaced."""

from tests.robots.stage import agent, city_template, clerk, stage, town
from tests.ui.conftest import pytest_configure, qapp

__all__ = ["agent", "city_template", "clerk", "pytest_configure", "qapp", "stage", "town"]
