"""Recognition with Whisper (CTranslate2): many languages, no words before the caller has finished.

One model is shared by all calls and used by several threads at once. This module must not know which model is
installed where, nor when a turn ends.

Whisper's encoder always hears 30 seconds; CTranslate2's takes shorter windows, and a caller's sentence needs no more
than itself and some silence behind it. That is the biggest lever on delay: with 3 seconds of silence behind, 8 kHz
mu-law sentences of 4 seconds were heard as well as in the full window, in 0.33 instead of 1.06 s.

An open question is heard twice: once at once and without prompt, then with those of the question's words in the prompt
that the first hearing sounds like.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock

import ctranslate2
import numpy as np
import numpy.typing as npt
import tokenizers
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer

from voicebot.actions import Grammar
from voicebot.errors import RecogniserError
from voicebot.events import Alternative
from voicebot.language.kana import matching_form
from voicebot.recogniser.guards import NO_SPEECH_CERTAIN, Decoded, likelihood, made_up, once
from voicebot.recogniser.hypotheses import Reader, alternatives
from voicebot.recogniser.prompting import crowded, nearest, prompt

RATE = 16000
FRAME = 160
"""Samples in one frame of features (10 ms)."""

WINDOWS = (500, 800, 1000, 1500, 2000, 3000)
"""Frames that the encoder can be given; a few fixed sizes, so that its buffers are used again."""

TAIL_FRAMES = 300
"""Silence behind the speech; with less, the last words suffer."""

LONGEST_SECONDS = 26
"""A longer utterance is cut at its most silent place."""

KEPT_SECONDS = 120
"""Sound beyond this is not kept: no turn is that long, and a broken caller must not fill the memory."""

SILENT_LEVEL = 10 ** (-55 / 20)
"""Root mean square below which 20 ms hold no speech; the noise of an idle line lies near -60 dB."""

Samples = npt.NDArray[np.float32]


class WhisperEngine:
    """One loaded Whisper model.

    Args:
        model_dir: The folder with `model.bin` and `tokenizer.json`.
        reader: Gives the reading of a text.
        beam: Width of the search; wider hears better and slower.
        workers: Utterances that are decoded at the same time, one thread each.

    Raises:
        RecogniserError: the model is missing or damaged.
    """

    def __init__(self, model_dir: Path, reader: Reader, beam: int = 5, workers: int = 1) -> None:
        if not (model_dir / "model.bin").is_file() or not (model_dir / "tokenizer.json").is_file():
            raise RecogniserError(
                "recogniser.model_missing",
                f"The folder {model_dir.name} holds no Whisper model; run `voicebot models prepare`.",
            )
        try:
            self._model = ctranslate2.models.Whisper(
                str(model_dir), device="cpu", compute_type="int8", intra_threads=1, inter_threads=workers
            )
            self._tokens = tokenizers.Tokenizer.from_file(str(model_dir / "tokenizer.json"))
        except Exception as error:  # tokenizers raises nothing narrower
            raise RecogniserError(
                "recogniser.model_broken",
                f"The Whisper model {model_dir.name} is damaged; delete its folder and run `voicebot models prepare`.",
            ) from error
        self._features = FeatureExtractor(feature_size=self._model.n_mels)
        self._reader = reader
        self._sound = lru_cache(20_000)(lambda phrase: matching_form(reader(phrase, "ja")))
        self.beam = beam

    def open(self, language: str) -> "WhisperRecogniser":
        """A recogniser for one call. Raises `RecogniserError` when Whisper does not know the language."""
        try:
            tokenizer = Tokenizer(self._tokens, self._model.is_multilingual, "transcribe", language.partition("-")[0])
        except ValueError as error:
            raise RecogniserError(
                "recogniser.language", f"Whisper does not know the language {language}; use its two-letter code."
            ) from error
        return WhisperRecogniser(self, language, tokenizer, self._reader)

    def encode(self, samples: Samples) -> tuple[ctranslate2.StorageView, int]:
        """The encoder's output for one utterance, and the frames of its window."""
        frames = window(len(samples))
        padded = np.pad(samples, (0, max(0, frames * FRAME - len(samples))))[: frames * FRAME]
        features = np.ascontiguousarray(self._features(padded, padding=0)[None, :, :frames], dtype=np.float32)
        return self._model.encode(ctranslate2.StorageView.from_array(features)), frames

    def sounds(self, phrases: tuple[str, ...]) -> dict[str, str]:
        """The Japanese readings of phrases in matching form; the first time takes 0.1 to 0.2 ms for each."""
        return {phrase: self._sound(phrase) for phrase in phrases}

    def first(self, encoded: ctranslate2.StorageView, tokenizer: Tokenizer, seconds: float = 0.0) -> tuple[str, float]:
        """What is heard at once without any prompt, and the probability that nobody speaks.

        That is judged without prompt because a prompt makes Whisper believe in speech. Without `seconds` (the length of
        the speech) only the probability is wanted.
        """
        start = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        result = self._model.generate(
            encoded,
            [start],
            beam_size=1,
            no_repeat_ngram_size=5,
            max_length=_most_tokens(start, seconds) if seconds else len(start) + 1,
            return_no_speech_prob=True,
            suppress_tokens=_never_spoken(tokenizer),
        )[0]
        return str(tokenizer.decode(result.sequences_ids[0])).strip(), float(result.no_speech_prob)

    def decode(
        self, encoded: ctranslate2.StorageView, tokenizer: Tokenizer, before: str, seconds: float
    ) -> list[tuple[str, float]]:
        """Texts, best first, with the mean natural logarithm of their tokens' probabilities."""
        start = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        if before:
            start = [tokenizer.sot_prev, *tokenizer.encode(" " + before)[:220], *start]
        result = self._model.generate(
            encoded,
            [start],
            beam_size=self.beam,
            num_hypotheses=self.beam,
            no_repeat_ngram_size=5,  # without it Whisper sometimes says one thing for ever
            max_length=_most_tokens(start, seconds),
            return_scores=True,
            suppress_tokens=_never_spoken(tokenizer),
        )[0]
        # CTranslate2 divides the sum by the tokens without the end token, Whisper's own measure counts it too
        return [
            (str(tokenizer.decode(ids)).strip(), score * len(ids) / (len(ids) + 1))
            for ids, score in zip(result.sequences_ids, result.scores, strict=True)
        ]


class WhisperRecogniser:
    """One call's recognition with Whisper. `expect` may be called from another thread than the rest."""

    rate = RATE
    deferred = True

    def __init__(self, engine: WhisperEngine, language: str, tokenizer: Tokenizer, reader: Reader) -> None:
        self._engine = engine
        self._language = language
        self._tokenizer = tokenizer
        self._reader = reader
        self._pcm = bytearray()
        self._grammar: Grammar | None = None
        self._next: Grammar | None = None
        self._lock = Lock()

    def expect(self, grammar: Grammar) -> None:
        """Use this grammar from the next utterance on; an utterance under way is not disturbed."""
        with self._lock:
            self._next = grammar

    def feed(self, pcm: bytes) -> str:
        """Keep more of an utterance (16-bit little-endian mono at 16 kHz); always "", Whisper has no partial text."""
        if not self._pcm:
            with self._lock:
                if self._next is not None:
                    self._grammar, self._next = self._next, None
            if crowded(self._grammar, self._language):
                self._engine.sounds(self._phrases)  # while the caller speaks there is time
        if len(self._pcm) < KEPT_SECONDS * RATE * 2:
            self._pcm += pcm
        return ""

    def finish(self) -> tuple[Alternative, ...]:
        """Decode the utterance: best guess first; empty when nobody spoke.

        Raises:
            RecogniserError: the engine failed.
        """
        pcm, self._pcm = bytes(self._pcm), bytearray()
        samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2").astype(np.float32) / np.float32(32768)
        found: list[list[tuple[str, float]]] = []
        try:
            for piece in pieces(samples):
                found.append(self._decode(piece))  # noqa: PERF401  the pieces are seconds of work
        except (RuntimeError, ValueError) as error:
            raise RecogniserError(
                "recogniser.failed", "Whisper failed on this call; restart the service if it happens again."
            ) from error
        return alternatives(_joined([guesses for guesses in found if guesses]), self._language, self._reader)

    def close(self) -> None:
        """Free what this call holds."""
        self._pcm = bytearray()

    @property
    def _phrases(self) -> tuple[str, ...]:
        return self._grammar.phrases if self._grammar is not None else ()

    def _decode(self, samples: Samples) -> list[tuple[str, float]]:
        if _silent(samples):
            return []
        seconds = len(samples) / RATE
        encoded, _ = self._engine.encode(samples)
        many = crowded(self._grammar, self._language)
        first, no_speech = self._engine.first(encoded, self._tokenizer, seconds if many else 0.0)
        if no_speech > NO_SPEECH_CERTAIN:
            return []
        near = nearest(self._reader(first, "ja"), self._engine.sounds(self._phrases)) if many else None
        before, phrases = prompt(self._grammar, self._language, near)
        guesses = self._engine.decode(encoded, self._tokenizer, before, seconds)
        if made_up(Decoded(*guesses[0], no_speech), phrases):
            return []
        believed = [guess for guess in guesses if not made_up(Decoded(*guess, no_speech), phrases)]
        return [(once(text), likelihood(mean)) for text, mean in believed]


def window(samples: int) -> int:
    """Frames of the encoder's window for so many samples at 16 kHz."""
    need = -(-samples // FRAME) + TAIL_FRAMES
    return next((frames for frames in WINDOWS if frames >= need), WINDOWS[-1])


def pieces(samples: Samples) -> list[Samples]:
    """The utterance in pieces that fit the window, cut in the quietest 0.2 s of the second half of each."""
    longest, step = LONGEST_SECONDS * RATE, RATE // 5
    found = []
    while len(samples) > longest:
        blocks = samples[longest // 2 : longest // step * step].reshape(-1, step)
        cut = longest // 2 + int(np.argmin((blocks**2).mean(axis=1))) * step + step // 2
        found.append(samples[:cut])
        samples = samples[cut:]
    return [*found, samples]


def _silent(samples: Samples) -> bool:
    block = RATE // 50
    whole = samples[: len(samples) // block * block].reshape(-1, block)
    return whole.size == 0 or float(np.sqrt((whole**2).mean(axis=1)).max()) < SILENT_LEVEL


def _joined(found: list[list[tuple[str, float]]]) -> list[tuple[str, float]]:
    """One list of guesses for all pieces; with several pieces only the best of each is joined."""
    if len(found) <= 1:
        return [guess for guesses in found for guess in guesses]
    best = [guesses[0] for guesses in found]
    return [("".join(text for text, _ in best), sum(sure for _, sure in best) / len(best))]


def _most_tokens(start: list[int], seconds: float) -> int:
    """Whoever speaks fast says less than 12 tokens a second; without a limit Whisper may loop."""
    return min(448, len(start) + 12 + round(12 * seconds))


def _never_spoken(tokenizer: Tokenizer) -> list[int]:
    """Signs for noises and music, and the decoder's own marks."""
    marks = (tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm)
    return sorted({*tokenizer.non_speech_tokens, *marks, tokenizer.no_speech})
