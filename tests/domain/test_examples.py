"""The examples in the domain's docstrings are promises too."""

import doctest
import importlib
import pkgutil

import pytest

import app.domain

MODULES = [module.name for module in pkgutil.walk_packages(app.domain.__path__, "app.domain.")]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_shows_is_what_happens(name):
    outcome = doctest.testmod(importlib.import_module(name))

    assert outcome.failed == 0


def test_the_modules_of_check_digits_show_examples():
    names = ("payment_reference", "bank_account", "personal_numbers.jmbg", "personal_numbers.pib")

    for name in (*names, "personal_numbers.company_number"):
        assert doctest.testmod(importlib.import_module(f"app.domain.{name}")).attempted > 0
