"""One-time tokens of streams: what binds a media socket to the call it belongs to.

The token travels to the carrier and back; only its hash is stored. It is of use once, for a short time.
"""

import hashlib
import secrets
import sqlite3
from datetime import datetime


def new_token() -> str:
    """256 random bits, safe in a TwiML parameter."""
    return secrets.token_urlsafe(32)


def keep_token(
    connection: sqlite3.Connection, call_id: str, token: str, expires_at: datetime, purpose: str = ""
) -> None:
    """Store the token's hash for this call. A token with a purpose opens no stream."""
    connection.execute(
        "INSERT INTO tokens (token_hash, call_id, token_expires_at) VALUES (?, ?, ?)",
        (_hash(purpose + token), call_id, expires_at.isoformat()),
    )


def use_token(connection: sqlite3.Connection, token: str, now: datetime, purpose: str = "") -> str | None:
    """The call of an unused token of this purpose that has not expired, which is used up by this; else None.

    Without a purpose a new stream begins, so what had been decided at the end of the one before no longer holds.
    """
    token = purpose + token
    row = connection.execute(
        "SELECT call_id, token_expires_at FROM tokens WHERE token_hash = ? AND token_used_at IS NULL", (_hash(token),)
    ).fetchone()
    if row is None or datetime.fromisoformat(row["token_expires_at"]) < now:
        return None
    call_id: str = row["call_id"]
    connection.execute("UPDATE tokens SET token_used_at = ? WHERE token_hash = ?", (now.isoformat(), _hash(token)))
    if not purpose:
        connection.execute("UPDATE sessions SET decision = NULL WHERE call_id = ?", (call_id,))
    return call_id


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
