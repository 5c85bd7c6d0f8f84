"""Signing in by the city's own identity provider (OpenID Connect Core 1.0, authorization code with PKCE, RFC 7636).

The provider says who somebody is; what they may do is said by their account here, which an administrator has made.
Nothing is sent to the provider but what the protocol asks for.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from voicebot.errors import AccountError

PATIENCE = timedelta(minutes=10)
"""So long may somebody take to sign in at the provider."""
SECONDS = 10.0
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key of the provider's; never `none`, and none that our own secret could make."""
_LEEWAY_SECONDS = 60
_MOST_WAITING = 1_000


@dataclass(frozen=True, slots=True)
class Provider:
    """Who knows the staff."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "preferred_username"
    """Which of the provider's words about somebody is the name of their account here."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    verifier: str
    nonce: str
    until: datetime


class OpenId:
    """Sends people to the provider and understands what it says about them. For one event loop.

    Args:
        provider: Who knows the staff.
    """

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._waiting: dict[str, _Waiting] = {}

    async def begin(self, redirect_uri: str, now: datetime) -> tuple[str, str]:
        """Where to send a browser, and the state that it must come back with.

        Raises:
            AccountError: the provider cannot be reached, or is not the one it should be.
        """
        try:
            async with self._client(redirect_uri) as client:
                metadata = await self._metadata(client)
                verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
                address, state = client.create_authorization_url(
                    metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce
                )
        except (httpx2.HTTPError, AuthlibBaseError, LookupError, ValueError) as error:
            raise _unreachable() from error
        self._waiting = {key: each for key, each in self._waiting.items() if each.until > now}
        if len(self._waiting) >= _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[state] = _Waiting(verifier, nonce, now + PATIENCE)
        return address, state

    async def finish(self, state: str, answer: str, redirect_uri: str, now: datetime) -> str:
        """The name of the account of who comes back.

        Args:
            state: As the browser has kept it from the beginning.
            answer: The address that it came back to, with its query.
            redirect_uri: As at the beginning.
            now: The time, with zone.

        Raises:
            AccountError: `account.expired` when nobody was waited for, `account.refused` when the provider's word
                cannot be believed, `account.provider` when it cannot be reached.
        """
        waiting = self._waiting.pop(state, None)
        if waiting is None or waiting.until <= now:
            raise AccountError("account.expired", "Sign in again: this took too long.")
        try:
            async with self._client(redirect_uri) as client:
                metadata = await self._metadata(client)
                token = await client.fetch_token(
                    metadata["token_endpoint"],
                    authorization_response=answer,
                    code_verifier=waiting.verifier,
                    state=state,
                )
                answered = await client.request("GET", metadata["jwks_uri"], withhold_token=True)
                keys = answered.raise_for_status().json()
        except (httpx2.HTTPError, LookupError) as error:
            raise _unreachable() from error
        except (AuthlibBaseError, ValueError) as error:
            raise _refused() from error
        return self._named(token, keys, waiting.nonce, now)

    def _named(self, token: Mapping[str, Any], keys: Any, nonce: str, now: datetime) -> str:
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": self._provider.issuer},
            aud={"essential": True, "value": self._provider.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            said = jwt.decode(str(token["id_token"]), KeySet.import_key_set(keys), list(_ALGORITHMS))
            rules.validate(said.claims)
            name = said.claims[self._provider.claim]
        except (JoseError, LookupError, ValueError, TypeError) as error:
            raise _refused() from error
        if not isinstance(name, str) or not name:
            raise _refused()
        return name

    def _client(self, redirect_uri: str) -> AsyncOAuth2Client:
        provider = self._provider
        return AsyncOAuth2Client(
            provider.client_id, provider.client_secret, redirect_uri=redirect_uri, scope="openid profile email",
            code_challenge_method="S256", timeout=SECONDS, follow_redirects=False,
        )  # fmt: skip

    async def _metadata(self, client: AsyncOAuth2Client) -> Mapping[str, Any]:
        address = f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = (await client.request("GET", address, withhold_token=True)).raise_for_status().json()
        if not isinstance(found, dict) or found.get("issuer") != self._provider.issuer:
            # Core 1.0, 4.3 of Discovery: the name in the document must be the one that was asked.
            raise LookupError
        return found


def _unreachable() -> AccountError:
    return AccountError(
        "account.provider",
        "The identity provider cannot be used; check VOICEBOT_OIDC_ISSUER, and that this machine reaches it.",
    )


def _refused() -> AccountError:
    return AccountError("account.refused", "The identity provider does not say who this is.")
