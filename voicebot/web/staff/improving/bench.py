"""What the pages of this room share: one of each a service, however many paths lead to it."""

from dataclasses import dataclass

from voicebot.web.staff.content.saving import Saving
from voicebot.web.staff.improving.gathering import Gatherer
from voicebot.web.staff.improving.replaying import Rehearsals
from voicebot.web.staff.improving.trials import Trials
from voicebot.web.staff.improving.works import Works
from voicebot.web.staff.office import Office


@dataclass(frozen=True, slots=True)
class Bench:
    """The parts."""

    works: Works
    trials: Trials
    gatherer: Gatherer
    rehearsals: Rehearsals
    saving: Saving


_BENCHES: dict[int, tuple[Office, Bench]] = {}


def bench_of(office: Office) -> Bench:
    """The bench of this office; made once."""
    known = _BENCHES.get(id(office))
    if known is None or known[0] is not office:
        service, library = office.service, office.library
        works, trials = Works(), Trials(service)
        works.busy = lambda: anybody_calls(office)
        bench = Bench(
            works, trials, Gatherer(service, library, works, trials), Rehearsals(service, library, works, trials),
            Saving(office),
        )  # fmt: skip
        known = _BENCHES[id(office)] = office, bench
    return known[1]


def anybody_calls(office: Office) -> bool:
    """Whether a call is going on."""
    keys = office.board.keys("call:")
    return any('"state":"ended"' not in (office.board.text(key) or '"state":"ended"') for key in keys)
