"""What was tried becomes a talk that comes true."""

from collections.abc import Callable
from datetime import datetime

import yaml

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.faq.search import FaqSearch
from voicebot.tuning.golden import Act, load, run
from voicebot.tuning.session import Session, telling
from voicebot.tuning.talk import Reply, Talk
from voicebot.voice.reading import reading

Begin = Callable[..., Talk]
ACTS: dict[Act, Callable[[Talk, tuple[str, ...]], Reply]] = {
    "市民": lambda talk, words: talk.say(*words),
    "キー": lambda talk, words: talk.press(words[0]),
    "無言": lambda talk, words: talk.silence(),
    "雑音": lambda talk, words: talk.noise(),
    "伝言": lambda talk, words: talk.leave_message(),
}


def played(begin: Begin, minato: Content, *deeds: tuple[Act, tuple[str, ...]]) -> Session:
    """A conversation by night, with a telephone that nobody answers."""
    talk = begin("2026-11-25T21:00", ("no_answer",))
    session = Session(talk._now, transfers=("no_answer",))
    session.began(minato.dialog, talk.begin())
    for act, words in deeds:
        session.did(act, words, minato.dialog, ACTS[act](talk, words))
    return session


def test_a_noted_conversation_comes_true_as_a_talk(begin: Begin, minato: Content, answers: FaqSearch) -> None:
    """With keys, silence, noise, guesses, a refused recording and a message."""
    session = played(
        begin, minato, ("キー", ("9",)), ("雑音", ()), ("無言", ()), ("市民", ("市民課につないで", "市民化")),
        ("キー", ("1",)), ("伝言", ()),
    )  # fmt: skip
    written = session.talk("夜の伝言")
    text = yaml.safe_dump({"talks": [written]}, allow_unicode=True, sort_keys=False).replace(": null", ":")
    (talk,) = load((("talks/x.yaml", text),), tuple(minato.dialog.departments))
    assert (talk.name, talk.transfers, talk.at) == ("夜の伝言", ("no_answer",), session.at.replace(tzinfo=None))
    words = [line.what for line in talk.lines]
    assert {"市民", "キー", "無言", "雑音", "伝言", "応答", "録音停止", "伝言受付"} <= set(words)
    zone = minato.city.profile.zone
    assert run(talk, minato.dialog, answers, Desk(minato.city), reading, zone) is None


def test_the_sentence_that_tells_is_not_the_machines_own(minato: Content) -> None:
    """An apology is the same everywhere; only when there is nothing else it is expected."""
    sorry = minato.dialog.phrases["no_match"]["ja"]
    assert telling(minato.dialog, Reply(said=[sorry, "月曜日です。朝8時までに。"])) == "月曜日です。"
    assert telling(minato.dialog, Reply(said=[sorry])) in sorry
    assert telling(minato.dialog, Reply()) == ""


def test_a_disaster_and_another_language_are_noted(minato: Content) -> None:
    """So that the talk begins where the conversation began."""
    moment = datetime(2026, 11, 25, 10, tzinfo=minato.city.profile.zone)
    session = Session(moment, language="ko", disaster=True)
    assert session.talk("災害").items() >= {"language": "ko", "disaster": "true", "at": "2026-11-25 10:00"}.items()
