"""What callers wait for, in whole simulated calls: `python -m bench.calls [--quick] [first|replies|dial|load ...]`.

Real: the service in a process of its own, its signatures, socket, speech detection, Whisper, search, voice, store. The
carrier is the simulator, in real time, on the loopback: a real line adds its own delay. Residents speak with a voice
that is not the bot's. Without a name everything is measured.

- `first`: from the media stream's beginning to the first sound.
- `replies`: from the end of a resident's words (their last loud 20 ms) to the first sound of the reply; open questions,
  each of which interrupts the answer before, and choices. Over an answer also: from the first loud 20 ms of the
  resident to the service's `clear`, and to silence.
- `dial`: from the end of the last prompt (its mark; and its last loud 20 ms) to the carrier's `<Dial>`, and from the
  moment when somebody picks up to the sound that tells them what it is about; the first call after a start by itself.
- `load`: several callers at once, who go on asking: their wait, cores and memory of the service.
"""

import asyncio
import hashlib
import os
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bench.service import PUBLIC, ROOT, TOKEN, Running, running
from voicebot import bootstrap
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.callee import Callee
from voicebot.simulator.carrier import Carrier
from voicebot.simulator.handset import through_handset
from voicebot.simulator.resident import HangUp, Interrupt, Press, Resident, Say, Silence, Step, WaitForPrompt
from voicebot.simulator.timeline import Entry

SOUNDS = ROOT / "var" / "bench" / "sounds"
QUESTIONS = ROOT / "bench" / "questions.txt"
CHOICES = ("そのほか", "水道と道路", "戻る", "子育てと学校", "戻る", "そのほか", "職員や伝言")
"""Through the menus behind key 5; 戻る works everywhere."""
A_CALL = 4
"""Questions a resident asks before hanging up."""
LISTENS_SECONDS = 2.0
"""Of an answer, before the next question."""
OPERATOR = Callee(ring_seconds=0.2, talk_seconds=0.5)
LOADS = (1, 2, 4, 6, 8)


@dataclass(slots=True)
class Waits:
    """What was measured, in seconds."""

    first: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)
    interrupted: list[float] = field(default_factory=list)
    silenced: list[float] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """The words that were said, in order."""
    unanswered: int = 0
    """Words that were followed by no sound before the next words."""
    talked_over: int = 0
    """Replies that began before the resident had finished."""
    violations: int = 0
    late: float = 0.0
    """How far the simulator itself fell behind; no figure is more certain than this."""

    def add(self, report: CallReport) -> None:
        """What a call tells."""
        if report.first_sound_seconds is not None:
            self.first.append(report.first_sound_seconds)
        self.violations += len(report.violations) + len(report.errors)
        self.late = max(self.late, report.late_seconds)
        said = [entry for entry in report.entries if entry.kind == "resident" and entry.text]
        self.asked += [entry.text.strip("「」") for entry in said]
        for index, entry in enumerate(said):
            until = said[index + 1].seconds if index + 1 < len(said) else report.seconds
            self._reply(report.entries, entry, until)
            self._interruption(report.entries, entry)

    def _reply(self, entries: Sequence[Entry], said: Entry, until: float) -> None:
        assert said.until is not None
        # A sound that begins with the words is the interrupted answer's; one that begins within them talks over them.
        begun = [each.seconds for each in entries if each.kind == "bot" and said.seconds + 0.6 < each.seconds < until]
        if not begun:
            self.unanswered += 1
        elif begun[0] < said.until:
            self.talked_over += 1
        else:
            self.replies.append(begun[0] - said.until)

    def _interruption(self, entries: Sequence[Entry], said: Entry) -> None:
        over = [each for each in entries if each.kind == "bot" and each.seconds < said.seconds < (each.until or 0)]
        if over and over[0].until is not None:
            self.silenced.append(over[0].until - said.seconds)
            cleared = [each.seconds for each in entries if each.kind == "clear" and each.seconds > said.seconds]
            self.interrupted += [cleared[0] - said.seconds] if cleared else []


@dataclass(frozen=True, slots=True)
class Bench:
    """A running service and residents who call it."""

    service: Running
    speak: Callable[[str], bytes]

    async def call(self, steps: Iterable[Step]) -> CallReport:
        """One call to its end."""
        carrier = Carrier(self.service.base_url, TOKEN, PUBLIC)
        return await carrier.call(Resident(tuple(steps)), dial_script=[OPERATOR])

    def asking(self, questions: Sequence[str]) -> list[Step]:
        """After the greeting one question after the other; each interrupts the answer before."""
        first, *others = questions
        steps: list[Step] = [WaitForPrompt(at_most_seconds=60), Say(first, self.speak(first))]
        steps += [Interrupt(LISTENS_SECONDS, words, self.speak(words), 10) for words in others]
        return [*steps, Silence(4), HangUp()]

    def choosing(self) -> list[Step]:
        """Through the menus by voice, each prompt heard to its end."""
        steps: list[Step] = [Silence(1.5), Press("5")]
        for words in CHOICES:
            steps += [WaitForPrompt(at_most_seconds=60), Say(words, self.speak(words))]
        return [*steps, Silence(3), HangUp()]

    async def all_of(self, questions: Sequence[str]) -> Waits:
        """Every question once, one call after the other; a call that is connected with a person ends early."""
        waits, left = Waits(), list(questions)
        while left:
            before = len(waits.asked)
            waits.add(await self.call(self.asking(left[:A_CALL])))
            left = left[max(1, len(waits.asked) - before) :]
        return waits


def spoken(words: str) -> bytes:
    """A resident's words through a handset, kept between runs."""
    name = hashlib.sha256(words.encode()).hexdigest()[:16]
    path = SOUNDS / f"resident-{name}.ulaw"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(through_handset(bootstrap.resident_voice(ROOT / "var" / "models")(words)))
    return path.read_bytes()


def first(bench: Bench, quick: bool) -> None:
    """The greeting's first sound."""
    waits = Waits()
    for _ in range(3 if quick else 20):
        waits.add(asyncio.run(bench.call([Silence(2), HangUp()])))
    _print("first sound after the start", waits.first, waits)


def replies(bench: Bench, quick: bool) -> None:
    """Open questions, interruptions, choices."""
    asked = asyncio.run(bench.all_of(_questions()[: 4 if quick else None]))
    _print("open question", asked.replies, asked)
    _print("interruption, to `clear`", asked.interrupted, asked)
    _print("interruption, to silence", asked.silenced, asked)
    chosen = Waits()
    for _ in range(1 if quick else 5):
        chosen.add(asyncio.run(bench.call(bench.choosing())))
    _print("choice", chosen.replies, chosen)


def dial(bench: Bench, quick: bool) -> None:
    """Key 0 in the greeting: the announcement is heard, the carrier dials, who picks up is told what it is about."""
    waits, silent, heard, told = Waits(), [], [], []
    for _ in range(3 if quick else 21):
        report = asyncio.run(bench.call([Silence(1.5), Press("0"), Silence(30)]))
        waits.add(report)
        dialled = next((each.seconds for each in report.entries if each.kind == "dial"), None)
        if dialled is None:
            continue
        before = [each for each in report.entries if each.seconds < dialled]
        silent.append(dialled - max(each.until for each in before if each.kind == "bot" and each.until))
        heard.append(dialled - max(each.seconds for each in before if each.kind == "mark"))
        picked = [each.seconds for each in report.entries if each.kind == "dial" and each.text == "in-progress"]
        fetched = [each.seconds for each in report.entries if each.kind == "webhook" and "/sound/whisper" in each.text]
        told += [fetched[0] - picked[0]] if picked and fetched else []
    for what, first in (("the first after a start: ", True), ("", False)):
        for name, found in (
            ("last loud sound to <Dial>", silent), ("end of the last prompt to <Dial>", heard),
            ("picked up to the whisper's sound", told),
        ):  # fmt: skip
            _print(f"{what}{name}", found[:1] if first else found[1:], waits)


def load(bench: Bench, quick: bool) -> None:
    """Several residents who go on asking."""
    for callers in LOADS[: 2 if quick else None]:
        asyncio.run(_load(bench, callers))


async def _load(bench: Bench, callers: int) -> None:
    waits, questions = Waits(), _questions()
    most, begun, cpu, own = 0.0, asyncio.get_running_loop().time(), bench.service.cpu_seconds, sum(os.times()[:2])

    async def resident(number: int) -> None:
        await asyncio.sleep(1.3 * number)  # nobody calls at the same instant
        chosen = [questions[(A_CALL * number + place) % len(questions)] for place in range(A_CALL)]
        waits.add(await bench.call(bench.asking(chosen)))

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, bench.service.megabytes)
            await asyncio.sleep(0.5)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(resident(number) for number in range(callers)))
    watching.cancel()
    took = asyncio.get_running_loop().time() - begun
    cores, ours = (bench.service.cpu_seconds - cpu) / took, (sum(os.times()[:2]) - own) / took
    _print(f"{callers} at once: {cores:.2f} cores, {most:.0f} MB (callers {ours:.2f} cores)", waits.replies, waits)


def _questions() -> list[str]:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _print(what: str, seconds: Sequence[float], waits: Waits) -> None:
    ranked = sorted(seconds)
    slow = ranked[min(len(ranked) - 1, round(0.95 * (len(ranked) - 1)))] if ranked else float("nan")
    middle = statistics.median(ranked) if ranked else float("nan")
    print(
        f"{what:60} n {len(ranked):3}  median {middle:5.2f}  95 % {slow:5.2f}  "
        f"unanswered {waits.unanswered} talked over {waits.talked_over} faults {waits.violations} "
        f"late {waits.late:.2f}  load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main() -> None:
    """Print the lines."""
    subjects = {"first": first, "replies": replies, "dial": dial, "load": load}
    named = [name for name in sys.argv[1:] if name in subjects] or list(subjects)
    quick = "--quick" in sys.argv[1:]
    for words in (*_questions(), *CHOICES):
        spoken(words)
    with running() as service:
        for name in named:
            subjects[name](Bench(service, spoken), quick)


if __name__ == "__main__":
    main()
