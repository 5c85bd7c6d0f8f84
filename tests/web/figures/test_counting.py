"""Days are counted beside the service, and words are told apart for the word error rate."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from house import open_house, service, until

from voicebot import bootstrap
from voicebot.transcripts.calls import NewCall
from voicebot.web.staff.figures import counting


def test_the_figures_follow_a_call_by_themselves(tmp_path: Path) -> None:
    """Nobody has to open a page."""
    with patch.object(counting, "LOOK_SECONDS", 0.05), open_house(service(tmp_path)) as house:
        store, now = house.service.store, house.service.now()
        call_id = store.begin_call(NewCall("CA1", None, "+815000002000", "ja"), now)
        store.end_call(call_id, now + timedelta(seconds=30), "caller")
        store.flush()
        until(lambda: store.figures.sums(now.date(), now.date(), ["calls.language"])["calls.language"])
        assert until(lambda: not store.figures.stale())


def test_words_are_those_of_the_dictionary_and_of_other_languages_what_blanks_divide() -> None:
    """Without a dictionary Japanese is compared sign by sign."""
    split = counting.splitting(bootstrap.words)
    assert split("住民票を、取りたい", "ja") == ["住民", "票", "を", "取り", "たい"]
    assert split("Drinking Water please", "en") == ["drinking", "water", "please"]
    assert counting.splitting(lambda: None)("ごみ、です", "ja") == list("ごみです")
