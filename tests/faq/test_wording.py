"""Words of the question, of the answer, and words that mean the same."""

from collections.abc import Sequence

from voicebot.faq.load import Entry
from voicebot.faq.wording import Wording
from voicebot.faq.words import Word

GROUPS = {"転居": (1,), "引っ越し": (1,)}
ENTRIES = (
    Entry("引っ越し 届け", (), "窓口 市民課", "市民課", ("転入",)),
    Entry("ごみ 出し方", (), "袋 集積所", "環境課"),
)


def analyse(text: str) -> Sequence[Word]:
    """Words are divided by spaces."""
    return tuple(Word(word, word, word, content=True, groups=GROUPS.get(word, ())) for word in text.split())


def test_words_of_the_question_and_keywords_are_asked_those_of_the_answer_are_told() -> None:
    """袋 stands only in the answer."""
    wording = Wording(ENTRIES, analyse)
    key, answer = wording.of({"転入": 1.0}), wording.of({"袋": 1.0})
    assert key["asked"][0] > 0.3
    assert answer["asked"][1] == 0 < answer["told"][1]


def test_a_synonym_speaks_for_an_entry_that_does_not_use_it() -> None:
    """転居 is 引っ越し."""
    found = Wording(ENTRIES, analyse).of({"転居": 1.0})
    assert found["told"].sum() == 0
    assert found["alike"][0] > found["alike"][1] == 0


def test_the_department_is_among_what_is_told() -> None:
    """環境課 is not in the answer's text."""
    assert Wording(ENTRIES, analyse).of({"環境課": 1.0})["told"][1] > 0
