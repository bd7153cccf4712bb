"""Visits: for what purpose and by which way an account is opened."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why an account is opened; kept in the read log."""

    SERVICE = "service"
    CALL = "call"
    CASE = "case"
    CHECK = "check"


class Channel(StrEnum):
    """By which way the customer came."""

    COUNTER = "counter"
    PHONE = "phone"
    MAIL = "mail"
    PORTAL = "portal"
