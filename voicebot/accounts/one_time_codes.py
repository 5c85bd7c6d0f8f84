"""Time-based one-time codes (RFC 6238): six digits that an application on the person's telephone shows."""

from datetime import datetime

import pyotp

SECONDS = 30
"""How long a code holds."""
_DRIFT = 1
"""So many steps the two clocks may differ."""


def new_secret() -> str:
    """160 random bits in base 32."""
    return pyotp.random_base32()


def link(secret: str, name: str, issuer: str) -> str:
    """The `otpauth` address that such applications open."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_of(secret: str, code: str, now: datetime, used: int) -> int | None:
    """The time step that this code belongs to; None when it is wrong, or of a step that has been used already."""
    digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())
    present = int(now.timestamp()) // SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(present - _DRIFT, present + _DRIFT + 1):
        if step > used and pyotp.utils.strings_equal(totp.generate_otp(step), digits):
            return step
    return None
