"""From what callers said to words that staff can write down."""

import numpy as np
import pytest

from voicebot import bootstrap
from voicebot.events import Alternative
from voicebot.tuning.cases import Case
from voicebot.tuning.wordings import (
    called,
    commonest,
    missed_words,
    nouns,
    other_wordings,
    spokesman,
    tidy,
    written,
)


def case(heard: str, said: str = "", confidence: float = 0.8, reading: str = "") -> Case:
    """Somebody said this."""
    return Case("c", 1, 0, "ja", "not_understood", "用件", (Alternative(heard, reading, confidence),), said)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("水道局につないでください", "水道局"),
        ("すみません、教育委員会に回してもらえますか", "教育委員会"),
        ("土木課お願いします。", "土木課"),
        ("土木課の人に代わってもらえますか", "土木課"),
        ("そちら水道局さんですか、つないでください", "水道局"),
        ("社会保険に変わったんですけど届けはいりますか", ""),
        ("アシナガバチの駆除をお願いしたい", ""),
        ("粗大ごみをお願いします", ""),
        ("ごみの日はいつですか", ""),
        ("お願いします", ""),
    ],
)
def test_what_a_department_is_called(text: str, name: str) -> None:
    """Only by who wants to be connected."""
    assert called(text) == name


def test_a_way_of_asking_is_tidy_and_tells_nothing_personal() -> None:
    """No hesitation, no last stop; too long or with something hidden it is not written down at all."""
    assert tidy("えーと、ソファーを引き取ってほしいんですけど。") == "ソファーを引き取ってほしい"
    assert written("ごみの、日。") == "ごみの日"
    assert written("[氏名]ですが、ごみの日") == ""
    assert written("あ" * 50) == ""
    assert written("ん") == ""


def test_who_was_listened_to_speaks_for_the_others() -> None:
    """Else the one that is most like the others and was surely heard."""
    near = np.array([[1, 0.9, 0.8], [0.9, 1, 0.7], [0.8, 0.7, 1]], np.float32)
    assert spokesman([case("一"), case("二"), case("三")], near) == 0
    assert spokesman([case("一", confidence=0.1), case("二"), case("三")], near) == 1
    assert spokesman([case("一"), case("二"), case("三", "さん")], near) == 2


def test_further_wordings_differ_from_one_another() -> None:
    """The same with another ending tells nothing new."""
    texts = ["タンスを捨てたい", "タンスを捨てたいんです", "ソファーの引き取り", "机を運んで"]
    assert other_wordings(texts, "たんすを捨てる", 2) == ("タンスを捨てたい", "ソファーの引き取り")
    assert commonest(["", "水道局", "土木課", "水道局"]) == "水道局"
    assert commonest(["", ""]) == ""


def test_words_that_the_recogniser_missed_are_found() -> None:
    """Terms only, none that some guess holds by spelling or by sound, none that are expected already."""
    analyse = bootstrap.words()
    assert analyse is not None
    one = case("長子の証明をください", "所得証明をください", reading="チョーシノショーメーオクダサイ")
    (missed,) = missed_words(one, analyse, frozenset())
    assert missed.word == "所得証明"
    assert missed.heard
    assert missed_words(one, analyse, {"所得証明"}) == ()
    assert missed_words(case("所得証明を"), analyse, frozenset()) == ()
    same = case("書得証明をください", "所得証明をください", reading="ショトクショーメーオクダサイ")
    assert missed_words(same, analyse, frozenset()) == ()
    assert [word for word, _ in nouns("所得証明を一枚ください", analyse)][:1] == ["所得証明"]
