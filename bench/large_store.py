"""A large store of believable calls, to see whether pages stay quick and figures stay right. Nothing in it is real.

    python -m bench.large_store FOLDER                              200,000 calls of the last year: FOLDER/voicebot.db
    python -m bench.large_store FOLDER --calls 500 --kinds 40       a small one, in a few seconds
    python -m bench.large_store FOLDER --recorded 200000            with the whole record of every call (many gigabytes)

Some hundred conversations (`--kinds`) are held with the real dialog and put into a store of their own by the service's
own writer (`bench.conversations`); their rows are then copied, each time with another moment, caller, tempo and
certainty, into the schema as it is. The same seed, city and last day give the same store. Only the newest calls
(`--recorded`) have the record that their pages and replays need; every call has its turns, and what hangs on it.

`python -m bench.pages FOLDER` then asks every page of the staff. `voicebot serve` would delete what is older than
VOICEBOT_KEEP_DAYS: set it to 0 to look at the store in a browser (VOICEBOT_DATA=FOLDER VOICEBOT_KEEP_DAYS=0).
"""

import argparse
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from bench.conversations import Conversation, conversations
from voicebot import bootstrap
from voicebot import content as contents
from voicebot.actions import RequestCallback
from voicebot.content import Content
from voicebot.events import CallbackBooked, CallEnded
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.schema_search import FILL_RUNS
from voicebot.transcripts.store import Store

Row = dict[str, object]
HOURS = (2, 1, 1, 1, 1, 2, 6, 16, 70, 100, 96, 80, 60, 66, 74, 70, 62, 40, 22, 18, 14, 10, 6, 4)
WEEKDAYS = (1.25, 1.0, 0.95, 0.95, 1.05, 0.3, 0.25)
STORMS = (40, 165, 166, 300)
"""Days of the year on which six times as many call."""
RELEASES = 24
CALLERS = 40_000
CHUNK = 2_000
WRONG = 0.04
"""Of the transfers that were connected."""
REVIEWED = 0.02
"""Of all calls somebody has listened to and said what was really said."""
JUDGED = ("solved", "solved", "solved", "wrong", "not_understood", "unnecessary_transfer", "gave_up", "no_matter")
OWN = {
    "calls",
    "records",
    "sessions",
    "tokens",
    "tickets",
    "ticket_changes",
    "wrong_transfers",
    "reviews",
    "corrections",
    "turn_runs",
}
"""Tables of which rows are not simply copied; all others that name a call are."""


@dataclass(slots=True)
class Kind:
    """One conversation as rows, to be copied."""

    call: Row
    tables: Mapping[str, list[Row]]
    records: list[Row]
    seconds: float
    conversation: Conversation


@dataclass(slots=True)
class Copies:
    """Rows of many calls, by table, until they are written."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    calls: int = 0
    turns: int = 0

    def add(self, table: str, row: Row) -> None:
        """One more."""
        self.rows.setdefault(table, []).append(row)

    def write(self, connection: sqlite3.Connection) -> None:
        """Into the database, in one transaction."""
        connection.execute("BEGIN")
        for table, rows in self.rows.items():
            names = ", ".join(rows[0])
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  our own names
                [tuple(row.values()) for row in rows],
            )
        connection.execute("COMMIT")
        self.rows.clear()


def make(
    folder: Path,
    content: Content,
    *,
    calls: int = 200_000,
    kinds: int = 600,
    recorded: int = 20_000,
    last: datetime | None = None,
    days: int = 365,
    seed: int = 1,
    say: Callable[[str], None] = lambda text: None,
) -> Path:
    """Write `voicebot.db` into the folder, which must not have one yet; its path.

    Args:
        folder: Where.
        content: The city that is called; the newest calls met it as it is.
        calls: How many.
        kinds: How many different conversations.
        recorded: How many of the newest calls have their record.
        last: No call begins later; the city's local time, now unless told.
        days: Over how many days until then.
        seed: Of all that is left to chance.
        say: Told of progress.
    """
    path = folder / "voicebot.db"
    if path.exists():
        raise SystemExit(f"{path} is there already; give another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    last = last or datetime.now(content.city.profile.zone).replace(microsecond=0)
    chance = random.Random(seed)  # noqa: S311
    say(f"holding {kinds} conversations")
    models = _kinds(content, seed, kinds, last)
    Store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        later = _unhinged(connection)
        copies = Copies()
        for number, start in enumerate(_starts(chance, calls, last, days)):
            kind = chance.choice(models[_is_night(start)])
            release = 1 + RELEASES * number // calls
            _copy(copies, kind, start, release, content.fingerprint, chance, full=number >= calls - recorded, last=last)
            if copies.calls % CHUNK == 0:
                copies.write(connection)
            if copies.calls % 20_000 == 0:
                say(f"{copies.calls} calls, {copies.turns} turns")
        copies.write(connection)
        say("indexing the words")
        for statement in later:
            connection.execute(statement)
        connection.execute(FILL_RUNS)
        for (index,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE '%@_fts' ESCAPE '@'"
        ).fetchall():
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608  names of our tables
        # The days' figures are counted by the service: one change a day tells it of the day.
        connection.execute(
            "UPDATE calls SET outcome = outcome "
            "WHERE id IN (SELECT MIN(id) FROM calls GROUP BY substr(started_at, 1, 10))"
        )
        connection.execute("ANALYZE")
    say("counting the figures")
    with Store(path) as store:
        for day in store.figures.stale(-1):
            store.figures.count(day)
    return path


def _unhinged(connection: sqlite3.Connection) -> list[str]:
    """Make the database quick and careless until all is in; what restores its triggers."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    return [*(sql for _, sql in triggers), "PRAGMA journal_mode = WAL"]


def _kinds(content: Content, seed: int, number: int, at: datetime) -> dict[bool, list[Kind]]:
    """Conversations by whether they take place by night, as the service itself would have stored them."""
    reader = bootstrap.reader()
    found: dict[bool, list[Kind]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as name, Store(Path(name) / "voicebot.db") as store:
        for each in conversations(content, reader, seed, number):
            call_id = _kept(store, each, at)
            found[each.by_night].append(_kind(store, call_id, each))
    return found


def _kept(store: Store, conversation: Conversation, at: datetime) -> str:
    """The conversation in the store, by the way of a real call."""
    sid = f"CA{id(conversation)}"
    call_id = store.begin_call(NewCall(sid, "+815000000000", "+815000002000", conversation.language, "", "bench"), at)
    transcript = store.transcript(call_id)
    for entry in conversation.entries:
        item = entry.item
        if isinstance(item, CallbackBooked):
            order = next(
                each.item
                for each in conversation.entries
                if isinstance(each.item, RequestCallback) and each.item.turn == item.turn
            )
            store.book(call_id, order, at + timedelta(seconds=entry.seconds))
        transcript.append(entry.seconds, item)
    ends = [entry.item.reason for entry in conversation.entries if isinstance(entry.item, CallEnded)]
    store.end_call(call_id, at + timedelta(seconds=conversation.entries[-1].seconds), ends[0] if ends else "bot")
    store.flush()
    return call_id


def _kind(store: Store, call_id: str, conversation: Conversation) -> Kind:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.row_factory = sqlite3.Row

        def rows(table: str, column: str = "call_id") -> list[Row]:
            sql = f"SELECT * FROM {table} WHERE {column} = ?"  # noqa: S608  fixed names
            found = [dict(row) for row in connection.execute(sql, (call_id,))]
            return [{name: value for name, value in row.items() if name != "id" or table == "calls"} for row in found]

        call = rows("calls", "id")[0]
        tables = {table: rows(table) for table in (*_hanging(connection), "tickets")}
        return Kind(call, tables, rows("records"), conversation.entries[-1].seconds, conversation)


def _hanging(connection: sqlite3.Connection) -> list[str]:
    """Tables whose rows belong to a call and go with it."""
    tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = "SELECT 1 FROM pragma_table_info(?) WHERE name = 'call_id'"
    return [each for each in tables if each not in OWN and connection.execute(columns, (each,)).fetchone()]


def _is_night(at: datetime) -> bool:
    return at.weekday() >= 5 or not 8 <= at.hour < 17


def _starts(chance: random.Random, calls: int, last: datetime, days: int) -> list[datetime]:
    """When calls begin, in order: by the hours and weekdays of a city hall, on the whole rising, with storms."""
    first = last.date() - timedelta(days=days - 1)
    each = [first + timedelta(days=number) for number in range(days)]
    weights = [
        WEEKDAYS[day.weekday()] * (1 + 0.4 * number / days) * (6 if number in STORMS else 1)
        for number, day in enumerate(each)
    ]
    by_day: dict[date, int] = {}
    for day in chance.choices(each, weights, k=calls):
        by_day[day] = by_day.get(day, 0) + 1
    found = []
    for day, number in by_day.items():
        for hour in chance.choices(range(24), HOURS, k=number):
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=last.tzinfo)
            found.append(moment + timedelta(seconds=chance.randrange(3600)))
    # What would be later than the last moment happened some days earlier, at the same hour.
    return sorted(at if at < last - timedelta(minutes=20) else at - timedelta(days=1) for at in found)


def _copy(
    copies: Copies, kind: Kind, start: datetime, release: int, content: str, chance: random.Random,
    *, full: bool, last: datetime,
) -> None:  # fmt: skip
    """The rows of one more call."""
    tempo = chance.uniform(0.75, 1.35)
    copies.calls += 1
    number = copies.calls
    call_id = f"{start:%Y%m%d-%H%M%S}-{chance.getrandbits(48):012x}"
    caller = f"+8150{int(CALLERS * chance.random() ** 3):08d}" if chance.random() < 0.93 else None
    end = start + timedelta(seconds=kind.seconds * tempo)
    call = kind.call | {
        "id": call_id,
        "carrier_sid": f"CA{number:032x}",
        "caller": caller,
        "started_at": start.isoformat(),
        "ended_at": end.isoformat(),
        "seconds": round(kind.seconds * tempo, 1),
        "content": content if release == RELEASES else f"{release:016x}",
        "recogniser": "whisper" if release > RELEASES // 2 else "vosk",
        "voice": "openjtalk",
    }
    if "release" in call:
        call["release"] = release
    copies.add("calls", call)
    for row in kind.tables["turns"]:
        copies.add("turns", row | {"call_id": call_id} | _turn_as_it_varies(row, tempo, chance))
        copies.turns += 1
    for table in kind.tables.keys() - {"turns", "tickets"}:
        for row in kind.tables[table]:
            begun = {"began": int(start.timestamp())} if "began" in row else {}
            copies.add(table, row | {"call_id": call_id} | _shifted(row, kind.call, start, tempo) | begun)
    _wrong_transfers(copies, kind, call_id, start, chance)
    if chance.random() < REVIEWED:
        _review(copies, kind, call_id, (end + timedelta(hours=20)).isoformat(), chance)
    for row in kind.tables["tickets"]:
        _ticket(copies, row | _shifted(row, kind.call, start, tempo), call_id, caller, last, chance)
    if full:
        for row in kind.records:
            body = _begun(row, call_id, caller, start) if row["type"] == "CallStarted" else row["body"]
            copies.add("records", row | {"call_id": call_id, "seconds": _number(row["seconds"]) * tempo, "body": body})


def _turn_as_it_varies(row: Row, tempo: float, chance: random.Random) -> Row:
    varied: Row = {name: _number(row[name]) * tempo for name in ("started_seconds", "ended_seconds")}
    for name in ("decode_seconds", "answer_delay_seconds"):
        if row[name] is not None:
            varied[name] = round(_number(row[name]) * chance.uniform(0.7, 1.6), 3)
    if row["confidence"] is not None:
        varied["confidence"] = round(min(1.0, max(0.0, _number(row["confidence"]) + chance.gauss(0, 0.06))), 3)
    return varied


def _shifted(row: Row, call: Row, start: datetime, tempo: float) -> Row:
    """The row's times, as far from the start as before."""
    begun = datetime.fromisoformat(str(call["started_at"]))
    return {
        name: (start + (datetime.fromisoformat(str(value)) - begun) * tempo).isoformat()
        for name, value in row.items()
        if name.endswith("_at") and value
    }


def _wrong_transfers(copies: Copies, kind: Kind, call_id: str, start: datetime, chance: random.Random) -> None:
    for number, row in enumerate(kind.tables["transfers"], start=1):
        if row["outcome"] == "connected" and chance.random() < WRONG:
            copies.add("wrong_transfers", {
                "call_id": call_id, "number": number, "department": row["department"], "right_department": "総合案内",
                "operator": "hanako", "at": (start + timedelta(minutes=10)).isoformat(),
            })  # fmt: skip


def _review(copies: Copies, kind: Kind, call_id: str, at: str, chance: random.Random) -> None:
    judged = {"call_id": call_id, "outcome": chance.choice(JUDGED), "right_department": "", "notes": ""}
    copies.add("reviews", judged | {"status": "done", "all_heard": 1, "reviewer": "hanako", "at": at})
    for row in kind.tables["turns"]:
        truth = kind.conversation.truths.get(int(_number(row["turn"])))
        if truth is not None:
            given = {"call_id": call_id, "turn": row["turn"], "heard": row["heard_text"], "corrected": truth}
            said = {"intent": "", "entry": row["answered_entry"], "department": "", "by": "hanako", "at": at}
            copies.add("corrections", given | said | {"stands": 1})


def _ticket(copies: Copies, row: Row, call_id: str, caller: str | None, last: datetime, chance: random.Random) -> None:
    """A promise, kept within a day or two."""
    created = datetime.fromisoformat(str(row["created_at"]))
    done = created + timedelta(hours=chance.uniform(1, 40))
    over = done < last
    row = row | {
        "call_id": call_id,
        "phone": row["phone"] or caller or "",
        "due_at": (created + timedelta(days=1)).isoformat(),
        "done_at": done.isoformat() if over else None,
        "done_by": "hanako" if over else "",
        "taken_by": "hanako" if over else "",
        "taken_at": done.isoformat() if over else None,
        "transcribed": 1,
    }
    copies.add("tickets", row)


def _begun(row: Row, call_id: str, caller: str | None, start: datetime) -> str:
    body = json.loads(str(row["body"])) | {"call_id": call_id, "caller": caller, "at": start.isoformat()}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _number(value: object) -> float:
    assert isinstance(value, float | int)
    return float(value)


def counted(path: Path, tables: Iterable[str] = ("calls", "turns", "records", "transfers", "tickets")) -> str:
    """How many rows there are."""
    with closing(sqlite3.connect(path)) as connection:
        numbers = {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608
    return ", ".join(f"{number:,} {table}" for table, number in numbers.items())


def main() -> None:
    """Make a store as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--kinds", type=int, default=600)
    parser.add_argument("--recorded", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--city", type=Path, default=Path("dialogs/minato"))
    given = vars(parser.parse_args())
    folder, city = given.pop("folder"), given.pop("city")
    began = time.monotonic()
    content = contents.load(city, Path("grammars"), bootstrap.reader())
    path = make(
        folder, content, say=lambda text: print(f"{time.monotonic() - began:5.0f} s  {text}", flush=True), **given
    )
    print(f"{path}: {counted(path)}, {path.stat().st_size / 2**20:,.0f} MB, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
