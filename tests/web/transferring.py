"""A call that has been given to the carrier to be connected, without the talk before it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from house import CALLER, House

from voicebot.actions import Transfer
from voicebot.dialog.state import State, dump
from voicebot.simulator.twiml_document import Document
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.decision import Decision

TURN = 7


def transferring(house: House, sid: str, department: str, *, number: str = "", state: State | None = None) -> str:
    """The call's id; `after-stream` is what the carrier asks next."""
    service, now = house.service, house.service.now()
    new = NewCall(sid, CALLER, "+815000002000", "ja", service.content.fingerprint)
    call_id = service.store.begin_call(new, now)
    transcript = service.store.transcript(call_id)
    transcript.append(0.0, Transfer(TURN, department, number=number))
    state = state or State(phase="transferring", turn=TURN, goal=department, wanted=department, taker=number)
    transcript.keep_state(dump(state))
    service.store.decide(call_id, Decision("transfer", department, turn=TURN, number=number))
    assert service.store.flush()
    return call_id


class Ring:
    """One `<Dial>` of a document, as the carrier carries it out."""

    def __init__(self, house: House, sid: str, document: Document) -> None:
        self.house = house
        self.sid = sid
        self.verb = next(verb for verb in document.verbs if verb.name == "Dial")
        self.numbers = [noun.text for noun in self.verb.children]

    def pick_up(self, number: str) -> Document:
        """Somebody picks up: what they hear."""
        noun = next(noun for noun in self.verb.children if noun.text == number)
        return self.house.twiml(door_of(noun.attributes["url"]), "CAchild", **self._child(number))

    def press(self, whispered: Document, digits: str) -> Document:
        """They press a key, or none."""
        (gather,) = (verb for verb in whispered.verbs if verb.name == "Gather")
        return self.house.twiml(door_of(gather.attributes["action"]), "CAchild", Digits=digits, **self._child(""))

    def ends(self, status: str = "completed", bridged: bool = False, **fields: str) -> Document:
        """The `<Dial>` is over: what comes next."""
        return self.house.twiml(
            door_of(self.verb.attributes["action"]),
            self.sid,
            DialCallStatus=status,
            DialBridged="true" if bridged else "false",
            **fields,
        )

    def _child(self, number: str) -> Mapping[str, str]:
        return {"ParentCallSid": self.sid, "To": number, "Direction": "outbound-dial"}


def door_of(url: str) -> str:
    """The door of an address, with its query."""
    parts = urlsplit(url)
    return f"{parts.path.rsplit('/', 1)[1]}?{parts.query}"


def ring(house: House, sid: str) -> Ring:
    """The first `<Dial>` of a call that is being transferred."""
    return Ring(house, sid, house.twiml("after-stream", sid))
