"""Codes by RFC 6238."""

import base64
from datetime import UTC, datetime, timedelta

from voicebot.accounts import one_time_codes

RFC = base64.b32encode(b"12345678901234567890").decode()
"""The secret of the RFC's appendix B; its codes of eight digits end with ours of six."""


def at(seconds: int) -> datetime:
    """At."""
    return datetime.fromtimestamp(seconds, UTC)


def test_the_codes_of_the_rfc_are_right() -> None:
    """The codes of the rfc are right."""
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")):
        assert one_time_codes.step_of(RFC, code, at(seconds), 0) == seconds // 30


def test_spaces_and_full_width_figures_are_understood() -> None:
    """Spaces and full width figures are understood."""
    assert one_time_codes.step_of(RFC, "287 082", at(59), 0) == 1
    assert one_time_codes.step_of(RFC, "２８７０８２", at(59), 0) == 1


def test_a_clock_may_be_half_a_minute_wrong_and_no_more() -> None:
    """A clock may be half a minute wrong and no more."""
    moment = at(1111111109)
    assert one_time_codes.step_of(RFC, "081804", moment + timedelta(seconds=30), 0)
    assert one_time_codes.step_of(RFC, "081804", moment + timedelta(seconds=61), 0) is None
    assert one_time_codes.step_of(RFC, "", moment, 0) is None
    assert one_time_codes.step_of(RFC, "000000", moment, 0) is None


def test_a_code_counts_once() -> None:
    """A code counts once."""
    step = one_time_codes.step_of(RFC, "081804", at(1111111109), 0)
    assert step is not None
    assert one_time_codes.step_of(RFC, "081804", at(1111111109), step) is None


def test_the_link_names_the_service_and_the_person() -> None:
    """The link names the service and the person."""
    secret = one_time_codes.new_secret()
    assert len(secret) == 32
    link = one_time_codes.link(secret, "hanako", "みなと市 voicebot")
    assert link.startswith("otpauth://totp/")
    assert secret in link
    assert "hanako" in link
