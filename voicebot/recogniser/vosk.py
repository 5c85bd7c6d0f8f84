"""Recognition with Vosk (Kaldi): words while the caller speaks, and a vocabulary limited to the question.

One model is shared by all calls; each call has its own recognisers, because sharing those crashes the engine.
This module must not know which model is installed where, nor when a turn ends: Vosk's own end-pointing is ignored.

A grammar limits what Vosk can hear, so it would hear a wrong yes in anything a caller says. Therefore a second, open
recogniser always hears the same sound, and the grammar's guesses must hold their own against the open ones, helped by
`GRAMMAR_BONUS`. What the caller says beside the question is then understood too.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

import vosk

from voicebot.actions import Grammar
from voicebot.errors import RecogniserError
from voicebot.events import Alternative
from voicebot.recogniser.hypotheses import Hypothesis, Reader, alternatives, chained, pooled, written

GRAMMAR_BONUS = 10.0
"""How much likelier (natural logarithm) the question's own phrases are than other words, before anything is heard.

Open decoding pays for each word by its rarity, a grammar does not. With the Korean model and a synthetic voice right
answers came within 1 to 18 of the open guess, sentences beside the question fell 19 to 33 behind. The bonus is on the
careful side: a yes that was not heard is asked for again, a yes that was not said may be acted upon.
"""

BLOCK_SECONDS = 0.1
"""Sound is handed to the engine in pieces of just this length: its decisions depend on where the pieces are cut."""

_GARBAGE = ("[unk]", "<unk>", "<UNK>")
_NOT_A_WORD = re.compile(r"[\[<].*[\]>]|[\W_]+")
Result = TypeVar("Result")
_CLOSED = frozenset({"choices", "yes_no", "digits"})


class VoskEngine:
    """One loaded Vosk model.

    Args:
        model_dir: The unpacked model.
        reader: Gives the reading of a text.
        limit: The most alternatives that an utterance gets.

    Raises:
        RecogniserError: the model is missing or damaged.
    """

    def __init__(self, model_dir: Path, reader: Reader, limit: int = 5) -> None:
        if not (model_dir / "am" / "final.mdl").is_file() and not (model_dir / "final.mdl").is_file():
            raise RecogniserError(
                "recogniser.model_missing",
                f"The folder {model_dir.name} holds no Vosk model; run `voicebot models install {model_dir.name}`.",
            )
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(str(model_dir))
            vosk.KaldiRecognizer(self._model, 16000)  # a missing or cut graph shows only here, and should not in a call
        except Exception as error:  # the vendor raises nothing narrower
            raise RecogniserError(
                "recogniser.model_broken",
                f"The Vosk model {model_dir.name} is damaged; delete it and run "
                f"`voicebot models install {model_dir.name}`.",
            ) from error
        self.rate = rate_of(model_dir)
        self.dynamic = all((model_dir / "graph" / name).is_file() for name in ("HCLr.fst", "Gr.fst"))
        self._garbage = tuple(word for word in _GARBAGE if self._knows(word))[:1]
        self._reader = reader
        self._limit = limit

    def open(self, language: str) -> "VoskRecogniser":
        """A recogniser for one call. Raises `RecogniserError` when the engine can't make one."""
        return VoskRecogniser(self, language, self._reader, self._limit)

    def unknown_words(self, phrases: tuple[str, ...]) -> tuple[str, ...]:
        """The parts of these phrases that the model can never hear, in order and each once."""
        unknown = (word for phrase in phrases for word in self._segmented(phrase)[1])
        return tuple(dict.fromkeys(unknown))

    def vocabulary(self, grammar: Grammar) -> str | None:
        """What limits the engine to this grammar, as JSON; None when it stays open.

        It stays open when the model's graph is fixed, when the grammar is open or empty, or when the model lacks one
        of its words: Vosk would leave that word out, and the caller could never say it.
        """
        if not self.dynamic or grammar.kind not in _CLOSED or not grammar.phrases:
            return None
        if self.unknown_words(grammar.phrases):
            return None
        phrases = dict.fromkeys(" ".join(self._segmented(phrase)[0]) for phrase in grammar.phrases)
        return json.dumps([*(phrase for phrase in phrases if phrase), *self._garbage], ensure_ascii=False)

    def kaldi(self, vocabulary: str | None) -> "vosk.KaldiRecognizer":
        """The vendor's recogniser, limited to a vocabulary or open."""
        arguments = () if vocabulary is None else (vocabulary,)
        kaldi = _wrapped(lambda: vosk.KaldiRecognizer(self._model, self.rate, *arguments))
        kaldi.SetMaxAlternatives(self._limit)
        return kaldi

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) > 0)

    def _segmented(self, phrase: str) -> tuple[list[str], list[str]]:
        """The phrase in the model's words, and what the model does not know of it."""
        known: list[str] = []
        unknown: list[str] = []
        for token in _tokens(phrase):
            if self._knows(token):
                known.append(token)
            elif token.isascii():
                unknown.append(token)  # in spaced scripts shorter words inside are other words
            else:
                self._segment(token, known, unknown)
        return known, unknown

    def _segment(self, token: str, known: list[str], unknown: list[str]) -> None:
        """Greedy longest match, the usual first cut of unspaced text into dictionary words."""
        at = 0
        while at < len(token):
            end = next((end for end in range(len(token), at, -1) if self._knows(token[at:end])), at)
            if end == at:
                unknown.append(token[at:])
                return
            known.append(token[at:end])
            at = end


class VoskRecogniser:
    """One call's recognition with Vosk. `expect` may be called from another thread than the rest."""

    def __init__(self, engine: VoskEngine, language: str, reader: Reader, limit: int) -> None:
        self.rate = engine.rate
        self.deferred = False
        self._engine = engine
        self._language = language
        self._reader = reader
        self._limit = limit
        self._streams: list[_Stream] = []  # the open one, then perhaps the one limited to `_vocabulary`
        self._vocabulary: str | None = None
        self._next: Grammar | None = None
        self._lock = Lock()
        self._waiting = b""
        self._partial = ""
        self._under_way = False

    def expect(self, grammar: Grammar) -> None:
        """Use this grammar from the next utterance on; an utterance under way is not disturbed."""
        with self._lock:
            self._next = grammar

    def feed(self, pcm: bytes) -> str:
        """More of an utterance (16-bit little-endian mono at `rate`); the open recogniser's words so far.

        Raises:
            RecogniserError: the engine failed.
        """
        if not self._under_way:
            self._swap()
        self._waiting += pcm
        block = int(self.rate * BLOCK_SECONDS) * 2
        while len(self._waiting) >= block:
            self._accept(self._waiting[:block])
            self._waiting = self._waiting[block:]
            self._partial = written(_clean(self._streams[0].partial()), self._language)
        return self._partial

    def finish(self) -> tuple[Alternative, ...]:
        """End the utterance: best guess first; empty when no words were said.

        Raises:
            RecogniserError: the engine failed.
        """
        if not self._under_way:
            return ()
        self._under_way = False
        rest, self._waiting, self._partial = self._waiting, b"", ""
        self._accept(rest[: len(rest) // 2 * 2])
        groups = [stream.finish(self._limit) for stream in self._streams]
        bonuses = (0.0, GRAMMAR_BONUS)
        cleaned = [[_cleaned(guess, bonus) for guess in group] for group, bonus in zip(groups, bonuses, strict=False)]
        guesses = pooled(cleaned, self._limit)
        texts = [(written(guess.words, self._language), confidence) for guess, confidence in guesses]
        return alternatives(texts, self._language, self._reader)

    def close(self) -> None:
        """Free what this call holds."""
        self._under_way = False
        self._waiting, self._partial = b"", ""
        self._streams = []
        self._vocabulary = None

    def _swap(self) -> None:
        """Begin an utterance, with the grammar that was last expected."""
        self._under_way = True
        if not self._streams:
            self._streams = [_Stream(self._engine.kaldi(None))]
        with self._lock:
            grammar, self._next = self._next, None
        vocabulary = self._vocabulary if grammar is None else self._engine.vocabulary(grammar)
        if vocabulary != self._vocabulary:
            self._vocabulary = vocabulary
            limited = [] if vocabulary is None else [_Stream(self._engine.kaldi(vocabulary))]
            self._streams = [self._streams[0], *limited]

    def _accept(self, pcm: bytes) -> None:
        for stream in self._streams:
            if pcm:
                stream.accept(pcm)


class _Stream:
    """One vendor recogniser, whose own cuts into sentences are joined again."""

    def __init__(self, kaldi: "vosk.KaldiRecognizer") -> None:
        self._kaldi = kaldi
        self._segments: list[list[Hypothesis]] = []

    def accept(self, pcm: bytes) -> None:
        if _wrapped(lambda: self._kaldi.AcceptWaveform(pcm)):
            self._segments.append(_parsed(self._kaldi.Result()))

    def partial(self) -> tuple[str, ...]:
        done = [word for segment in self._segments for word in segment[0].words]
        return (*done, *str(json.loads(self._kaldi.PartialResult()).get("partial", "")).split())

    def finish(self, limit: int) -> list[Hypothesis]:
        segments = [*self._segments, _parsed(_wrapped(self._kaldi.FinalResult))]
        self._segments = []
        whole = [Hypothesis((), 0.0)]
        for segment in segments:
            whole = chained(whole, segment, limit)
        return whole


def _wrapped(call: Callable[[], Result]) -> Result:
    try:
        return call()
    except Exception as error:  # the vendor raises nothing narrower
        raise RecogniserError(
            "recogniser.failed", "Vosk failed on this call; restart the service if it happens again."
        ) from error


def _parsed(result: str) -> list[Hypothesis]:
    found = json.loads(result).get("alternatives") or [{"text": "", "confidence": 0.0}]
    return [Hypothesis(tuple(str(guess["text"]).split()), float(guess["confidence"])) for guess in found]


def _cleaned(guess: Hypothesis, bonus: float) -> Hypothesis:
    return Hypothesis(_clean(guess.words), guess.score + bonus)


def _clean(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without what stands for noise, for the unknown, and for marks that nobody speaks."""
    return tuple(word for word in words if not _NOT_A_WORD.fullmatch(word))


def _tokens(phrase: str) -> list[str]:
    text = unicodedata.normalize("NFKC", phrase).lower()
    return "".join(sign if sign.isalnum() or sign in "ー'" else " " for sign in text).split()


def rate_of(model_dir: Path) -> int:
    """The model's own sample rate, from its feature settings; Kaldi's default is 16 kHz."""
    for path in (model_dir / "conf" / "mfcc.conf", model_dir / "mfcc.conf"):
        if path.is_file():
            found = re.search(r"^--sample-frequency=(\d+)", path.read_text(encoding="utf-8"), re.MULTILINE)
            return int(found[1]) if found else 16000
    return 16000
