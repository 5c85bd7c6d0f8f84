"""Each order of the dialog, given to the part that carries it out. None of them waits here."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, assert_never

from voicebot.actions import (
    Action,
    AskFaq,
    DiscardCallRecording,
    DropMessage,
    Expect,
    FinishRecording,
    HangUp,
    LookUp,
    Play,
    Record,
    RequestCallback,
    SendSms,
    StopPlaying,
    Transfer,
    Wait,
)
from voicebot.call.clocks import Clocks
from voicebot.call.ear import Ear
from voicebot.call.errands import Errands
from voicebot.call.incoming import Incoming
from voicebot.call.mouth import Mouth
from voicebot.call.parts import Parts
from voicebot.transcripts.decision import Decision


@dataclass(frozen=True, slots=True)
class Orders:
    """The parts of one stretch of a call that carry out orders; `spawn` runs what takes time beside the loop."""

    parts: Parts
    ear: Ear
    mouth: Mouth
    clocks: Clocks
    errands: Errands
    incoming: Incoming
    spawn: Callable[[Coroutine[Any, Any, None]], object]

    def carry_out(self, action: Action) -> Decision | None:
        """Begin what is ordered; a decision when the line is to be given back with it."""
        match action:
            case Play():
                self.ear.ignore()
                self.mouth.play(action)
            case StopPlaying():
                self.mouth.stop()
            case Expect():
                self.ear.expect(action)
            case Wait():
                self.clocks.start(action)
            case Record():
                self.incoming.take_message(action)
            case FinishRecording():
                self.spawn(self.incoming.finish_message())
            case DiscardCallRecording():
                if self.parts.recorder:
                    self.parts.recorder.discard()
            case Transfer():
                return transferring(action)
            case HangUp():
                return Decision("hang_up", say=action.say)
            case _:
                self.spawn(self._errand(action))
        return None

    async def _errand(self, action: AskFaq | LookUp | RequestCallback | SendSms | DropMessage) -> None:
        match action:
            case AskFaq():
                await self.errands.ask_faq(action)
            case LookUp():
                await self.errands.look_up(action)
            case RequestCallback():
                await self.errands.book(action)
            case SendSms():
                await self.errands.send_sms(action)
            case DropMessage():
                await self.errands.drop(action)
            case _:
                assert_never(action)


def transferring(order: Transfer) -> Decision:
    """What is kept of a transfer until the carrier asks what to do."""
    return Decision("transfer", order.department, order.say, number=order.number, turn=order.turn)
