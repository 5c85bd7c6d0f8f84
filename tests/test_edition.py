"""Calls keep the content they began with, as long as it is remembered."""

from dataclasses import replace

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.edition import MOST_EARLIER, Earlier, Edition
from voicebot.faq.search import FaqSearch
from voicebot.voice.reading import reading


def test_earlier_editions_are_found_by_their_content_and_the_oldest_are_forgotten(minato: Content) -> None:
    """One that is kept again counts as new."""
    desk, answers = Desk(minato.city), FaqSearch((), reading)

    def edition(number: int) -> Edition:
        return Edition(replace(minato, fingerprint=str(number)), answers, desk, desk)

    earlier = Earlier()
    for number in range(MOST_EARLIER):
        earlier.keep(edition(number))
    earlier.keep(edition(0))
    earlier.keep(edition(99))
    assert earlier.of("1") is None
    for number in (0, 2, 99):
        found = earlier.of(str(number))
        assert found is not None
        assert found.content.fingerprint == str(number)
    assert earlier.of("") is None
