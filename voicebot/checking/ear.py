"""Prompts that are too long to remember.

Who listens cannot look back. What is heard stays for about twenty seconds and only in a few pieces (Miller's seven are
for words that one repeats; telephone menus are planned with four), so a long prompt is forgotten at its end, and
callers press `*` or give up.
"""

from collections.abc import Iterator, Mapping

from voicebot.checking.files import FAQ, Files
from voicebot.checking.findings import Finding, warning
from voicebot.checking.pace import seconds, sentences
from voicebot.content import Content
from voicebot.dialog.check_slots import texts_of
from voicebot.dialog.phrases import PHRASES
from voicebot.dialog.tree import AskNode, Dialog
from voicebot.documents import Document, Path

MOST_SECONDS = 20.0
MOST_CHOICES = 4
MOST_SIGNS: Mapping[str, int] = {"ja": 60, "ko": 60, "": 120}
"""Signs of one sentence, by language: about ten seconds, a breath or two."""
RULE = "prompt-too-long"


def long_prompts(content: Content, files: Files) -> Iterator[Finding]:
    """Every prompt, answer and question that asks too much of the ear."""
    dialog = content.dialog
    for name, (document, where) in files.nodes().items():
        node = dialog.nodes[name]
        for place, texts in texts_of(node):
            for language, text in texts.items():
                yield from _of_text(document, (*where, *place), text, language)
        if isinstance(node, AskNode):
            yield from _of_choices(document, where, node)
    yield from _of_answers(content, files)
    yield from _of_phrases(dialog, files)


def _of_answers(content: Content, files: Files) -> Iterator[Finding]:
    answers = {entry.question: entry.answer for entry in content.entries}
    for document in files.under(FAQ):
        rows = document.data.get("entries") if isinstance(document.data, dict) else None
        for at, row in enumerate(rows or []):
            text = answers.get(row.get("question", ""), "")
            yield from _of_text(document, ("entries", at, "answer"), text, "ja")


def _of_phrases(dialog: Dialog, files: Files) -> Iterator[Finding]:
    document = files.documents["phrases.yaml"]
    for name, texts in dialog.phrases.items():
        if name in PHRASES:
            for language, text in texts.items():
                yield from _of_text(document, ("phrases", name), text, language)


def _of_text(document: Document, where: Path, text: str, language: str) -> Iterator[Finding]:
    length = seconds(text, language)
    if length > MOST_SECONDS:
        message = (
            f"この文は、話すと約{length:.0f}秒かかります。耳で聞いて覚えられるのは、{MOST_SECONDS:.0f}秒ほどまでです。"
            f"短くするか、質問を二つに分けてください。{_begins(text)}"
        )
        yield warning(RULE, document.fault(where, message))
    most = MOST_SIGNS.get(language, MOST_SIGNS[""])
    for sentence in sentences(text, language):
        if len(sentence) > most:
            message = (
                f"一つの文が{len(sentence)}字あります。一息で聞き取れるのは、{most}字ほどまでです。"
                f"「。」で二つの文に分けてください。{_begins(sentence)}"
            )
            yield warning(RULE, document.fault(where, message))


def _of_choices(document: Document, where: Path, node: AskNode) -> Iterator[Finding]:
    offered = [choice for choice in node.choices if choice.key]
    if len(offered) > MOST_CHOICES:
        message = (
            f"番号のある選択肢が{len(offered)}個あります。一度に聞いて覚えられるのは、{MOST_CHOICES}個までです。"
            "「そのほか」を作って、次の質問に分けてください。"
        )
        yield warning(RULE, document.fault((*where, "choices", MOST_CHOICES), message))


def _begins(text: str) -> str:
    return f"(「{text[:12]}…」)"
