"""What Whisper makes up: text from silence, noise and tones, loops, echoes of its own prompt, and phantom phrases.

Pure rules over the decoder's figures and the text. Whisper was trained on subtitles and always writes something; with a
prompt for a yes-or-no question it writes はい into plain noise. The levels below are measured at 8 kHz mu-law with
Whisper base: 104 pieces of silence, noise, hum, tones, breath, music and ringing against 90 spoken by three synthetic
voices, some with noise at 15 and 8 dB (see `bench/recognition.py` for the words lost by them).
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from math import exp

NO_SPEECH_CERTAIN = 0.7
"""Probability of no speech (judged *without* prompt) at which decoding is not worth while; speech stayed below 0.43."""

NO_SPEECH_LIKELY = 0.45
"""... above which only a very sure text counts."""

NO_SPEECH_POSSIBLE = 0.33
"""... above which an unsure text does not count; noise stayed above 0.37."""

SURE, UNSURE, HOPELESS = -0.3, -0.8, -1.3
"""Mean natural logarithm of the tokens' probabilities: made up texts lay below -0.4, mostly below -0.8."""

COMPRESSION = 2.4
"""Bytes of text over its compressed bytes; above this it repeats itself (OpenAI's own threshold)."""

_LOOP = re.compile(r"(.{2,12}?)\1{3,}")

_PHANTOMS = tuple(
    re.compile(phrase)
    for phrase in (
        r"ご?(視聴|清聴).*ありがとう",
        r"チャンネル登録|高評価",
        r"次の(動画|映像)で(お会い|会い)",
        r"字幕",
        r"おやすみなさい|いただきます",
        r"thanks? (you )?for watching|subtitles|subscribe",
        r"시청해 ?주셔서|구독과 좋아요|자막",
        r"(请|請)不吝|点赞|點贊|订阅|訂閱|字幕|谢谢观看|謝謝觀看",
    )
)
"""What subtitles say where nobody speaks. Real callers say some of it too, so it falls only when Whisper is unsure."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One guess of the decoder."""

    text: str
    mean_log: float
    """Mean natural logarithm of its tokens' probabilities, the end included."""
    no_speech: float
    """Probability of no speech in this sound, without prompt."""


def made_up(decoded: Decoded, prompt: tuple[str, ...]) -> bool:
    """Whether nobody said this.

    Args:
        decoded: The guess.
        prompt: The phrases that the decoder was prompted with.
    """
    spoken = _plain(decoded.text)
    if not spoken or decoded.mean_log < HOPELESS:
        return True
    if decoded.no_speech > NO_SPEECH_LIKELY and decoded.mean_log < SURE:
        return True
    if decoded.no_speech > NO_SPEECH_POSSIBLE and decoded.mean_log < UNSURE:
        return True
    if _loops(decoded.text) and decoded.mean_log < SURE:
        return True
    unsure = decoded.mean_log < UNSURE or decoded.no_speech > NO_SPEECH_POSSIBLE
    return unsure and (_is_phantom(decoded.text) or _echoes(spoken, prompt))


def once(text: str) -> str:
    """The text with repeated sentences said once: a prompt of short answers makes 「はい。はい。」 of one はい."""
    sentences = re.findall(r"[^。.!?！？]+[。.!?！？]*|[。.!?！？]+", text)
    kept = [
        sentence
        for before, sentence in zip(["", *sentences], sentences, strict=False)
        if not _plain(sentence) or _plain(sentence) != _plain(before)
    ]
    return "".join(kept).strip()


def likelihood(mean_log: float) -> float:
    """How likely a text is right (0 to 1), from the mean logarithm of its tokens' probabilities.

    The mean probability of a token is no probability of the text. The curve is fitted to 441 texts at 8 kHz mu-law,
    three synthetic voices and ten people: of those with a mean probability near 0.35, 0.45, 0.55, 0.75, 0.85 and 0.95,
    these shares had a reading at least 85 % right: 0.07, 0.33, 0.74, 0.87, 0.89, 1.0.
    """
    return 1 / (1 + exp(-9.0 * (exp(min(0.0, mean_log)) - 0.52)))


def _loops(text: str) -> bool:
    data = text.encode()
    return len(data) / len(zlib.compress(data)) > COMPRESSION or _LOOP.search(_plain(text)) is not None


def _is_phantom(text: str) -> bool:
    lower = text.lower()
    return any(phantom.search(lower) for phantom in _PHANTOMS)


def _echoes(spoken: str, prompt: tuple[str, ...]) -> bool:
    """Whether the text runs over the border of two phrases of the prompt: no caller answers 「はい。いいえ。」."""
    phrases = [_plain(phrase) for phrase in prompt]
    return len(spoken) >= 4 and spoken in "".join(phrases) and not any(spoken in phrase for phrase in phrases)


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum() or sign == "ー")
