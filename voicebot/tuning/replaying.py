"""Stored calls held again with other content: whose path would change, where, and whether that is better. Pure.

While both go the same way the caller does exactly what was stored. From where the paths part nobody knows what the
caller would have done; so the stored caller goes on as a person with the same matter would: what was said about a
matter that is settled already is not said again, what is offered is accepted when it is known to be right and refused
when it is known not to be, and a question that has never been answered is where the story ends, and is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from voicebot.dialog.phrases import ANYTHING_ELSE
from voicebot.dialog.tree import Option, ToAnswer, ToNode, ToPerson
from voicebot.tuning.stage import Stage, World
from voicebot.tuning.stored_calls import OFFERS, Input, Move, StoredCall
from voicebot.tuning.verdicts import MatterChange, Result, Right, Verdict, judge, overall

_MOST_TURNS = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """What the bot did, to be read."""

    caller: str
    """What the caller did before."""
    bot: str
    """What the bot said."""
    node: str = ""
    """The question or node that spoke last."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A call whose path has changed."""

    call: str
    verdict: Verdict
    changes: tuple[MatterChange, ...]
    """Every matter, changed or not."""
    same: tuple[Shown, ...]
    """What went on as before, up to where the paths part."""
    before: tuple[Shown, ...]
    """How it went on then."""
    after: tuple[Shown, ...]
    """How it would go on now."""
    assumed: bool = False
    """Whether a department would be dialled that was not dialled then."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What staff know about a call."""

    entries: Mapping[int, str]
    """The right entry by turn."""
    departments: Mapping[int, str]
    """The right department by turn."""
    transfers: Mapping[int, str]
    """The right department by the number of the transfer, from 1."""
    solved: bool = False
    """Whether the caller got what was needed."""


def replayed(call: StoredCall, world: World, truth: Truth, owners: Mapping[str, str]) -> Replayed | None:
    """The call with other content; None when it goes the same way.

    Args:
        call: The stored call.
        world: The content that is tried.
        truth: What staff know about the call.
        owners: The department of each entry of the content.
    """
    stage = Stage(world, call)
    moves = [stage.begin()]
    for place, given in enumerate(call.inputs):
        stage.hear(moves[-1], call.moves[place].finished)
        if moves[-1].path != call.moves[place].path:
            break
        moves.append(stage.meet(given))
    else:
        stage.hear(moves[-1], call.moves[-1].finished)
        if _same_end(call.moves[-1], moves[-1]):
            return None
    parted = len(moves) - 1
    journey = _Journey(call, stage, world, parted, truths(call, truth))
    journey.go_on(moves[-1])
    return journey.told(moves[-1], owners)


def truths(call: StoredCall, truth: Truth) -> dict[int, Right]:
    """What is right for each matter: as staff say, else as the caller has shown by a yes."""
    found: dict[int, Right] = {}
    number = 0
    for place, given in enumerate(call.inputs):
        move, was = call.moves[place + 1], found.get(given.matter, Right())
        entry, department = truth.entries.get(given.turn, ""), truth.departments.get(given.turn, "")
        for _ in move.dialled:
            number += 1
            department = truth.transfers.get(number, department)
        if entry or department:
            found[given.matter] = Right(entry or was.entry, department or was.department, "staff")
        elif move.answers and was.by != "staff" and (given.question in OFFERS or truth.solved):
            by_whom = "staff" if truth.solved else "caller"
            found[given.matter] = Right(move.answers[-1], by=by_whom)  # type: ignore[arg-type]
    return found


def results(call: StoredCall) -> dict[int, Result]:
    """What became of each matter then."""
    found: dict[int, Result] = {}
    for place, given in enumerate(call.inputs):
        result = result_of(call.moves[place + 1])
        if result.kind != "none" or given.matter not in found:
            found[given.matter] = result
    return {matter: result for matter, result in found.items() if _spoke(call, matter)}


def result_of(move: Move) -> Result:
    """What a move gives the caller."""
    connected = [department for department, outcome in move.dialled if outcome == "connected"]
    if connected:
        return Result("department", connected[-1])
    if move.callback:
        return Result("callback", move.callback)
    if move.message:
        return Result("message", move.message)
    return Result("answer", move.answers[-1]) if move.answers else Result("none")


def _spoke(call: StoredCall, matter: int) -> bool:
    return any(given.matter == matter and given.kind in {"said", "pressed"} for given in call.inputs)


def _same_end(then: Move, now: Move) -> bool:
    """Whether the last move is the same; the caller may have hung up in the middle of it."""
    if then.path == now.path:
        return True
    count = len(then.nodes)
    return now.nodes[:count] == then.nodes and now.answers[: len(then.answers)] == then.answers and not then.ended


class _Journey:
    """How a caller goes on where the paths have parted.

    Args:
        call: The stored call.
        stage: The conversation as it stands after the first move that differs.
        world: Its content.
        parted: How many inputs were the same.
        rights: What is right for each matter.
    """

    def __init__(self, call: StoredCall, stage: Stage, world: World, parted: int, rights: Mapping[int, Right]) -> None:
        self._call = call
        self._stage = stage
        self._world = world
        self._parted = parted
        self._rights = rights
        self._matter = call.inputs[parted - 1].matter if parted else 0
        self._next = parted
        self._results: dict[int, Result] = {}
        self._told: list[Shown] = []
        self._turns = 0
        self._asked_anew: set[str] = set()

    def go_on(self, move: Move) -> None:
        """Until the conversation is over, or nobody knows what the caller would say."""
        self._hear(move)
        for _ in range(_MOST_TURNS):
            given = None if self._stage.over else self._reply(move)
            if given is None:
                return
            self._turns += given.kind in {"said", "pressed"}
            move = self._stage.meet(given)
            self._hear(move)
            self._told.append(Shown(given.words, "".join(move.said), move.question))

    def _hear(self, move: Move) -> None:
        self._stage.hear(move)
        result = result_of(move)
        if result.kind != "none":
            self._results[self._matter] = result

    def _reply(self, move: Move) -> Input | None:
        """What the caller does now; None when nobody knows, or when the caller hangs up."""
        if self._stage.state.phase == "recording":
            return self._stored("left")
        question = self._stage.question
        if question == ANYTHING_ELSE and (move.answers or self._settled):
            self._matter += 1
            return self._stored_of(self._matter)
        if question in OFFERS:
            return self._choice()
        again = self._stored_at(question)
        return again or self._once_more(question) or self._unknown(move)

    @property
    def _settled(self) -> bool:
        return self._matter in self._results

    def _stored(self, kind: str) -> Input | None:
        """The next stored input of this kind."""
        for place in range(self._next, len(self._call.inputs)):
            if self._call.inputs[place].kind == kind:
                return self._take(place)
        return None

    def _stored_of(self, matter: int) -> Input | None:
        for place in range(self._next, len(self._call.inputs)):
            if self._call.inputs[place].matter >= matter:
                self._matter = self._call.inputs[place].matter
                return self._take(place)
        return None

    def _stored_at(self, question: str) -> Input | None:
        """The next stored reply to this question, in the same matter."""
        for place in range(self._next, len(self._call.inputs)):
            given = self._call.inputs[place]
            if given.matter != self._matter:
                return None
            if given.question == question:
                return self._take(place)
        return None

    def _take(self, place: int) -> Input:
        self._next = place + 1
        return replace(self._call.inputs[place], interrupting=False)

    def _once_more(self, question: str) -> Input | None:
        """A question that was not asked then: the caller says once more what the matter is."""
        first = next((each for each in self._call.inputs if each.matter == self._matter and each.kind == "said"), None)
        if first is None or question in self._asked_anew:
            return None
        self._asked_anew.add(question)
        return replace(first, interrupting=False)

    def _choice(self) -> Input | None:
        """Yes to what is right, no to what is known not to be."""
        right = self._rights.get(self._matter, Right())
        asked = self._stage.state.question
        if asked is None or not right.by:
            # Where the same was offered then, the caller replies as then, or hangs up as then.
            return self._stored_at(self._stage.question) if self._same_offer() else self._unknown(Move())
        fits = next((option for option in asked.options if _leads(option, right)), None)
        option = fits or next((each for each in reversed(asked.options) if each.key), None)
        return self._press(option.key) if option is not None and option.key else self._unknown(Move())

    def _same_offer(self) -> bool:
        """Whether what is offered is what was offered then."""
        asked = self._stage.state.question
        text = asked.text if asked is not None else ""
        return any(text and text in move.offered for move in self._call.moves[self._parted :])

    def _press(self, key: str) -> Input:
        seconds = self._call.inputs[min(self._next, len(self._call.inputs)) - 1].seconds if self._call.inputs else 0.0
        return Input("pressed", seconds, self._stage.state.turn, self._stage.question, self._matter, digit=key)

    def _unknown(self, move: Move) -> Input | None:
        """Nobody knows the reply to what is asked now."""
        asked = self._stage.state.question
        rest = any(each.matter == self._matter for each in self._call.inputs[self._next :])
        offered = self._stage.question in OFFERS
        if asked is not None and (offered or rest or move.question != self._call.moves[-1].question):
            self._results.setdefault(self._matter, Result("asked", asked.text))
        return None

    def told(self, first: Move, owners: Mapping[str, str]) -> Replayed:
        """The whole story."""
        call, parted = self._call, self._parted
        before, after = results(call), {**_early(call, parted), **self._results}
        changes = [self._change(matter, before, after, owners) for matter in sorted({*before, *self._results})]
        then = [each for each in call.inputs[parted:] if each.kind in {"said", "pressed"}]
        words = call.inputs[parted - 1].words if parted else ""
        return Replayed(
            call.call,
            overall(changes, len(then), self._turns),
            tuple(changes),
            tuple(_shown(call, place) for place in range(parted)),
            tuple(_shown(call, place) for place in range(parted, len(call.moves))),
            (Shown(words, "".join(first.said), first.question), *self._told),
            self._stage.assumed,
        )

    def _change(
        self, matter: int, before: Mapping[int, Result], after: Mapping[int, Result], owners: Mapping[str, str]
    ) -> MatterChange:
        said = next((each.words for each in self._call.inputs if each.matter == matter and each.words), "")
        then, now = before.get(matter, Result("none")), after.get(matter, Result("none"))
        right = self._rights.get(matter, Right())
        return MatterChange(said, then, now, right, judge(then, now, right, owners))


def _early(call: StoredCall, parted: int) -> dict[int, Result]:
    """Results of the matters that were settled before the paths parted."""
    found: dict[int, Result] = {}
    for place, given in enumerate(call.inputs[: max(0, parted - 1)]):
        result = result_of(call.moves[place + 1])
        if result.kind != "none":
            found[given.matter] = result
    return found


def _shown(call: StoredCall, place: int) -> Shown:
    """A stored move, with what the caller did before it."""
    words = call.inputs[place - 1].words if place else ""
    return Shown(words, "".join(call.moves[place].said), call.moves[place].question)


def _leads(option: Option, right: Right) -> bool:
    """Whether this option is what is right."""
    match option.target:
        case ToAnswer():
            hit = option.target.hit
            return hit.entry == right.entry if right.entry else hit.department == right.department
        case ToPerson():
            return bool(right.department) and option.target.department == right.department
        case ToNode():
            return option.target.node == right.entry
    return False
