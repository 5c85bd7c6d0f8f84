"""Missing translations: what callers hear in Japanese who have chosen another language.

A language counts as spoken when `profile.yaml` lists it. Of the trees only those nodes matter to which a caller of that
language can come: from its start, from the disaster's, and through branches that let the language pass.
"""

from collections.abc import Iterator, Mapping

from voicebot.checking.files import Files
from voicebot.checking.findings import Finding, warning
from voicebot.content import Content
from voicebot.dialog.check import leads_to
from voicebot.dialog.check_slots import texts_of
from voicebot.dialog.phrases import PHRASES
from voicebot.dialog.tree import AskNode, BranchNode, Case, Dialog, FormNode, LookupNode, Node
from voicebot.documents import Document, Path

RULE = "translation-missing"
NAMES: Mapping[str, str] = {"ja": "日本語", "en": "英語", "ko": "韓国語", "zh": "中国語", "pt": "ポルトガル語"}


def missing_translations(content: Content, files: Files) -> Iterator[Finding]:
    """For each further language of the city: phrases, nodes, choices and departments without it."""
    for language in content.city.profile.languages:
        if language != "ja":
            yield from _of_phrases(content.dialog, files, language)
            yield from _of_nodes(content.dialog, files, language)
            yield from _of_names(content, files, language)


def name_of(language: str) -> str:
    """The language's name in Japanese, with its code: 韓国語(ko)."""
    return f"{NAMES[language]}({language})" if language in NAMES else language


def heard_in(dialog: Dialog, language: str) -> frozenset[str]:
    """The nodes that a caller of this language can come to."""
    disaster = (dialog.disaster.start,) if dialog.disaster else ()
    waiting = [dialog.starts.get(language, dialog.start), *disaster]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _onwards(dialog.nodes[name], language)
    return frozenset(seen)


def _onwards(node: Node, language: str) -> tuple[str, ...]:
    if not isinstance(node, BranchNode):
        return leads_to(node)
    targets: list[str] = []
    for case in node.cases:
        if case.language in {"", language}:
            targets.append(case.goto)
        if case.language == language and _asks_nothing_else(case):
            return tuple(targets)
    return (*targets, node.otherwise)


def _asks_nothing_else(case: Case) -> bool:
    return not case.open and not case.slot and not case.happened and case.fact is None


def _of_phrases(dialog: Dialog, files: Files, language: str) -> Iterator[Finding]:
    for name in PHRASES:
        if language not in dialog.phrases[name]:
            yield _missing(files.documents["phrases.yaml"], ("phrases", name), f"「{name}」に", language)


def _of_nodes(dialog: Dialog, files: Files, language: str) -> Iterator[Finding]:
    heard = heard_in(dialog, language)
    for name, (document, where) in files.nodes().items():
        if name in heard:
            for place in _untranslated(dialog.nodes[name], language):
                yield _missing(document, (*where, *place), f"「{name}」の {_written(place)} に", language)


def _untranslated(node: Node, language: str) -> Iterator[Path]:
    yield from (place for place, texts in texts_of(node) if language not in texts)
    match node:
        case AskNode():
            for at, choice in enumerate(node.choices):
                yield from (("choices", at, "say"),) if not choice.say.get(language) else ()
                yield from (("choices", at, "label"),) if choice.key and language not in choice.label else ()
        case FormNode():
            yield from (("ask", at, "label") for at, slot in enumerate(node.slots) if language not in slot.label)
        case LookupNode():
            # Without words of its own a look-up says what the city's data propose, which is Japanese.
            yield from (("found",),) if language not in (node.found or {}) else ()


def _of_names(content: Content, files: Files, language: str) -> Iterator[Finding]:
    for department in content.city.departments:
        if language not in department.names:
            where = ("departments", department.name, "names")
            yield _missing(files.documents["departments.yaml"], where, f"「{department.name}」に", language, "名前")


def _missing(document: Document, where: Path, whose: str, language: str, what: str = "文") -> Finding:
    message = f"{whose}{name_of(language)}の{what}がありません。書くまで、この言葉を選んだ方にも、日本語で流れます。"
    return warning(RULE, document.fault(where, message))


def _written(place: Path) -> str:
    return " ".join(f"{part + 1}番目の" if isinstance(part, int) else part for part in place)
