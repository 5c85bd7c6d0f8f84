"""Which passwords are accepted, and what is kept of them."""

import pytest

from voicebot.accounts import passwords
from voicebot.errors import AccountError


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "account.password_short"),
        ("x" * 129, "account.password_long"),
        ("aaaaaaaaaaaaaaaa", "account.password_plain"),
        ("password12345", "account.password_plain"),
        ("Hanako-Hanako-1", "account.password_plain"),
    ],
)
def test_what_is_easily_guessed_is_refused(password: str, code: str) -> None:
    """What is easily guessed is refused."""
    with pytest.raises(AccountError) as told:
        passwords.check(password, "hanako")
    assert told.value.code == code
    assert password not in told.value.message


def test_a_long_sentence_is_accepted_in_any_script() -> None:
    """A long sentence is accepted in any script."""
    for good in ("correct horse battery", "みなと市の電話は今日も元気です"):
        passwords.check(good, "hanako")


def test_a_hash_is_argon2id_and_fits_its_password_only() -> None:
    """A hash is argon2id and fits its password only."""
    kept = passwords.hashed("みなと市の電話は今日も元気です")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(kept, "みなと市の電話は今日も元気です")
    assert not passwords.matches(kept, "みなと市の電話は今日も元気で")
    assert not passwords.matches(None, "みなと市の電話は今日も元気です")
    assert not passwords.matches("damaged", "みなと市の電話は今日も元気です")


def test_full_width_letters_are_the_same_password() -> None:
    """Which ones a Japanese keyboard gives depends on its mode."""
    assert passwords.matches(passwords.hashed("ｃｏｒｒｅｃｔ　ｈｏｒｓｅ"), "correct horse")


def test_a_hash_of_other_parameters_is_outdated() -> None:
    """A hash of other parameters is outdated."""
    assert not passwords.is_outdated(passwords.hashed("correct horse battery"))
    assert passwords.is_outdated(
        "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$W2ioF0aYlVvCWhVNyDFoAvYpMkUm4lXyqdtx3EFBaR0"
    )
