"""From the city's files to a `Dialog`: everything is checked, every fault is named, nothing half is returned.

Takes text, not paths. Readings, facts and the names of the departments are given to it, because this room knows
neither a dictionary nor the city.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from string import Formatter

from voicebot.dialog.building import Builder, Named, Surroundings
from voicebot.dialog.check import check, check_parts
from voicebot.dialog.files import DisasterFile, GrammarFile, LineFile, PhrasesFile, TreeFile
from voicebot.dialog.limits import Limits
from voicebot.dialog.match import lexicon_of
from voicebot.dialog.nodes import node_of
from voicebot.dialog.phrases import COMMANDS, MOST, NEEDED_BLANKS, OFFERS, PHRASES
from voicebot.dialog.tree import Dialog, Disaster, Node, Option, Phrase, Texts, ToLanguage
from voicebot.documents import Document, Path, suggestion
from voicebot.errors import ContentError, Fault


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts that make a dialog."""

    line: Named
    phrases: Named
    trees: tuple[Named, ...]
    grammars: Mapping[str, Named]
    """By language."""
    disaster: Named | None = None


def load(sources: Sources, around: Surroundings) -> Dialog:
    """The dialog of the city.

    Raises:
        ContentError: with every fault of every file.
    """
    build = Builder(around)
    if "ja" not in sources.grammars:
        message = "「ja/commands.yaml」(日本語の言い方)がありません。VOICEBOT_GRAMMARS のフォルダーに作ってください。"
        build.faults.append(Fault("grammars", 0, message))
    grammars = {language: build.file(named, GrammarFile) for language, named in sources.grammars.items()}
    build.rules = {language: found[1].rules for language, found in grammars.items() if found}
    line = build.file(sources.line, LineFile)
    phrases = _phrases(build, build.file(sources.phrases, PhrasesFile))
    nodes, origins = _nodes(build, sources.trees)
    disaster = _disaster(build, sources.disaster)
    spoken = {language: _grammar(build, language, *found) for language, found in grammars.items() if found}
    if build.faults or line is None:
        raise ContentError((*build.faults, *check_parts(nodes, origins, sources.trees)))
    dialog = Dialog(
        start=line[1].start,
        starts=line[1].starts,
        districts=around.districts,
        spoken_districts=around.spoken_districts,
        chome=around.chome,
        label_sounds={name: build.sounds(texts) for name, texts in phrases.items() if name.startswith("label_")},
        disaster=disaster,
        nodes=nodes,
        phrases=phrases,
        commands={language: grammar.commands for language, grammar in spoken.items()},
        offers={language: grammar.offers for language, grammar in spoken.items()},
        departments={name: build.phrases(ways, "ja") for name, ways in around.departments.items()},
        emergency={language: grammar.emergency for language, grammar in spoken.items()},
        emergency_unless={language: grammar.emergency_unless for language, grammar in spoken.items()},
        connect={language: grammar.connect for language, grammar in spoken.items()},
        yes={language: grammar.yes for language, grammar in spoken.items()},
        no={language: grammar.no for language, grammar in spoken.items()},
        switchboard=around.switchboard,
        duty=around.duty,
        vocabulary=around.vocabulary,
        limits=Limits(**line[1].limits.model_dump()),
        fingerprint=around.fingerprint,
    )
    faults = check(dialog, origins, line[0])
    if faults:
        raise ContentError(faults)
    return replace(dialog, lexicons={language: lexicon_of(dialog, language) for language in spoken})


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One language's grammar with readings."""

    commands: tuple[Option, ...]
    offers: Mapping[str, tuple[Phrase, ...]]
    yes: tuple[Phrase, ...]
    no: tuple[Phrase, ...]
    connect: tuple[Phrase, ...]
    emergency: tuple[Phrase, ...]
    emergency_unless: tuple[Phrase, ...]


def _grammar(build: Builder, language: str, document: Document, grammar: GrammarFile) -> _Spoken:
    for kind, known, given in (("commands", COMMANDS, grammar.commands), ("offers", OFFERS, grammar.offers)):
        for missing in sorted(set(known) - set(given)):
            build.faults.append(document.fault((kind,), f"「{missing}」の言い方がありません。書き足してください。"))
        for extra in sorted(set(given) - set(known)):
            near = suggestion(extra, tuple(known))
            build.faults.append(document.fault((kind, extra), f"「{extra}」という操作はありません。{near}"))

    person = grammar.commands.get("person")
    if person and not person.key:
        message = "「person」に key がありません。案内どおりに押せるよう、key を書いてください(みなと市では 0)。"
        build.faults.append(document.fault(("commands", "person"), message))

    def ways(name: str, templates: list[str]) -> tuple[Phrase, ...]:
        return build.ways(document, (name,), templates, language)

    return _Spoken(
        tuple(
            Option(
                COMMANDS[name],
                build.ways(document, ("commands", name), command.say, language),
                command.key,
                share=0.0 if name == "person" else MOST,
            )
            for name, command in grammar.commands.items()
            if name in COMMANDS
        )
        + tuple(
            Option(
                ToLanguage(code),
                build.ways(document, ("languages", code), command.say, language),
                command.key,
                share=MOST,
            )
            for code, command in grammar.languages.items()
            if code in build.rules  # a language that this line speaks
        ),
        {name: build.ways(document, ("offers", name), say, language) for name, say in grammar.offers.items()},
        ways("yes", grammar.yes),
        ways("no", grammar.no),
        ways("connect", grammar.connect),
        ways("emergency", grammar.emergency),
        ways("emergency_unless", grammar.emergency_unless),
    )


def _phrases(build: Builder, found: tuple[Document, PhrasesFile] | None) -> Mapping[str, Texts]:
    if found is None:
        return {}
    document, file = found
    for name in sorted(set(PHRASES) - set(file.phrases)):
        build.faults.append(document.fault(("phrases",), f"「{name}」の文がありません。書き足してください。"))
    for name, texts in file.phrases.items():
        where = ("phrases", name)
        if name not in PHRASES:
            near = suggestion(name, tuple(PHRASES))
            build.faults.append(document.fault(where, f"「{name}」という決まり文句はありません。{near}"))
        elif "ja" not in texts:
            build.faults.append(document.fault(where, "日本語(ja)の文がありません。書き足してください。"))
        else:
            build.faults += [document.fault(where, message) for message in _wrong_blanks(name, texts)]
    return file.phrases


def _wrong_blanks(name: str, texts: Texts) -> list[str]:
    wanted = set(PHRASES[name])
    messages = []
    for text in texts.values():
        try:
            parts = [part for part in Formatter().parse(text) if part[1] is not None]
        except ValueError:
            parts = [("", "{", "", None)]
        blanks = {blank or "" for _, blank, _, _ in parts}
        if blanks - wanted or any(form or conversion for _, _, form, conversion in parts):
            usable = "、".join(f"{{{blank}}}" for blank in sorted(wanted)) or "なし"
            messages.append(f"「{name}」で使えない {{ }} があります。使えるもの: {usable}")
        elif wanted & NEEDED_BLANKS - blanks:
            missing = "と".join(f"{{{blank}}}" for blank in sorted(wanted & NEEDED_BLANKS - blanks))
            messages.append(f"「{name}」に {missing} がありません。その場で言葉が入るところに書いてください。")
    return messages


def _disaster(build: Builder, named: Named | None) -> Disaster | None:
    found = build.file(named, DisasterFile) if named else None
    if found is None:
        return None
    until = found[1].until or datetime(1, 1, 2, tzinfo=build.around.zone)
    return Disaster(found[1].start, until if until.tzinfo else until.replace(tzinfo=build.around.zone))


def _nodes(build: Builder, files: tuple[Named, ...]) -> tuple[dict[str, Node], dict[str, tuple[Document, Path]]]:
    nodes: dict[str, Node] = {}
    origins: dict[str, tuple[Document, Path]] = {}
    for named in files:
        found = build.file(named, TreeFile)
        if found is None:
            continue
        document, tree = found
        for name, node in tree.nodes.items():
            where: Path = ("nodes", name)
            if name in nodes:
                other = origins[name][0].path
                message = f"「{name}」は {other} にもあります。どちらかの名前を変えてください。"
                build.faults.append(document.fault(where, message))
                continue
            nodes[name] = node_of(build, document, where, node)
            origins[name] = (document, where)
    return nodes, origins
