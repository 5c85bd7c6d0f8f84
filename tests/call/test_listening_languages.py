"""A conversation may change its language: it is then heard by a recogniser of that language."""

from collections.abc import Awaitable, Callable

import pytest
from stage import FakeRecogniser
from still_time import StillPool, run

from voicebot.actions import Grammar
from voicebot.call.listening import Listening
from voicebot.call.tasks import Tasks
from voicebot.errors import RecogniserError
from voicebot.events import Event, Heard, PartFailed


class Polyglot:
    """The port `Recognisers`: one for each language it knows, that says which language it heard."""

    def __init__(self, *languages: str) -> None:
        self.known = {language: FakeRecogniser([language] * 9) for language in languages}
        self.opened: list[str] = []

    def open(self, language: str) -> FakeRecogniser:
        self.opened.append(language)
        if language not in self.known:
            raise RecogniserError("recogniser.no_language", "Install a model.")
        return self.known[language].open(language)


def listen(recognisers: Polyglot, script: Callable[[Listening], Awaitable[None]]) -> list[Event]:
    """What is reported of a conversation that begins in Japanese."""
    reported: list[Event] = []

    async def work() -> None:
        listening = Listening(recognisers, StillPool(), reported.append)
        async with Tasks() as tasks:
            tasks.spawn(listening.run("ja"))
            await script(listening)

    run(work())
    return reported


def utter(listening: Listening, turn: int, language: str) -> None:
    """One utterance, which the conversation expects in this language."""
    listening.begin(Grammar(language, "open"))
    listening.hear(b"\1\0" * 256)
    listening.end(turn, 0.5)


def test_each_utterance_is_heard_in_the_language_that_is_expected() -> None:
    """There and back; what is no longer needed is closed."""
    recognisers = Polyglot("ja", "en")

    async def script(listening: Listening) -> None:
        for turn, language in enumerate(("ja", "ja", "en", "en", "ja")):
            utter(listening, turn, language)
        await listening.settled()

    heard = [event for event in listen(recognisers, script) if isinstance(event, Heard)]
    assert [(event.turn, event.alternatives[0].text) for event in heard] == [
        (0, "ja"), (1, "ja"), (2, "en"), (3, "en"), (4, "ja"),
    ]  # fmt: skip
    assert recognisers.opened == ["ja", "en", "ja"]
    assert [recogniser.closed for recogniser in recognisers.known.values()] == [2, 1]


def test_an_utterance_that_was_given_up_does_not_hold_the_old_language() -> None:
    """The caller pressed a key while speaking."""
    recognisers = Polyglot("ja", "en")

    async def script(listening: Listening) -> None:
        listening.begin(Grammar("ja", "open"))
        listening.hear(b"\1\0" * 256)
        utter(listening, 1, "en")
        await listening.settled()

    (heard,) = (event for event in listen(recognisers, script) if isinstance(event, Heard))
    assert heard.alternatives[0].text == "en"
    assert len(recognisers.known["en"].fed) == 1


def test_a_language_that_no_engine_hears_leaves_the_keys() -> None:
    """Told once, with the cause."""
    recognisers = Polyglot("ja")

    async def script(listening: Listening) -> None:
        utter(listening, 1, "ja")
        utter(listening, 2, "ko")
        await listening.settled()
        assert listening.deaf

    *_, failed = listen(recognisers, script)
    assert failed == PartFailed("recogniser", "recogniser.no_language")
    assert recognisers.known["ja"].closed == 1


@pytest.mark.parametrize("again", [1, 3])
def test_staying_in_a_language_opens_nothing_anew(again: int) -> None:
    """However often something is said."""
    recognisers = Polyglot("ja")

    async def script(listening: Listening) -> None:
        for turn in range(again):
            utter(listening, turn, "ja")
        await listening.settled()

    assert len(listen(recognisers, script)) == again
    assert recognisers.opened == ["ja"]
