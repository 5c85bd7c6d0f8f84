"""Patience and thresholds of a line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Patience and thresholds of a city's line. Seconds, and confidences from 0 to 1."""

    no_input_seconds: float = 7.0
    max_speech_seconds: float = 25.0
    message_seconds: float = 120.0
    message_silence_seconds: float = 5.0
    call_seconds: float = 900.0
    answer_confidence: float = 0.80
    confirm_confidence: float = 0.60
    offer_confidence: float = 0.45
    choice_confidence: float = 0.80
    choice_confirm_confidence: float = 0.62
