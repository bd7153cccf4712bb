"""Telephones and e-mail addresses in the one form search compares."""

import pytest

from app.domain.contacts import NotAnEmail, NotAPhone, normalize_email, normalize_phone


@pytest.mark.parametrize(
    ("typed", "national"),
    [
        ("064/123-45-67", "0641234567"),
        ("+381 64 123 45 67", "0641234567"),
        ("+381 (0)64 1234567", "0641234567"),
        ("00381641234567", "0641234567"),
        ("381641234567", "0641234567"),
        ("641234567", "0641234567"),
        ("011/3954-420", "0113954420"),
        ("011 395 44 20", "0113954420"),
        ("+49 30 1234567", "0049301234567"),
    ],
)
def test_a_telephone_has_one_form_however_it_was_written(typed, national):
    assert normalize_phone(typed) == national


@pytest.mark.parametrize("typed", ["", "abc", "12345", "064", "064123456789012", "+", "٠٦٤١٢٣٤٥٦٧"])
def test_what_is_no_telephone_is_refused(typed):
    with pytest.raises(NotAPhone):
        normalize_phone(typed)


def test_an_address_is_compared_in_lower_case():
    assert normalize_email(" Ana.Petrovic@Primer.RS ") == "ana.petrovic@primer.rs"
    assert normalize_email("mailto:ana@primer.rs") == "ana@primer.rs"


@pytest.mark.parametrize("typed", ["", "ana", "ana@", "@primer.rs", "ana@primer", "a b@primer.rs", "a@b..rs"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(NotAnEmail):
        normalize_email(typed)
