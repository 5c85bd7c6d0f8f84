"""Prompts that a person should have recorded and has not, or not in the words that are said now."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voicebot.checking.files import Files
from voicebot.checking.findings import Finding, note, warning
from voicebot.checking.languages import heard_in, name_of
from voicebot.content import Content
from voicebot.dialog.phrases import PHRASES
from voicebot.dialog.tree import Dialog, Texts
from voicebot.documents import suggestion
from voicebot.errors import Fault

RULE, SPARE, OLD, POOR = "recording-missing", "recording-unused", "recording-old", "voice-poor"
FOLDER = "recordings/prompts/"
_NO_PROMPT = ("beep",)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is in the folder of recordings."""

    words: Mapping[str, str | None] = field(default_factory=dict)
    """Name of each WAV file without its ending (案内, 案内.en, 案内.slow), and the words beside it; None without."""
    poor_voices: frozenset[str] = frozenset()
    """Languages that only a simple synthesiser speaks here."""


def recordings(content: Content, files: Files, shelf: Shelf) -> Iterator[Finding]:
    """Recordings that are promised and missing, out of date, or of nothing; languages that would need some."""
    texts = recordable(content.dialog)
    have = {unicodedata.normalize("NFC", name): words for name, words in shelf.words.items()}
    yield from _promised(content, files, texts, have)
    for name, words in sorted(have.items()):
        yield from _of_file(name, words, texts)
    for language in content.city.profile.languages:
        if language in shelf.poor_voices:
            yield from _poor(content, files, language, have)


def _promised(
    content: Content, files: Files, texts: Mapping[str, Texts], have: Mapping[str, str | None]
) -> Iterator[Finding]:
    line = files.documents["line.yaml"]
    names = line.data.get("recorded") if isinstance(line.data, dict) else None
    for at, name in enumerate(names or []):
        where = ("recorded", at)
        if name not in texts:
            near = suggestion(name, tuple(texts))
            yield warning(RULE, line.fault(where, f"「{name}」というノードも決まり文句もありません。{near}"))
            continue
        for language in texts[name]:
            if language in content.city.profile.languages and _file(name, language) not in have:
                message = (
                    f"「{name}」の{name_of(language)}の録音がありません。{FOLDER}{_file(name, language)}.wav を"
                    "置いてください。それまでは、合成の声で話します。"
                )
                yield warning(RULE, line.fault(where, message))


def _of_file(name: str, words: str | None, texts: Mapping[str, Texts]) -> Iterator[Finding]:
    prompt, language = _meant(name, texts)
    path = f"{FOLDER}{name}.wav"
    if prompt not in texts:
        if prompt not in _NO_PROMPT:
            message = (
                f"「{prompt}」というノードも決まり文句もないので、使われません。{suggestion(prompt, tuple(texts))}"
            )
            yield warning(SPARE, Fault(path, 0, message))
    elif words is not None and language in texts[prompt] and bare(words) != bare(texts[prompt][language]):
        message = "録音した言葉が、いまの文と違うので、使われません。録音し直すか、.txt を直してください。"
        yield warning(OLD, Fault(path, 0, message))


def _poor(content: Content, files: Files, language: str, have: Mapping[str, str | None]) -> Iterator[Finding]:
    texts = recordable(content.dialog)
    heard = heard_in(content.dialog, language)
    nodes = [name for name in heard if language in texts.get(name, {})]
    lacking = [name for name in nodes if _file(name, language) not in have]
    if lacking:
        first = content.dialog.starts.get(language, content.dialog.start)
        message = (
            f"{name_of(language)}の文{len(lacking)}個は、聞き取りにくい簡単な合成の声で話します。"
            f"人の声で録音できます。最初に流れる「{first}」から始めてください({FOLDER}{_file(first, language)}.wav)。"
        )
        yield note(POOR, files.fault("profile.yaml", ("languages",), message))


def recordable(dialog: Dialog) -> dict[str, Texts]:
    """Prompts that a recording can stand for: nodes' texts, and phrases into which nothing is filled."""
    nodes = {name: getattr(node, "text", None) for name, node in dialog.nodes.items()}
    phrases = {name: texts for name, texts in dialog.phrases.items() if name in PHRASES and not PHRASES[name]}
    return {**{name: texts for name, texts in nodes.items() if texts}, **phrases}


def _file(name: str, language: str) -> str:
    return name if language == "ja" else f"{name}.{language}"


def _meant(name: str, texts: Mapping[str, Texts]) -> tuple[str, str]:
    """The prompt and the language that a file's name stands for."""
    name = name.removesuffix(".slow")
    prompt, _, language = name.rpartition(".")
    return (prompt, language) if prompt and name not in texts else (name, "ja")


def bare(text: str) -> str:
    """The words as they are compared: one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
