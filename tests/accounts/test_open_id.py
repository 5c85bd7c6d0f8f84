"""Signing in by an identity provider: it is believed only when its word is signed, for us, now and for this asking."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider
from joserfc.jwk import RSAKey

from voicebot.accounts.open_id import PATIENCE, OpenId, Provider
from voicebot.errors import AccountError

BACK = "https://voicebot.example.jp/staff/sso/back"
NOW = datetime.now(UTC)


@pytest.fixture(name="idp", scope="module")
def shared() -> Iterator[IdentityProvider]:
    """One provider for all tests of this file."""
    with identity_provider() as found:
        yield found


@pytest.fixture(autouse=True)
def honest(idp: IdentityProvider) -> None:
    """Each test begins with a provider that tells the truth."""
    idp.claims, idp.signs_with, idp.calls_itself, idp.now = {"preferred_username": "hanako"}, idp.key, "", NOW


def signed_in(idp: IdentityProvider, *, claim: str = "preferred_username", later: timedelta = timedelta()) -> str:
    """Somebody goes to the provider and comes back."""

    async def run() -> str:
        own = OpenId(Provider(idp.issuer, CLIENT, SECRET, claim))
        where, state = await own.begin(BACK, NOW)
        async with httpx.AsyncClient() as browser:
            back = (await browser.get(where)).headers["location"]
        return await own.finish(state, back, BACK, NOW + later)

    return asyncio.run(run())


def test_who_comes_back_has_the_name_that_the_provider_signs(idp: IdentityProvider) -> None:
    """Or another of its claims."""
    assert signed_in(idp) == "hanako"
    idp.claims = {"email": "hanako@city.example.jp"}
    assert signed_in(idp, claim="email") == "hanako@city.example.jp"


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "another service"},
        {"iss": "https://elsewhere.example.jp"},
        {"exp": int(NOW.timestamp()) - 3600},
        {"nonce": "of another asking"},
        {"preferred_username": None},
        {"preferred_username": ["hanako"]},
    ],
)
def test_a_word_that_is_not_for_us_is_not_believed(idp: IdentityProvider, lie: dict[str, Any]) -> None:
    """Each with the right signature."""
    idp.claims = {"preferred_username": "hanako"} | lie
    with pytest.raises(AccountError) as raised:
        signed_in(idp)
    assert raised.value.code == "account.refused"


def test_a_word_that_somebody_else_has_signed_is_not_believed(idp: IdentityProvider) -> None:
    """Under the same name of a key."""
    idp.signs_with = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
    with pytest.raises(AccountError) as raised:
        signed_in(idp)
    assert raised.value.code == "account.refused"


def test_who_takes_too_long_begins_again(idp: IdentityProvider) -> None:
    """And an answer counts once, for who has begun."""
    with pytest.raises(AccountError) as raised:
        signed_in(idp, later=PATIENCE)
    assert raised.value.code == "account.expired"
    with pytest.raises(AccountError, match="Sign in again"):
        asyncio.run(OpenId(Provider(idp.issuer, CLIENT, SECRET)).finish("x", f"{BACK}?code=1&state=x", BACK, NOW))


def test_a_provider_that_is_another_or_cannot_be_reached_is_told_with_the_cure(idp: IdentityProvider) -> None:
    """A provider that is another or cannot be reached is told with the cure."""
    idp.calls_itself = "https://elsewhere.example.jp"
    with pytest.raises(AccountError, match="VOICEBOT_OIDC_ISSUER"):
        signed_in(idp)
    with pytest.raises(AccountError, match="VOICEBOT_OIDC_ISSUER"):
        asyncio.run(OpenId(Provider("http://127.0.0.1:9", CLIENT, SECRET)).begin(BACK, NOW))
