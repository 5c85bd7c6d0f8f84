"""Conversations without a telephone go like those on one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.dialog.tree import SayNode
from voicebot.errors import VoicebotError
from voicebot.events import Alternative, FaqHit, Json
from voicebot.faq.search import FaqSearch
from voicebot.tuning.talk import Talk
from voicebot.voice.reading import reading

Begin = Callable[..., Talk]
NIGHT = "2026-11-25T21:00"


def test_a_question_is_answered_with_the_hits_that_led_to_it(begin: Begin) -> None:
    """The opening, the answer, the goodbye."""
    talk = begin()
    opening = talk.begin()
    assert opening.said[0].startswith("みなと市役所")
    reply = talk.say("住民票がほしい")
    assert reply.hits[0].question == "住民票の写しはどこで取れますか"
    assert reply.text.startswith(reply.hits[0].answer)
    assert talk.silence().ended


def test_several_texts_are_the_recognisers_guesses(begin: Begin) -> None:
    """A later one can decide."""
    talk = begin()
    talk.begin()
    assert talk.say("むにゃむにゃ", "住民票がほしい").hits[0].question == "住民票の写しはどこで取れますか"


def test_transfers_end_as_ordered_and_then_succeed(begin: Begin) -> None:
    """Every department that was dialled is known, the last one by itself too."""
    talk = begin(transfers=("busy", "no_answer"))
    talk.begin()
    reply = talk.say("市民課につないでください")
    assert reply.dialled == ["市民課", "総合案内", "守衛室"]
    assert reply.transfer == "守衛室"
    assert reply.ended
    assert begin().begin().transfer == ""


def test_the_moment_decides_what_is_open(begin: Begin) -> None:
    """At night a message is taken."""
    talk = begin(NIGHT)
    talk.begin()
    assert not talk.say("市民課").dialled
    assert talk.press("1").message
    reply = talk.leave_message()
    assert reply.text.startswith("ご伝言が録れました。聞き直すときは、1番。")
    assert "ご伝言をお預かりしました。市民課の者が" in reply.text
    assert reply.ended


def test_a_message_may_be_empty_or_ended_by_a_key(begin: Begin) -> None:
    """As on the telephone."""
    talk = begin(NIGHT)
    talk.begin()
    talk.say("市民課")
    talk.silence()
    assert talk.silence().text.startswith("お声が入っていませんでした。")
    assert not talk.press("#").ended
    assert talk.press("3").ended


def test_keys_are_pressed_one_after_the_other(begin: Begin) -> None:
    """Faster than the prompts, as practised callers do."""
    talk = begin()
    talk.begin()
    assert talk.press("52").said[-1].startswith("ごみのご案内です。")


def test_noise_and_refusals_are_seen(begin: Begin) -> None:
    """Sound without words climbs; the recording is stopped."""
    talk = begin()
    talk.begin()
    assert "うまく聞き取れませんでした" in talk.noise().text
    assert talk.press("9").refused_recording


class Broken:
    """A search or a desk that does not work."""

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        raise VoicebotError("faq.broken", "Build the index again.")

    def look_up(self, what: str, arguments: Mapping[str, str], now: datetime) -> Mapping[str, Json]:
        raise VoicebotError("city.broken", "Mend the city's files.")


def test_broken_parts_lead_to_a_person_as_in_a_call(begin: Begin) -> None:
    """The conversation goes on without them."""
    talk = begin(search=Broken())
    talk.begin()
    reply = talk.say("住民票がほしい")
    assert "お調べすることができません" in reply.text
    assert reply.transfer == "総合案内"


def test_a_broken_desk_leads_to_the_duty_desk(minato: Content, answers: FaqSearch) -> None:
    """Whatever the hours."""
    talk = Talk(minato.dialog, answers, Broken(), reading, datetime(2026, 11, 25, tzinfo=minato.city.profile.zone))
    talk.begin()
    assert talk.press("0").transfer == "守衛室"


def test_a_dialog_that_talks_to_itself_is_stopped(minato: Content, answers: FaqSearch) -> None:
    """`load` refuses such a dialog; a mistake of ours must not hang the terminal."""
    circle = {name: SayNode({"ja": f"{name}。"}, goto, interruptible=False) for name, goto in ("甲乙", "乙甲")}
    dialog = replace(minato.dialog, start="甲", nodes=circle)
    talk = Talk(dialog, answers, Broken(), reading, datetime(2026, 11, 25, tzinfo=minato.city.profile.zone))
    with pytest.raises(VoicebotError, match="voicebot check"):
        talk.begin()


def test_a_watcher_sees_events_before_and_orders_after_they_are_stepped(minato: Content, answers: FaqSearch) -> None:
    """So what was near to the words can be told from where the conversation stood."""
    now = datetime(2026, 11, 25, 10, tzinfo=minato.city.profile.zone)
    told: list[tuple[str, str]] = []
    talk = Talk(minato.dialog, answers, Desk(minato.city), reading, now,
                watch=lambda record: told.append((type(record).__name__, talk.state.phase)))  # fmt: skip
    talk.begin()
    assert told[0] == ("CallStarted", "new")
    assert ("Play", "notice") in told
    del told[:]
    talk.press("0")
    assert told[0] == ("DigitPressed", "asking")
    assert "Transfer" in [name for name, _ in told]


def test_a_held_transfer_waits_to_be_told_how_it_ends(minato: Content, answers: FaqSearch) -> None:
    """Only the ends that are given beforehand come by themselves."""
    now = datetime(2026, 11, 25, 10, tzinfo=minato.city.profile.zone)
    talk = Talk(minato.dialog, answers, Desk(minato.city), reading, now, ("busy",), held=True)
    talk.begin()
    talk.press("0")
    assert talk.state.phase == "transferring"
    assert len(talk.state.tried) == 1
    reply = talk.transferred("connected")
    assert (talk.state.phase, reply.dialled) == ("ended", [])
