"""The scripted recogniser hears its script, as a typed conversation needs it."""

from voicebot.actions import Grammar
from voicebot.events import Alternative
from voicebot.recogniser.scripted import ScriptedRecogniser


def upper(text: str, language: str) -> str:
    """A reading that can be told from the text."""
    return f"{language}:{text.upper()}"


def test_texts_are_heard_in_order_and_then_nothing() -> None:
    """A text is certain, and its reading is filled in."""
    recogniser = ScriptedRecogniser("en", upper, ["yes", "no"])
    assert recogniser.feed(bytes(320)) == "yes"
    assert recogniser.finish() == (Alternative("yes", "en:YES", 1.0),)
    assert recogniser.finish() == (Alternative("no", "en:NO", 1.0),)
    assert recogniser.feed(bytes(320)) == ""
    assert recogniser.finish() == ()
    assert recogniser.fed == 320


def test_prepared_alternatives_come_back_as_they_are() -> None:
    """Doubtful hearing, and sound without words, can be played too."""
    doubtful = (Alternative("a", "A", 0.4), Alternative("b", "B", 0.3))
    recogniser = ScriptedRecogniser("en", upper, [doubtful, ()])
    assert recogniser.feed(b"") == "a"
    assert recogniser.finish() == doubtful
    assert recogniser.feed(b"") == ""
    assert recogniser.finish() == ()


def test_more_can_be_said_while_it_runs() -> None:
    """Typed text arrives later than the recogniser is made; `close` forgets the rest."""
    recogniser = ScriptedRecogniser("en", upper)
    recogniser.say("hello")
    recogniser.expect(Grammar("en", "open"))
    assert recogniser.finish()[0].text == "hello"
    assert recogniser.expected == [Grammar("en", "open")]
    recogniser.say("again")
    recogniser.close()
    assert recogniser.finish() == ()
