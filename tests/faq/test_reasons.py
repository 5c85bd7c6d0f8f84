"""Why an entry was found, in three families of evidence."""

from voicebot.content import Content
from voicebot.events import Alternative
from voicebot.faq.search import FaqSearch
from voicebot.retrieval.sudachi import SudachiWords
from voicebot.voice.reading import reading


def asked(text: str) -> tuple[Alternative, ...]:
    """One guess."""
    return (Alternative(text, reading(text, "ja"), 1.0),)


def test_each_hit_has_its_reasons_in_order(minato: Content) -> None:
    """What was asked word by word sounds and reads the same."""
    search = FaqSearch(minato.entries, reading, SudachiWords())
    question = asked(minato.entries[3].question)
    hits = search.search(question, "ja")
    found = search.reasons(question, hits)
    assert [reason.entry for reason in found] == [hit.entry for hit in hits]
    assert found[0].sound is not None
    assert found[0].words is not None
    assert found[0].meaning is None
    assert found[0].sound > 0.9
    assert all(0.0 <= (value or 0.0) <= 1.0 for reason in found for value in (reason.sound, reason.words))


def test_a_search_by_sound_has_no_other_reasons(minato: Content) -> None:
    """And without words there are none at all."""
    search = FaqSearch(minato.entries[:5], reading)
    question = asked(minato.entries[0].question)
    (first, *_) = search.reasons(question, search.search(question, "ja"))
    assert (first.words, first.meaning) == (None, None)
    assert search.reasons((), search.search(question, "ja")) == ()
    assert FaqSearch((), reading).reasons(question, ()) == ()
