"""Reasons are asked of searches that can tell them."""

from voicebot.errors import VoicebotError
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.faq.reasons import Reason
from voicebot.web.staff.trying.reasoning import reasons_of

ASKED = (Alternative("ごみ", "ゴミ", 1.0),)


class Silent:
    """A search that cannot tell."""

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        return ()

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        return ()


class Telling(Silent):
    """One that can."""

    def reasons(self, alternatives: object, hits: object) -> tuple[Reason, ...]:
        return (Reason("ごみ", 1.0, None, None),)


class Broken(Silent):
    """One that breaks."""

    def reasons(self, alternatives: object, hits: object) -> tuple[Reason, ...]:
        raise VoicebotError("faq.broken", "Build the index anew.")


def test_whoever_can_tell_is_asked() -> None:
    """All others have no reasons to give."""
    assert reasons_of(Telling(), ASKED, ()) == (Reason("ごみ", 1.0, None, None),)
    assert reasons_of(Silent(), ASKED, ()) == ()
    assert reasons_of(Broken(), ASKED, ()) == ()
