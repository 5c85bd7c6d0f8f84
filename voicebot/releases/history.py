"""What was put in force when, by whom and why; and what is planned."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Why = Literal["first", "publish", "schedule", "roll_back", "urgent", "folder"]
State = Literal["waiting", "done", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class Publication:
    """A release was put in force."""

    id: int
    release: int
    at: datetime
    by: str
    why: Why


@dataclass(frozen=True, slots=True)
class Plan:
    """A release shall be put in force."""

    id: int
    release: int
    at: datetime
    by: str
    state: State
    told: str
    """Why it failed."""


def put_in_force(connection: sqlite3.Connection, release: int, by: str, why: Why, now: datetime) -> Publication:
    """Note that a release is in force from now on."""
    number = connection.execute(
        "INSERT INTO publications (release, at, by, why) VALUES (?, ?, ?, ?)", (release, now.isoformat(), by, why)
    ).lastrowid
    return Publication(int(number or 0), release, now, by, why)


def publications(connection: sqlite3.Connection, limit: int, before: int | None) -> tuple[Publication, ...]:
    """Newest first; the first one is in force."""
    sql = "SELECT * FROM publications WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?"
    return tuple(
        Publication(row["id"], row["release"], datetime.fromisoformat(row["at"]), row["by"], row["why"])
        for row in connection.execute(sql, (before, before, limit))
    )


def in_force(connection: sqlite3.Connection) -> Publication | None:
    """What is in force; None before the first publication."""
    return next(iter(publications(connection, 1, None)), None)


def plan(connection: sqlite3.Connection, release: int, at: datetime, by: str, now: datetime) -> Plan:
    """Note what is planned."""
    number = connection.execute(
        "INSERT INTO plans (release, at, by, noted_at) VALUES (?, ?, ?, ?)",
        (release, at.isoformat(), by, now.isoformat()),
    ).lastrowid
    return Plan(int(number or 0), release, at, by, "waiting", "")


def plans(connection: sqlite3.Connection, *, waiting_only: bool, limit: int) -> tuple[Plan, ...]:
    """Those that wait, the next one first; then the others, the latest first."""
    rows = connection.execute(
        "SELECT * FROM plans WHERE state = 'waiting' OR NOT ? ORDER BY state <> 'waiting', "
        "CASE state WHEN 'waiting' THEN unixepoch(at) ELSE -unixepoch(at) END LIMIT ?",
        (waiting_only, limit),
    )
    return tuple(
        Plan(
            row["id"], row["release"], datetime.fromisoformat(row["at"]), row["by"], row["state"], row["told"]
        )
        for row in rows
    )  # fmt: skip


def settle(connection: sqlite3.Connection, plan_id: int, state: State, told: str = "") -> bool:
    """A plan that waits has come to its end; whether it was waiting."""
    sql = "UPDATE plans SET state = ?, told = ? WHERE id = ? AND state = 'waiting'"
    return connection.execute(sql, (state, told, plan_id)).rowcount > 0
