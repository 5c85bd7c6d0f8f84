"""The ear: when a turn begins and ends, and what the recogniser is given of it."""

import asyncio
from collections.abc import Awaitable, Callable

from stage import FakeRecogniser
from still_time import StillPool, now, run

from voicebot.actions import Expect, Grammar
from voicebot.call.ear import Ear
from voicebot.call.listening import Listening
from voicebot.call.tasks import Tasks
from voicebot.call.windows import Window
from voicebot.events import Event, Heard, SpeechStarted

SECONDS = 0.032
OPEN = Grammar("ja", "open", (), 0.7)
YES_NO = Grammar("ja", "yes_no", ("はい", "いいえ"), 0.5)


class Rig:
    """An ear, its recogniser, and what it reports. Windows come in real time; each holds its own number."""

    def __init__(self, *script: str, **recogniser: object) -> None:
        self.recogniser = FakeRecogniser(list(script), **recogniser)  # type: ignore[arg-type]
        self.pool = StillPool()
        self.reported: list[tuple[float, Event]] = []
        self.speaking = False
        report = lambda event: self.reported.append((round(now(), 3), event))  # noqa: E731
        self.listening = Listening(self.recogniser, self.pool, report)
        self.ear = Ear(self.listening, lambda: self.speaking, report)
        self.pushed = 0

    async def hear(self, seconds: float, probability: float) -> None:
        """So much of the caller."""
        for _ in range(round(seconds / SECONDS)):
            await asyncio.sleep(SECONDS)
            self.pushed += 1
            self.ear.push(Window(self.pushed.to_bytes(2, "little") * 256, SECONDS, probability))

    async def speech(self, seconds: float) -> None:
        await self.hear(seconds, 0.9)

    async def silence(self, seconds: float) -> None:
        await self.hear(seconds, 0.1)

    def run(self, script: Callable[["Rig"], Awaitable[None]]) -> "Rig":
        async def listen() -> None:
            tasks = Tasks()
            async with tasks:
                tasks.spawn(self.listening.run("ja"))
                await script(self)
                await self.listening.settled()

        run(listen())
        return self

    def events(self) -> list[Event]:
        return [event for _, event in self.reported]

    def windows(self, utterance: int) -> list[int]:
        """The numbers of the windows that the recogniser was given for an utterance."""
        pcm = self.recogniser.fed[utterance]
        return [int.from_bytes(pcm[at : at + 2], "little") for at in range(0, len(pcm), 512)]


def expect(turn: int, grammar: Grammar = OPEN, *, bargein: bool = True) -> Expect:
    """What is asked."""
    return Expect(turn, grammar, bargein)


def test_an_utterance_is_reported_when_it_begins_and_when_it_ends() -> None:
    """Started, then heard, both with the turn that was expected."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(3))
        await rig.silence(1)
        await rig.speech(0.96)
        await rig.silence(1)

    rig = Rig("住民票").run(script)
    assert [type(event) for event in rig.events()] == [SpeechStarted, Heard]
    started, heard = rig.events()
    assert isinstance(heard, Heard)
    assert (getattr(started, "turn", 0), heard.turn, heard.alternatives[0].text) == (3, 3, "住民票")
    assert 0.9 <= heard.speech_seconds <= 1.0
    assert rig.recogniser.grammars == [OPEN]


def test_the_recogniser_hears_what_came_before_the_speech_was_noticed() -> None:
    """Soft first consonants lie before the first loud window: about 0.3 s of them are given too, in order."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1))
        await rig.silence(0.96)  # windows 1 to 30
        await rig.speech(0.64)  # 31 to 50
        await rig.silence(0.96)

    rig = Rig("x").run(script)
    windows = rig.windows(0)
    assert 31 - 11 <= windows[0] <= 31 - 8
    assert windows == list(range(windows[0], windows[-1] + 1))
    assert windows[-1] >= 50 + round(0.7 / SECONDS) - 1


def test_speech_that_nobody_asked_for_is_not_decoded() -> None:
    """Without a question what the caller says belongs to no turn."""

    async def script(rig: Rig) -> None:
        await rig.speech(1)
        rig.ear.expect(expect(1))
        rig.ear.ignore()
        await rig.speech(1)
        await rig.silence(1)

    assert Rig("x").run(script).events() == []


def test_over_a_prompt_more_speech_is_needed() -> None:
    """A short sound that starts a turn in silence does not interrupt a prompt; 0.3 s do."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1))
        rig.speaking = True
        await rig.speech(0.224)
        await rig.silence(0.5)
        assert rig.events() == []
        await rig.speech(0.352)
        assert rig.events() == [SpeechStarted(1)]

    Rig("x").run(script)


def test_a_prompt_that_must_be_heard_is_not_interrupted_by_speech() -> None:
    """`bargein=False`: nothing is heard while it is under way, even before its first sound; afterwards everything."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1, bargein=False))
        rig.speaking = True
        await rig.speech(2)
        assert rig.events() == []
        rig.speaking = False
        await rig.speech(0.5)
        await rig.silence(1)

    rig = Rig("x").run(script)
    assert [type(event) for event in rig.events()] == [SpeechStarted, Heard]


def test_speech_that_outlasts_the_question_belongs_to_the_old_turn() -> None:
    """A key moved the dialog on: the words so far are reported for the old turn, what follows for the new one."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1))
        await rig.speech(0.96)
        rig.ear.ignore()
        rig.ear.expect(expect(2, YES_NO))
        await rig.speech(0.64)
        await rig.silence(1)

    rig = Rig("もしもし", "はい").run(script)
    heard = [event for event in rig.events() if isinstance(event, Heard)]
    assert [(each.turn, each.alternatives[0].text) for each in heard] == [(1, "もしもし"), (2, "はい")]
    assert rig.recogniser.grammars == [OPEN, YES_NO]


def test_a_pause_is_decoded_early_and_the_words_are_there_at_once() -> None:
    """A slow engine is tried after 0.3 s of silence: when the caller has finished, nobody waits for it."""

    async def script(rig: Rig) -> None:
        rig.pool.slow["finish"] = 0.35
        rig.ear.expect(expect(1))
        await rig.speech(0.96)
        await rig.silence(1)

    rig = Rig("住民票", deferred=True).run(script)
    heard = rig.events()[-1]
    assert isinstance(heard, Heard)
    assert heard.alternatives[0].text == "住民票"
    assert heard.decode_seconds == 0.0
    assert len(rig.recogniser.fed) == 1


def test_the_wait_for_an_engine_is_counted_from_the_end_of_the_turn() -> None:
    """An early decoding that is not ready in time is waited for, and that wait is what is reported."""

    async def script(rig: Rig) -> None:
        rig.pool.slow["finish"] = 2.0
        rig.ear.expect(expect(1))
        await rig.speech(0.96)
        await rig.silence(1)

    heard = Rig("住民票", deferred=True).run(script).events()[-1]
    assert isinstance(heard, Heard)
    assert 1.5 <= heard.decode_seconds <= 1.7


def test_who_speaks_on_makes_the_early_decoding_void() -> None:
    """The engine is given the whole utterance again, and only its last words count."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1))
        await rig.speech(0.96)
        await rig.silence(0.48)
        await rig.speech(0.96)
        await rig.silence(1)

    rig = Rig("住民票の", "住民票の写し", deferred=True).run(script)
    heard = [event for event in rig.events() if isinstance(event, Heard)]
    assert [each.alternatives[0].text for each in heard] == ["住民票の写し"]
    first, second = rig.windows(0), rig.windows(1)
    assert second[: len(first)] == first
    assert second == list(range(second[0], second[-1] + 1))


def test_a_pause_that_is_over_before_its_turn_comes_is_not_decoded() -> None:
    """While the engine is busy the caller goes on: a decoding that is void already is not begun."""

    async def script(rig: Rig) -> None:
        rig.pool.slow["feed"] = 1.5
        rig.ear.expect(expect(1))
        await rig.speech(0.96)
        await rig.silence(0.4)
        await rig.speech(0.96)
        await rig.silence(1)

    rig = Rig("住民票", deferred=True).run(script)
    assert rig.pool.begun.count("finish") == 1


def test_a_whole_answer_needs_less_silence() -> None:
    """Once the words so far are one of the choices, 0.3 s of silence end the turn."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1, Grammar("ja", "yes_no", ("はい",), 1.5)))
        await rig.speech(0.64)
        await rig.silence(0.35)
        assert [type(event) for event in rig.events()] == [SpeechStarted, Heard]

    Rig("はい", partials=["はい"]).run(script)


def test_a_whole_sentence_that_was_decoded_in_the_pause_ends_the_turn_sooner() -> None:
    """0.5 s instead of 0.7 when an engine that decodes at the end has found a question, as soon as it has."""

    def rig_of(words: str, decode_seconds: float) -> tuple[Rig, float]:
        ended = 0.0

        async def script(rig: Rig) -> None:
            nonlocal ended
            rig.pool.slow["finish"] = decode_seconds
            rig.ear.expect(expect(1))
            await rig.speech(0.96)
            ended = now()
            await rig.silence(1)

        return Rig(words, deferred=True).run(script), ended

    waits = []
    for words, decode_seconds in (
        ("どこで取れますか。", 0.1), ("どこで取れますか。", 0.38), ("住民票を取りたいのですが", 0.1), ("住民票", 0.1),
    ):  # fmt: skip
        rig, ended = rig_of(words, decode_seconds)
        (at,) = [at for at, event in rig.reported if isinstance(event, Heard)]
        waits.append(at - ended)
        assert rig.pool.begun.count("finish") == 1
    whole, decoded_late, open_end, noun = waits
    assert 0.5 <= whole < 0.55
    assert 0.58 <= decoded_late < 0.66
    assert 0.7 <= open_end < 0.75
    assert 0.7 <= noun < 0.75


def test_a_caller_who_speaks_on_after_a_whole_sentence_is_not_cut_off_by_it() -> None:
    """The early words are void as soon as there is more; the next pause is judged by all that was said."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1))
        await rig.speech(0.96)
        await rig.silence(0.4)
        await rig.speech(0.96)
        await rig.silence(0.64)
        assert [type(event) for event in rig.events()] == [SpeechStarted]
        await rig.silence(0.5)

    rig = Rig("ごみを捨てます。", "ごみを捨てますが曜日が", deferred=True).run(script)
    (heard,) = [event for event in rig.events() if isinstance(event, Heard)]
    assert heard.alternatives[0].text == "ごみを捨てますが曜日が"


def test_the_words_of_one_utterance_do_not_shorten_the_next() -> None:
    """The caller is told nothing by the old partial text when the next utterance begins."""

    async def script(rig: Rig) -> None:
        rig.ear.expect(expect(1, Grammar("ja", "yes_no", ("はい",), 1.5)))
        await rig.speech(0.64)
        await rig.silence(0.35)
        rig.recogniser.partials = []
        rig.ear.expect(expect(2, Grammar("ja", "yes_no", ("はい",), 1.5)))
        await rig.speech(0.64)
        await rig.silence(0.9)
        assert [type(event) for event in rig.events()] == [SpeechStarted, Heard, SpeechStarted]
        await rig.silence(0.9)

    Rig("はい", "はい", partials=["はい"]).run(script)


def test_settled_waits_for_the_last_words() -> None:
    """A call that is over still learns what was said last."""

    async def script(rig: Rig) -> None:
        rig.pool.slow["finish"] = 1.0
        rig.ear.expect(expect(1))
        await rig.speech(0.96)
        rig.ear.cut()
        await rig.listening.settled()
        assert isinstance(rig.events()[-1], Heard)

    Rig("もしもし").run(script)
