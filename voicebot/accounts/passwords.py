"""Passwords: which are good enough, and how they are kept.

Kept as Argon2id hashes with the second choice of OWASP's Password Storage Cheat Sheet (19 MiB, two passes, one lane):
a sign-in must not take the processor from the calls.
"""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from voicebot.errors import AccountError

SHORTEST, LONGEST = 12, 128
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _HASHER.hash("nobody has this password")
_POOR = ("password", "パスワード", "voicebot", "administrator", "qwerty", "123456", "asdfgh")


def check(password: str, *names: str) -> None:
    """Refuse a password that is easily guessed (NIST SP 800-63B: length, not signs; nothing that is about the person).

    Raises:
        AccountError: it is too short, too long, too plain, or holds one of the names.
    """
    plain = _normal(password).casefold()
    if len(plain) < SHORTEST:
        raise AccountError("account.password_short", f"Choose a password of at least {SHORTEST} characters.")
    if len(plain) > LONGEST:
        raise AccountError("account.password_long", f"Choose a password of at most {LONGEST} characters.")
    left = plain
    for word in (*_POOR, *(_normal(name).casefold() for name in names if len(name) > 2)):
        left = left.replace(word, "")
    if len(left) < SHORTEST // 2 or len(set(plain)) < 5:
        raise AccountError("account.password_plain", "Choose another password: this one is easily guessed.")


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long for an account that does not exist (`None`)."""
    try:
        _HASHER.verify(kept or _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters and should be made anew at the next chance."""
    return _HASHER.check_needs_rehash(kept)


def _normal(password: str) -> str:
    """One form for one text: keyboards and systems write the same sign differently (NFKC, as SP 800-63B says)."""
    return unicodedata.normalize("NFKC", password)
