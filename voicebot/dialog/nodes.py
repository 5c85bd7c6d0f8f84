"""From a node as written to a node of the tree."""

from voicebot.dialog.building import Builder
from voicebot.dialog.files import CaseFile, NodeFile, SlotFile
from voicebot.dialog.slots import Slot
from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    BranchNode,
    CallbackNode,
    Case,
    Choice,
    EndNode,
    FormNode,
    LookupNode,
    MessageNode,
    Node,
    Phrase,
    SayNode,
    SmsNode,
    Texts,
    TransferNode,
)
from voicebot.documents import Document, Path, suggestion
from voicebot.language.kana import matching_form


def node_of(build: Builder, document: Document, where: Path, node: NodeFile) -> Node:
    """The node; faults are added to the builder's."""

    def texts(key: str, value: Texts | None) -> Texts | None:
        return build.texts(document, (*where, key), value) if value else None

    def department(key: str, name: str) -> str:
        return build.department(document, (*where, key), name)

    prompt = texts("prompt", node.prompt)
    if node.choices or node.open:
        choices = tuple(_choice(build, document, (*where, "choices", at), node, at) for at in range(len(node.choices)))
        return AskNode(prompt or {"ja": ""}, choices, node.open, texts("reword", node.reword), node.bargein)
    if node.answer is not None:
        return AnswerNode(texts("answer", node.answer) or {"ja": ""}, department("department", node.department))
    if node.transfer is not None:
        return TransferNode(department("transfer", node.transfer), prompt)
    if node.message is not None:
        return MessageNode(department("message", node.message), prompt)
    if node.callback is not None:
        return CallbackNode(department("callback", node.callback), prompt)
    if node.sms is not None:
        return SmsNode(texts("sms", node.sms) or {"ja": ""}, prompt)
    if node.ask:
        slots = tuple(_slot(build, document, (*where, "ask", at), slot) for at, slot in enumerate(node.ask))
        return FormNode(slots, node.goto or "", prompt, texts("confirm", node.confirm))
    if node.when:
        cases = tuple(_case(build, document, (*where, "when", at), case) for at, case in enumerate(node.when))
        return BranchNode(cases, node.otherwise or "")
    if node.lookup is not None:
        found, missing = texts("found", node.found), texts("missing", node.missing)
        owner = department("department", node.department)
        return LookupNode(node.lookup, node.arguments, found, missing, node.goto or "", owner)
    if node.end:
        return EndNode(prompt or {"ja": ""})
    return SayNode(prompt or {"ja": ""}, node.goto or "", node.bargein)


def _slot(build: Builder, document: Document, where: Path, slot: SlotFile) -> Slot:
    text = build.texts(document, (*where, "prompt"), slot.prompt)
    reword = build.texts(document, (*where, "reword"), slot.reword) if slot.reword else None
    label = slot.label or {"ja": slot.slot}
    return Slot(slot.slot, slot.kind, text, label, reword, build.sounds(label))


def _case(build: Builder, document: Document, where: Path, case: CaseFile) -> Case:
    if case.open:
        build.department(document, (*where, "open"), case.open)
    fact = case.fact
    if fact and fact not in build.around.facts:
        near = suggestion(fact, tuple(build.around.facts))
        build.faults.append(document.fault((*where, "fact"), f"「{fact}」は facts.yaml にありません。{near}"))
    value = build.around.facts.get(fact, "") if fact else None
    return Case(case.goto, case.open, case.slot, tuple(case.value), case.language, fact, value, case.happened)


def _choice(build: Builder, document: Document, where: Path, node: NodeFile, at: int) -> Choice:
    choice = node.choices[at]
    say = {
        language: build.ways(document, (*where, "say"), templates, language)
        for language, templates in choice.say.items()
    }
    extra = tuple(Phrase(reading, matching_form(reading)) for reading in choice.yomi)
    say["ja"] = (*say["ja"], *extra)
    label = choice.label or {language: phrases[0].text for language, phrases in say.items() if phrases}
    return Choice(say, choice.key, label, choice.goto)
