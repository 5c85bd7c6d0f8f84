"""Sentences in other languages inside a Japanese prompt go to voices of those languages."""

import pytest

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.voice.mixed import MixedVoice, parts

GREETING = "みなと市役所です。For English, press 7. 한국어는 8번. ご用件をどうぞ。"


class Speaker:
    """Says each sign as one byte of its own."""

    def __init__(self, identity: str, *languages: str, broken: bool = False) -> None:
        self.identity = identity
        self._languages = languages
        self._broken = broken

    def speaks(self, language: str) -> bool:
        return language in self._languages

    def wording(self, prompt: Prompt) -> str:
        return prompt.text

    def render(self, prompt: Prompt) -> bytes:
        if self._broken:
            raise VoiceError("voice.broken", "Mend it.")
        return f"<{self.identity}:{prompt.language}:{prompt.text}:{prompt.slow}>".encode()


def said(prompt: Prompt) -> list[tuple[str, str]]:
    """Language and text of each part."""
    return [(part.language, part.text) for part in parts(prompt)]


def test_a_prompt_is_cut_where_its_language_changes() -> None:
    """In order, with nothing lost."""
    assert said(Prompt(GREETING)) == [
        ("ja", "みなと市役所です。"), ("en", "For English, press 7."), ("ko", "한국어는 8번."),
        ("ja", "ご用件をどうぞ。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["住民票です。", "Wi-Fiが使えます。", "LINEとe-Taxで。", "PayPay、d払い。", "A4の紙。", "My Number Cardの窓口"],
)
def test_names_in_latin_letters_stay_japanese(text: str) -> None:
    """Only whole sentences are another language."""
    assert said(Prompt(text)) == [("ja", text)]


def test_a_prompt_in_another_language_is_not_cut() -> None:
    """Its own voice says all of it."""
    assert said(Prompt("For English, press 7. 한국어는 8번.", "en")) == [("en", "For English, press 7. 한국어는 8번.")]


def test_each_part_is_said_by_its_voice_with_a_pause_between() -> None:
    """Slow where the prompt is slow."""
    voice = MixedVoice(Speaker("mei", "ja"), {"en": Speaker("esp", "en", "ko"), "ko": Speaker("esp", "en", "ko")})
    sound = voice.render(Prompt(GREETING, slow=True))
    pieces = [piece for piece in sound.split(b"\xff") if piece]
    speakers = [piece.decode().split(":")[:2] for piece in pieces]
    assert speakers == [["<mei", "ja"], ["<esp", "en"], ["<esp", "ko"], ["<mei", "ja"]]
    assert all(piece.endswith(b":True>") for piece in pieces)
    assert sound.count(b"\xff") == 3 * 1600


def test_the_other_voice_is_part_of_the_wording_only_where_it_speaks() -> None:
    """So that its change renders anew what it says, and nothing else."""
    old = MixedVoice(Speaker("mei", "ja"), {"en": Speaker("a", "en"), "ko": Speaker("a", "ko")})
    new = MixedVoice(Speaker("mei", "ja"), {"en": Speaker("b", "en"), "ko": Speaker("a", "ko")})
    assert old.identity == new.identity == "mei"
    assert old.wording(Prompt("住民票です。")) == new.wording(Prompt("住民票です。")) == "住民票です。"
    assert old.wording(Prompt(GREETING)) != new.wording(Prompt(GREETING))


def test_a_voice_that_fails_or_is_missing_is_left_out() -> None:
    """Whoever speaks Japanese hears their part in the voice they know."""
    for others in ({"en": Speaker("a", "en", broken=True)}, {}):
        voice = MixedVoice(Speaker("mei", "ja"), others)
        assert voice.wording(Prompt(GREETING))
        pieces = [piece.decode() for piece in voice.render(Prompt(GREETING)).split(b"\xff") if piece]
        assert pieces == ["<mei:ja:みなと市役所です。:False>", "<mei:ja:ご用件をどうぞ。:False>"]


def test_a_japanese_voice_that_fails_is_told_to_the_chain() -> None:
    """Which then lets the next one speak."""
    with pytest.raises(VoiceError):
        MixedVoice(Speaker("mei", "ja", broken=True), {"en": Speaker("a", "en")}).render(Prompt(GREETING))
