"""What a caller did, done once more without a telephone, so that it can be kept as a golden talk. Pure.

The talk expects what the conversation did when it was told again, so it comes true in the check; whether that is also
what had happened is told beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from voicebot.dialog.tree import Dialog
from voicebot.tuning.deeds import Deed, Done
from voicebot.tuning.golden import Line, act, out_of_place
from voicebot.tuning.session import Session
from voicebot.tuning.talk import Reply, Talk


@dataclass(frozen=True, slots=True)
class Retold:
    """A conversation that was held again."""

    session: Session
    same: bool
    """Whether the same answers were given and the same departments dialled."""


def retell(happened: Done, session: Session, dialog: Dialog, begin: Callable[[Session], Talk]) -> Retold:
    """Hold a conversation again.

    Args:
        happened: What the caller did, and what came of it.
        session: When, in which language; its notes begin here.
        dialog: The dialog without what is pretended for this conversation; tells the machine's own sentences.
        begin: Makes the conversation.

    Raises:
        VoicebotError: the dialog talks to itself without end.
    """
    session.transfers = tuple(happened.transfers)
    talk = begin(session)
    replies = [talk.begin(session.language)]
    session.began(dialog, replies[0])
    for deed in happened.deeds:
        reply = _again(talk, deed)
        if reply is None:
            break
        session.did(deed.act, deed.words, dialog, reply)
        replies.append(reply)
    answers = [answer for reply in replies for answer in reply.answers]
    dialled = [department for reply in replies for department in reply.dialled]
    return Retold(session, answers == happened.answers and dialled == happened.dialled)


def _again(talk: Talk, deed: Deed) -> Reply | None:
    """Do it again; None when there is no place for it any more."""
    line = Line(deed.act, deed.words, 0)
    return None if out_of_place(line, talk) else act(line, talk)
