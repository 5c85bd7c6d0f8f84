"""The tables' column for when somebody has answered a transfer."""
# ruff: noqa: S608  the statements are put together from fixed texts

from sqlite_utils import Database

_AT = "strftime('%Y-%m-%dT%H:%M:%f', c.started_at, '+' || {seconds} || ' seconds', substr(c.started_at, -6))"
_DURING = (
    "r.call_id = x.call_id AND julianday(c.started_at) + r.seconds / 86400 BETWEEN julianday(x.started_at) AND {to}"
)
_ACCEPTED = "r.type = 'OperatorAnswered' AND json_extract(r.body, '$.answer') = 'accepted'"
_PICKED_UP = (
    "r.type = 'LegUpdated' AND json_extract(r.body, '$.result') = 'connected' "
    "AND json_extract(r.body, '$.detail') LIKE 'in-progress%'"
)
_FIRST = f"(SELECT MIN(r.seconds) FROM records r WHERE {_DURING.format(to='julianday(x.ended_at)')} AND {{which}})"


def m016_answered(db: Database) -> None:
    """The moment somebody answered; of earlier calls from their records. The days with transfers are counted anew."""
    db.execute("ALTER TABLE transfers ADD COLUMN answered_at TEXT")
    seconds = f"COALESCE({_FIRST.format(which=_ACCEPTED)}, {_FIRST.format(which=_PICKED_UP)})"
    db.execute(f"""
        UPDATE transfers SET answered_at = found.at FROM (
            SELECT x.id, {_AT.format(seconds=seconds)} || substr(c.started_at, -6) AS at
            FROM transfers x JOIN calls c ON c.id = x.call_id WHERE x.outcome = 'connected'
        ) AS found WHERE found.id = transfers.id
    """)
    db.execute("""
        UPDATE figure_days SET version = version + 1 WHERE day IN (
            SELECT substr(c.started_at, 1, 10) FROM transfers x JOIN calls c ON c.id = x.call_id
        )
    """)
