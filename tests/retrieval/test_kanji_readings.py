"""The table of kanji and their readings that comes with voicebot."""

import re

from voicebot.retrieval.kanji_readings import readings


def test_every_line_is_a_kanji_and_its_readings() -> None:
    """Nothing else; and the readings that no word of one kanji has are there."""
    table = readings()
    assert len(table) > 2700
    assert all(len(kanji) == 1 and found for kanji, found in table.items())
    assert all(re.fullmatch("[ァ-ヴー]+", each) for found in table.values() for each in found)
    assert "ホウ" in table["豊"]
    assert "ニン" in table["妊"]
