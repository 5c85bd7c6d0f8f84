"""What is counted in the calls of a day, or of one call: statements whose sums over days are right for any period.

A measure gives rows of key, count and total. Keys of several parts are joined by `SEPARATOR`. Shares, means and
percentiles are no measures: they are made from sums, in `kpis`.
"""
# ruff: noqa: S608  the statements are put together from fixed texts; values are always bound

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from voicebot.transcripts.outcome import BRIEF_SECONDS

SEPARATOR = "\t"
BUCKETS_A_SECOND, LAST_BUCKET = 10, 100
"""Delays are counted by tenths of a second; what takes ten seconds or more is counted together."""
SOON_SECONDS = 20
"""Who is answered by then counts for the service level, as contact centres usually say it."""
REPEAT_DAYS = 7
"""Who calls again within so many days has probably not been helped."""
Cells = dict[tuple[str, str], tuple[int, float]]
"""Count and total by measure and key."""
Read = Callable[[str, str], str]
"""A text's reading, and its language: as `ports.Reader`."""
Split = Callable[[str, str], Sequence[str]]
"""A text as its words, and its language."""

_OUTCOME = (
    f"CASE WHEN c.outcome = 'abandoned' AND COALESCE(c.seconds, 0) < {BRIEF_SECONDS} "
    "THEN 'abandoned_brief' ELSE c.outcome END"
)
_TURNS = "turns t JOIN calls c ON c.id = t.call_id"
_REPLIED = "(t.speech_seconds IS NOT NULL OR t.keys != '' OR t.missed != '')"
_BUCKET = f"printf('%03d', CAST(MIN({{}} * {BUCKETS_A_SECOND}, {LAST_BUCKET}) AS INTEGER))"
_TAB = "char(9)"
_WAIT = "((julianday(x.answered_at) - julianday(x.started_at)) * 86400)"
_LEFT = "CASE WHEN t.answered_entry != '' THEN t.answered_entry ELSE t.node END"
MEASURES: Mapping[str, str] = {
    "calls.hour": f"{_OUTCOME} || {_TAB} || substr(c.started_at, 12, 2), COUNT(*), SUM(COALESCE(c.seconds, 0)) "
    "FROM calls c WHERE {scope} GROUP BY 1",
    "calls.language": f"{_OUTCOME} || {_TAB} || c.language, COUNT(*), SUM(COALESCE(c.seconds, 0)) "
    "FROM calls c WHERE {scope} GROUP BY 1",
    "calls.release": f"{_OUTCOME} || {_TAB} || c.content || {_TAB} || COALESCE(c.release, ''), COUNT(*), "
    "SUM(COALESCE(c.seconds, 0)) FROM calls c WHERE {scope} GROUP BY 1",
    "repeats": "CASE WHEN EXISTS (SELECT 1 FROM calls e WHERE e.caller = c.caller AND e.id != c.id "
    "AND unixepoch(e.started_at) < unixepoch(c.started_at) "
    f"AND unixepoch(e.started_at) >= unixepoch(c.started_at) - {REPEAT_DAYS * 86400}) THEN 'again' ELSE 'first' END, "
    "COUNT(*), 0 FROM calls c WHERE {scope} AND c.caller IS NOT NULL GROUP BY 1",
    "turns.scene": f"t.node || {_TAB} || t.missed, COUNT(*), COALESCE(SUM(t.confidence), 0) "
    f"FROM {_TURNS} WHERE {{scope}} AND {_REPLIED} GROUP BY 1",
    # From which scene callers came to which; "" is the beginning, what answered (a scene, a FAQ entry) is one too.
    "ways": f"w.way, COUNT(*), 0 FROM (SELECT COALESCE(LAG({_LEFT}) OVER (PARTITION BY t.call_id ORDER BY t.turn), '') "
    f"|| {_TAB} || t.node AS way FROM {_TURNS} WHERE {{scope}} AND t.node != '') w GROUP BY 1",
    "ways.answer": f"t.node || {_TAB} || t.answered_entry, COUNT(*), 0 FROM {_TURNS} "
    "WHERE {scope} AND t.node != '' AND t.answered_entry != '' GROUP BY 1",
    "turns.input": "CASE WHEN t.keys != '' THEN 'keys' WHEN t.heard_text != '' THEN 'speech' ELSE 'nothing' END, "
    f"COUNT(*), 0 FROM {_TURNS} WHERE {{scope}} AND {_REPLIED} GROUP BY 1",
    "turns.release": f"c.content || {_TAB} || t.missed, COUNT(*), 0 FROM {_TURNS} "
    f"WHERE {{scope}} AND {_REPLIED} GROUP BY 1",
    "delay.release": f"c.content, COUNT(*), SUM(t.answer_delay_seconds) FROM {_TURNS} "
    "WHERE {scope} AND t.answer_delay_seconds IS NOT NULL AND t.heard_text != '' GROUP BY 1",
    "answers": f"t.answered_entry, COUNT(*), COALESCE(SUM(t.score), 0) FROM {_TURNS} "
    "WHERE {scope} AND t.answered_entry != '' GROUP BY 1",
    "delay": f"{_BUCKET.format('t.answer_delay_seconds')}, COUNT(*), SUM(t.answer_delay_seconds) FROM {_TURNS} "
    "WHERE {scope} AND t.answer_delay_seconds IS NOT NULL AND t.heard_text != '' GROUP BY 1",
    "decode": f"{_BUCKET.format('t.decode_seconds')}, COUNT(*), SUM(t.decode_seconds) FROM {_TURNS} "
    "WHERE {scope} AND t.decode_seconds IS NOT NULL GROUP BY 1",
    "transfers": f"x.department || {_TAB} || COALESCE(x.outcome, ''), COUNT(*), 0 FROM transfers x "
    "JOIN calls c ON c.id = x.call_id WHERE {scope} GROUP BY 1",
    # Attempts that somebody answered, soon or late, and those that nobody did; who does not know when is left out.
    "waits": f"CASE WHEN x.answered_at IS NULL THEN 'never' WHEN {_WAIT} <= {SOON_SECONDS} THEN 'soon' ELSE 'late' END "
    f"|| {_TAB} || x.department, COUNT(*), COALESCE(SUM({_WAIT}), 0) FROM transfers x "
    "JOIN calls c ON c.id = x.call_id WHERE {scope} AND x.outcome IS NOT NULL "
    "AND (x.answered_at IS NOT NULL OR x.outcome != 'connected') GROUP BY 1",
    "wrong": f"x.department || {_TAB} || x.right_department, COUNT(*), 0 FROM wrong_transfers x "
    "JOIN calls c ON c.id = x.call_id WHERE {scope} GROUP BY 1",
    "owed": f"x.kind || {_TAB} || x.department, COUNT(*), 0 FROM tickets x "
    "JOIN calls c ON c.id = x.call_id WHERE {scope} GROUP BY 1",
    "reviews": "r.outcome, COUNT(*), 0 FROM reviews r JOIN calls c ON c.id = r.call_id "
    "WHERE {scope} AND r.status = 'done' GROUP BY 1",
    "understood": "CASE WHEN t.answered_entry = k.entry THEN 'right' WHEN t.answered_entry = '' THEN 'none' "
    "ELSE 'wrong' END, COUNT(*), 0 FROM corrections k JOIN calls c ON c.id = k.call_id "
    "JOIN turns t ON t.call_id = k.call_id AND t.turn = k.turn WHERE {scope} AND k.stands AND k.entry != '' GROUP BY 1",
}
"""By measure: what is chosen, with `{scope}` for whose calls."""
_HEARD = (
    "SELECT c.language, c.content, t.heard_text, t.heard_reading, k.corrected "
    f"FROM {_TURNS} LEFT JOIN corrections k ON k.call_id = t.call_id AND k.turn = t.turn AND k.stands "
    "LEFT JOIN reviews r ON r.call_id = t.call_id "
    "WHERE {scope} AND t.speech_seconds IS NOT NULL "
    "AND (k.corrected IS NOT NULL OR (r.status = 'done' AND r.all_heard AND t.heard_text != ''))"
)
_OF_DAY = "c.outcome IS NOT NULL AND substr(c.started_at, 1, 10) = ?"
_OF_CALL = "c.outcome IS NOT NULL AND c.id = ?"


@dataclass(frozen=True, slots=True)
class Ears:
    """What is needed to compare what was heard with what was said."""

    read: Read
    split: Split


def of_day(connection: sqlite3.Connection, day: str, ears: Ears) -> Cells:
    """All measures of the calls that began on this day (`2026-11-22`, as their own times say)."""
    return _cells(connection, _OF_DAY, day, ears)


def of_call(connection: sqlite3.Connection, call_id: str, ears: Ears) -> Cells:
    """What one call adds to the measures of its day."""
    return _cells(connection, _OF_CALL, call_id, ears)


def summed(*several: Mapping[tuple[str, str], tuple[int, float]]) -> Cells:
    """Cells of the same key added up."""
    found: Cells = {}
    for cells in several:
        for place, (count, total) in cells.items():
            before = found.get(place, (0, 0.0))
            found[place] = (before[0] + count, before[1] + total)
    return found


def _cells(connection: sqlite3.Connection, scope: str, value: str, ears: Ears) -> Cells:
    found: Cells = {}
    for measure, chosen in MEASURES.items():
        for key, count, total in connection.execute(f"SELECT {chosen.format(scope=scope)}", (value,)):
            found[measure, key] = (count, float(total))
    rows = connection.execute(_HEARD.format(scope=scope), (value,)).fetchall()
    return summed(found, *(dict(_heard(row, ears)) for row in rows))


def _heard(row: Sequence[str], ears: Ears) -> Iterator[tuple[tuple[str, str], tuple[int, float]]]:
    """An utterance of which it is known what was said: units that were said, and how many of them were not heard so.

    Character and word error rates count substitutions, deletions and insertions over the length of what was said.
    """
    language, content, heard, reading, corrected = row
    said = heard if corrected is None else corrected
    said_reading = reading if corrected is None else _letters(ears.read(said, language))
    pairs: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "reading": (_letters(reading), said_reading),
        "surface": (_letters(heard), _letters(said)),
        "words": (ears.split(heard, language), ears.split(said, language)),
    }
    for unit, (got, given) in pairs.items():
        wrong = float(Levenshtein.distance(got, given))
        yield ("hearing", f"{language}{SEPARATOR}{unit}"), (len(given), wrong)
        if unit == "reading":
            right = got == given
            yield ("hearing", f"{language}{SEPARATOR}utterances"), (1, float(not right))
            yield ("hearing.release", content), (len(given), wrong)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum() or character == "ー")
