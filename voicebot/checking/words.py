"""Words that the installed Vosk model of a language can never hear.

Vosk has a fixed list of words. A question with a word outside it is heard without the help of its choices, and the word
itself can only be guessed at. Whisper has no such list, and for Vosk models that are not installed nothing is known.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from voicebot.checking.files import Files, Place
from voicebot.checking.findings import Finding, note, warning
from voicebot.checking.languages import name_of
from voicebot.content import Content
from voicebot.dialog.tree import AskNode, Phrase

RULE, UNKNOWABLE = "unknown-word", "words-not-checked"
Unknown = Callable[[tuple[str, ...]], tuple[str, ...]]
"""The parts of phrases that a model can never hear."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What hears a language."""

    model: str
    """Its name; "" when nothing is installed that could."""
    unknown: Unknown | None = None
    """None when the words of the model cannot be looked up, or are not limited."""


def unknown_words(content: Content, files: Files, ears: Mapping[str, Ear]) -> Iterator[Finding]:
    """Words outside the model's list, each where it stands; and for which languages that could not be said."""
    unchecked: dict[str, str] = {}
    for language in content.city.profile.languages:
        ear = ears.get(language, Ear(""))
        if ear.unknown is None:
            unchecked[language] = ear.model
            continue
        for (document, where), phrases in _phrases(content, files, language):
            words = ear.unknown(tuple(phrase.text for phrase in phrases))
            if words:
                shown = "、".join(f"「{word}」" for word in words)
                message = (
                    f"{shown}は、{name_of(language)}を聞き取るモデル({ear.model})が知らない言葉です。"
                    "声では選べないことがあります。モデルの知っている、ほかの言い方に変えてください。"
                )
                yield warning(RULE, document.fault(where, message))
    if unchecked:
        yield _note(files, unchecked)


def _note(files: Files, unchecked: Mapping[str, str]) -> Finding:
    by_model: dict[str, list[str]] = {}
    for language, model in unchecked.items():
        by_model.setdefault(model, []).append(name_of(language))
    reasons = [
        f"{'と'.join(names)}は、{f'{model} で聞き取るので' if model else '聞き取るモデルがないので'}"
        for model, names in by_model.items()
    ]
    message = f"{'、'.join(reasons)}、聞き取れない言葉を確かめていません(Vosk のモデルを入れると確かめられます)。"
    return note(UNKNOWABLE, files.fault("profile.yaml", ("languages",), message))


def _phrases(content: Content, files: Files, language: str) -> Iterator[tuple[Place, tuple[Phrase, ...]]]:
    """Everything that a grammar of the recogniser can hold, and where it stands."""
    dialog = content.dialog
    for name, (document, where) in files.nodes().items():
        node = dialog.nodes[name]
        if isinstance(node, AskNode):
            for at, choice in enumerate(node.choices):
                yield (document, (*where, "choices", at, "say")), choice.say.get(language, ())
    grammar = files.documents.get(f"grammars/{language}/commands.yaml")
    if grammar is not None:
        yield (grammar, ("commands",)), tuple(way for each in dialog.commands[language] for way in each.phrases)
        for name, phrases in dialog.offers[language].items():
            yield (grammar, ("offers", name)), phrases
        yield (grammar, ("yes",)), dialog.yes[language]
        yield (grammar, ("no",)), dialog.no[language]
