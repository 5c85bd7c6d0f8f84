"""What a department asks the caller before its telephones ring."""

import pytest
from line_world import AT, World

from voicebot.actions import LookUp, Play, Transfer
from voicebot.dialog.phrases import SCREENING
from voicebot.dialog.state import dump, restore
from voicebot.events import CallResumed, TakenOver

NAME = "お名前をお願いします。"
FACTS = {"open": True, "say": "開いています。", "closed": "message", "next": "環境課", "ask": NAME}


def asked_first(world: World) -> World:
    """The caller wants 市民課, which asks for a name first."""
    world.hears("市民課につないでください")
    world.answered(facts=FACTS)
    return world


def dialled(world: World) -> str:
    """Whom the carrier dials, when it is known that they are open and the announcement has been heard."""
    if isinstance(world.asked, LookUp):
        world.answered(facts=FACTS)
    world.spoken()
    assert isinstance(world.asked, Transfer)
    return world.asked.department


def test_what_is_answered_is_kept_and_the_telephones_ring(asked: World) -> None:
    """It is not read back, and the question stands in the record under its own name."""
    asked_first(asked)
    assert asked.words == NAME
    assert asked.play
    assert asked.play.node == SCREENING
    asked.spoken()
    asked.hears("みなと町の田中です")
    assert asked.state.values[SCREENING].said == "みなと町の田中"
    assert dialled(asked) == "市民課"
    assert asked.words == "市民課におつなぎします。このまま、少しお待ちください。"
    assert asked.state.after == "環境課"


def test_silence_leads_on_to_the_department(asked: World) -> None:
    """Without a rung of the ladder, and without an answer."""
    asked_first(asked).silence()
    assert (dialled(asked), asked.state.rung) == ("市民課", 0)
    assert SCREENING not in asked.state.values


def test_who_asks_for_a_person_instead_or_is_not_understood_is_connected_all_the_same(asked: World) -> None:
    """With the department that was asked for, and not asked twice."""
    asked_first(asked).presses("0")
    assert isinstance(asked.asked, LookUp)
    assert dict(asked.asked.arguments)["department"] == "市民課"
    asked.answered(facts=FACTS)
    assert dialled(asked) == "市民課"


def test_noise_climbs_the_ladder_to_the_same_department(asked: World) -> None:
    """Three times, and no further question."""
    asked_first(asked)
    for _ in range(3):
        asked.spoken()
        asked.hears()
    assert isinstance(asked.asked, LookUp)
    assert dict(asked.asked.arguments)["department"] == "市民課"
    asked.answered(facts=FACTS)
    assert dialled(asked) == "市民課"


def test_the_same_question_is_put_once_in_a_call_and_another_departments_own_as_well(asked: World) -> None:
    """市民課 is busy; 環境課 asks the same, or something else."""
    asked_first(asked).silence()
    dialled(asked)
    asked.answered(outcome="busy")
    before = asked.state
    asked.answered(facts=FACTS)
    assert dialled(asked) == "環境課"
    asked.state, asked.asked = before, LookUp(before.turn, "hours", {"department": "環境課"})
    asked.answered(facts=FACTS | {"ask": "お急ぎですか。"})
    assert asked.words.endswith("お急ぎですか。")
    assert "話し中" in asked.words
    asked.spoken()
    asked.hears("はい急ぎです")
    assert dialled(asked) == "環境課"
    assert asked.state.values[SCREENING].said == "はい急ぎ"


@pytest.mark.parametrize("part", ["recogniser", "voice"])
def test_whoever_cannot_be_heard_or_spoken_to_is_not_asked(asked: World, part: str) -> None:
    """And when it breaks in the middle of the question the call goes on to the department."""
    asked_first(asked).fails(part)  # type: ignore[arg-type]
    for _ in range(5):
        if isinstance(asked.asked, LookUp):
            assert dict(asked.asked.arguments)["department"] == "市民課"
            asked.answered(facts=FACTS)
        elif asked.play:
            asked.spoken()
        elif asked.wait:
            asked.silence()
    assert isinstance(asked.asked, Transfer)
    assert asked.asked.department == "市民課"


def test_a_caller_in_danger_and_one_who_is_not_understood_are_not_asked(asked: World) -> None:
    """They have said enough."""
    asked.hears("火事です")
    asked.presses("0")
    asked.answered(facts=FACTS)
    assert NAME not in asked.words


def test_an_operator_who_takes_over_and_a_line_that_breaks(asked: World) -> None:
    """The question is put once more on the new line; the state can be stored in between."""
    asked_first(asked).spoken()
    asked.state = restore(dump(asked.state))
    asked.happens(CallResumed(AT))
    assert isinstance(asked.play, Play)
    assert asked.words.endswith(NAME)
    asked.happens(TakenOver("+815000002001", "佐藤"))
    asked.spoken()
    assert isinstance(asked.asked, Transfer)
    assert asked.asked.number == "+815000002001"
