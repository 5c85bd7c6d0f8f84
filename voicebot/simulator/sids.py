"""The names that the carrier gives to things: two letters for the kind, and 32 hexadecimal digits."""

import secrets
from typing import Literal

Kind = Literal["AC", "CA", "MZ", "RE", "PN", "SM"]


def new_sid(kind: Kind) -> str:
    """A new name: `AC` account, `CA` call, `MZ` media stream, `RE` recording, `PN` telephone number."""
    return kind + secrets.token_hex(16)
