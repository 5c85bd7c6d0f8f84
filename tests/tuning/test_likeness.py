"""How alike utterances are."""

import numpy as np
import pytest

from voicebot.events import Alternative
from voicebot.tuning.cases import Case
from voicebot.tuning.likeness import Meanings, Seen, by_sound, by_subject, likeness, meanings_over
from voicebot.voice.reading import reading


def seen(text: str, subjects: dict[str, float] | None = None, entry: str = "", department: str = "") -> Seen:
    """Somebody said this."""
    case = Case(text, 1, 0, "ja", "corrected", "用件", (Alternative(text, "", 1.0),), "", entry, department)
    return Seen(case, reading(text), subjects or {})


def test_the_same_sound_is_alike_whatever_is_written() -> None:
    """個籍 sounds like 戸籍."""
    near = by_sound([reading(text) for text in ("戸籍をください", "個籍をください", "ごみの日はいつ")])
    assert near[0, 1] > 0.9
    assert near[0, 2] < 0.2


def test_what_points_to_the_same_entry_is_alike() -> None:
    """As far as both do."""
    near = by_subject([{"戸籍": 0.8, "住民票": 0.2}, {"戸籍": 0.8}, {"ごみ": 1.0}, {}])
    assert near[0, 1] == pytest.approx(0.8)
    assert near[0, 2] == near[0, 3] == 0


def test_what_staff_say_decides() -> None:
    """The same right entry is the same matter, another one is not, nor is another department."""
    near = likeness([seen("あ", entry="戸籍"), seen("ん", entry="戸籍"), seen("あ", entry="住民票")])
    assert near[0, 1] == 1
    assert near[0, 2] == 0
    near = likeness([seen("あ", department="市民課"), seen("あ", department="環境課"), seen("あ", department="市民課")])
    assert near[0, 1] == 0
    assert near[0, 2] > 0
    assert likeness([]).shape == (0, 0)


def test_meaning_counts_without_what_all_questions_have_in_common() -> None:
    """Two questions to a city are not alike because both are questions to a city."""
    vectors = {"ごみ": [0.9, 0.4, 0.0], "くず": [0.9, 0.4, 0.1], "年金": [0.9, 0.0, 0.4], "": [0.9, 0.2, 0.2]}

    def embed(texts: list[str]) -> np.ndarray:
        return np.array([vectors[text] for text in texts], np.float32)

    meanings = meanings_over(embed, [""])  # type: ignore[arg-type]
    assert isinstance(meanings, Meanings)
    near = likeness([seen("ごみ"), seen("くず"), seen("年金")], meanings)
    assert near[0, 1] > 0.35
    assert near[0, 2] < 0.15
