"""What is asked of the city for the caller: the FAQ and the desk. An errand that takes too long has failed."""

import asyncio

from voicebot.actions import AskFaq, DropMessage, LookUp, RequestCallback, SendSms
from voicebot.call.parts import Parts, Report
from voicebot.errors import VoicebotError
from voicebot.events import CallbackBooked, FaqAnswered, LookedUp, PartFailed, SmsSent
from voicebot.ports import Answers

SMS_SECONDS = 10.0
"""The carrier's door for text messages answers within this, or the message counts as not sent."""
ASK_SECONDS = 5.0
"""A search or look-up that takes longer is broken."""


class Errands:
    """Runs errands in a pool and reports what they bring, or that they failed.

    Args:
        parts: What the call is given.
        report: The call's inbox.
    """

    def __init__(self, parts: Parts, report: Report) -> None:
        self._parts = parts
        self._report = report

    async def ask_faq(self, order: AskFaq) -> None:
        """Search the FAQ."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                found = await loop.run_in_executor(self._parts.pools.ask, asked, self._parts.answers, order)
        except (VoicebotError, TimeoutError) as error:
            self._report(PartFailed("faq", code_of(error, "faq.timeout"), order.turn))
        else:
            self._report(found)

    async def look_up(self, order: LookUp) -> None:
        """Look a fact up at the city's desk."""
        loop = asyncio.get_running_loop()
        look_up, now = self._parts.desk.look_up, self._parts.now()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                facts = await loop.run_in_executor(self._parts.pools.ask, look_up, order.what, order.arguments, now)
        except (VoicebotError, TimeoutError) as error:
            self._report(PartFailed("lookup", code_of(error, "lookup.timeout"), order.turn))
        else:
            self._report(LookedUp(order.turn, order.what, dict(facts)))

    async def book(self, order: RequestCallback) -> None:
        """Note a wish to be called back."""
        try:
            async with asyncio.timeout(ASK_SECONDS):
                ticket = await asyncio.get_running_loop().run_in_executor(
                    self._parts.pools.ask, self._parts.book, order
                )
        except (VoicebotError, TimeoutError) as error:
            self._report(PartFailed("tickets", code_of(error, "tickets.timeout"), order.turn))
        else:
            self._report(CallbackBooked(order.turn, ticket))

    async def drop(self, order: DropMessage) -> None:
        """Delete a message that has been recorded anew. If that fails the department has both."""
        try:
            async with asyncio.timeout(ASK_SECONDS):
                await asyncio.get_running_loop().run_in_executor(
                    self._parts.pools.ask, self._parts.drop_message, order.recording
                )
        except (VoicebotError, TimeoutError) as error:
            self._report(PartFailed("recorder", code_of(error, "recorder.timeout")))

    async def send_sms(self, order: SendSms) -> None:
        """Send a text message."""
        try:
            async with asyncio.timeout(SMS_SECONDS):
                await asyncio.get_running_loop().run_in_executor(self._parts.pools.ask, self._parts.send_sms, order)
        except (VoicebotError, TimeoutError) as error:
            self._report(PartFailed("sms", code_of(error, "sms.timeout"), order.turn))
        else:
            self._report(SmsSent(order.turn))


def asked(answers: Answers, order: AskFaq) -> FaqAnswered:
    """What the FAQ knows, and whose matter it may be.

    Raises:
        VoicebotError: the search is broken.
    """
    hits = answers.search(order.alternatives, order.language)
    return FaqAnswered(order.turn, hits, answers.route(order.alternatives, order.language))


def code_of(error: VoicebotError | TimeoutError, otherwise: str) -> str:
    """The error's code; a time that ran out has none of its own."""
    return error.code if isinstance(error, VoicebotError) else otherwise
