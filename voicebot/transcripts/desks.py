"""What stands beside the calls in one store, each for those who work with it."""

from functools import partial

from voicebot.transcripts.by_number import ByNumber
from voicebot.transcripts.connection import reading
from voicebot.transcripts.figures import Figures
from voicebot.transcripts.improvements import Improvements
from voicebot.transcripts.policies import Policies
from voicebot.transcripts.read import Reader
from voicebot.transcripts.replays import Replays
from voicebot.transcripts.reviews import Reviews
from voicebot.transcripts.text_log import TextLog
from voicebot.transcripts.ticket_desk import Ask, TicketDesk
from voicebot.transcripts.tickets import Dues
from voicebot.transcripts.wrong_transfers import WrongTransfers


class Desks(Reader):
    """A `Reader` with what stands beside the calls."""

    def _furnish(self, ask: Ask, dues: Dues) -> None:
        """Set the desks up, once writing is possible."""
        self.text_log = TextLog(ask, self._rows)
        """The text messages, and what became of them."""
        self.ticket_desk = TicketDesk(ask, self._rows, dues)
        """The tickets, as the staff work on them."""
        self.wrong_transfers = WrongTransfers(ask, self._rows)
        """Transfers to the wrong department, as the staff report them."""
        self.by_number = ByNumber(self._rows)
        """What is kept under a telephone number."""
        self.policies = Policies(ask, self._rows)
        """How long each kind of data is kept."""
        self.reviews: Reviews = Reviews(ask, self._rows)
        self.improvements = Improvements(ask, self._rows, self.records)
        """What was not understood in calls, and what staff decided about proposals."""
        self.replays = Replays(ask, self._rows)
        """Calls stepped through other content."""
        self.figures = Figures(ask, self._rows, partial(reading, self.path))
        """Counts by day."""
