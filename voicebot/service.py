"""The whole house as one object: what every door and page needs of it. Made by `bootstrap`."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

from voicebot.accounts.accounts import Accounts
from voicebot.accounts.presence import NobodyAbsent
from voicebot.audio.activities import Activities
from voicebot.audio.activity import SileroActivity
from voicebot.call.parts import Parts, Pools
from voicebot.call.texting import Texting
from voicebot.call.watched import WatchedTranscript, Watcher
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.edition import Earlier, Edition
from voicebot.errors import ContentError, VoicebotError
from voicebot.language.pronunciations import LearningReader
from voicebot.ports import Answers, CallRecorder, CityDesk, Line, Presence, Recognisers, Transcript
from voicebot.releases.library import Library
from voicebot.retrieval.improving import Improving
from voicebot.settings import Settings
from voicebot.telephony.signature import Signatures
from voicebot.telephony.sms import TextMessages
from voicebot.transcripts.message_playback import MessagePlayback
from voicebot.transcripts.sound import CallSound, MessageSound
from voicebot.transcripts.store import Store
from voicebot.voice.chain import Voices

Unrecorded = Callable[[VoicebotError], None]
"""Told why a call's sound is not kept; may be called from a thread before the conversation begins."""

log = logging.getLogger(__name__)

MOST_DETECTORS = 8
"""Speech detectors that are kept between calls, 10 MB each."""


@dataclass(slots=True)
class Service:
    """The whole house, ready to answer calls. Only what staff write changes while it runs (`publish`)."""

    settings: Settings
    content: Content
    store: Store
    accounts: Accounts
    """The staff who may open the pages."""
    signatures: Signatures
    recognisers: Recognisers
    voices: Voices
    answers: Answers
    desk: Desk
    city_desk: CityDesk
    """The desk as calls see it (the same object, unless a test puts another in its place)."""
    pools: Pools
    text_messages: TextMessages = field(default_factory=lambda: TextMessages("", "", ""))
    """Sends text messages; this one only says that none are set up."""
    presence: Presence = field(default_factory=NobodyAbsent)
    """Whose telephones need not be rung just now."""
    activities: Activities = field(default_factory=lambda: Activities(SileroActivity, MOST_DETECTORS))
    """Speech detectors for the calls to come."""
    watcher: Watcher | None = None
    """Told of every event and action as it happens."""
    believed: Callable[[str, str], None] = lambda call_id, words: None
    """Told of a call's caller's words so far, while they speak."""
    tap: Callable[[str, CallRecorder | None], CallRecorder] | None = None
    """Stands between a call (its id is given) and its recording, for operators who listen in."""
    office_time: Callable[[], datetime] | None = None
    """What time it is for opening hours, when another one is pretended (`voicebot call --at`)."""
    library: Library = field(init=False)
    """Releases and draft of the city's content."""
    texting: Texting = field(init=False)
    """Sends each text message once."""
    heard: LearningReader | None = None
    """Gives the readings of what recognisers hear."""
    release: int | None = None
    """Number of what is in force in the library of the content."""
    refused: ContentError | None = None
    """Why the city's folder was not used at the start."""
    earlier: Earlier = field(default_factory=Earlier)
    """What calls under way may have begun with."""
    turnover: Lock = field(default_factory=Lock)
    """Held while the content changes: nobody gets the old trees with the new answers."""

    def __post_init__(self) -> None:
        self.library = Library(self.settings.library)
        self.texting = Texting(self.store.text_log, self._send_sms, self.now)
        self.store.dues.by = lambda department, at: self.desk.due(department, at)

    @property
    def search_improves(self) -> bool:
        """Whether a better search of the FAQ is being made beside the calls."""
        return isinstance(self.answers, Improving) and not self.answers.settled(0)

    def now(self) -> datetime:
        """The city's local time."""
        return datetime.now(self.content.city.profile.zone)

    def transcript(self, call_id: str) -> Transcript:
        """Where the record of this call goes on; the watcher is told of all that is added."""
        transcript = self.store.transcript(call_id)
        return WatchedTranscript(call_id, transcript, self.watcher) if self.watcher else transcript

    def edition(self, fingerprint: str = "") -> Edition:
        """What a call that began with this content goes on with; what is in force when that is not known any more."""
        earlier = self.earlier.of(fingerprint)
        with self.turnover:
            return earlier or Edition(self.content, self.answers, self.desk, self.city_desk, self.release)

    def publish(self, content: Content, answers: Answers, release: int | None = None) -> None:
        """Other content from the next call on; calls under way keep theirs. To be called from one thread only."""
        self.earlier.keep(self.edition())
        desk = Desk(content.city)
        with self.turnover:
            self.content, self.answers, self.desk, self.city_desk = content, answers, desk, desk
            self.release = release
        if self.heard is not None:
            self.heard.known = content.city.readings

    def parts(
        self,
        line: Line,
        call_id: str,
        recorded: bool,
        unrecorded: Unrecorded = lambda error: None,
        edition: Edition | None = None,
    ) -> Parts:
        """What one call is given; `unrecorded` is told why its sound cannot be kept (any more)."""
        folder = self.settings.calls
        edition = edition or self.edition()

        def failed(error: VoicebotError) -> None:
            log.error("the sound of a call is not kept", extra={"call_id": call_id, "code": error.code})
            unrecorded(error)

        recorder: CallRecorder | None = CallSound(folder, call_id, failed) if recorded else None
        return Parts(
            line=line,
            recognisers=self.recognisers,
            activity=self.activities.take(),
            voice=MessagePlayback(self.voices.taught(edition.content.city.readings).for_call(), folder),
            answers=edition.answers,
            desk=edition.city_desk,
            transcript=self.transcript(call_id),
            recorder=self.tap(call_id, recorder) if self.tap else recorder,
            message_recorder=lambda: MessageSound(folder, call_id),
            decide=lambda decision: self.store.decide(call_id, decision),
            book=lambda order: self.store.book(call_id, order, self.now()),
            send_sms=lambda order: self.texting.text(call_id, order),
            drop_message=lambda recording: self._drop_message(call_id, recording),
            pools=self.pools,
            now=self.office_time or self.now,
            duty=edition.content.city.profile.duty,
            most_seconds=self.settings.max_call_seconds,
            believed=lambda words: self.believed(call_id, words),
        )

    def take_back(self, parts: Parts) -> None:
        """A call is over: what can be used again is lent to the next one."""
        self.activities.give_back(parts.activity)

    def _send_sms(self, phone: str, text: str, reference: str) -> str:
        status_url = f"{self.settings.public_url.rstrip('/')}/twilio/sms-status?message={reference}"
        return self.text_messages.send(phone, text, status_url)

    def _drop_message(self, call_id: str, recording: str) -> None:
        if self.store.ticket_desk.withdraw(call_id, recording, self.now()):
            (self.settings.calls / Path(recording).name).unlink(missing_ok=True)

    def close(self) -> None:
        """Write what waits and end the threads."""
        if isinstance(self.answers, Improving):
            self.answers.close()
        for pool in (self.pools.decode, self.pools.render, self.pools.ask):
            pool.shutdown(wait=False, cancel_futures=True)
        self.store.close()


def backed_up(settings: Settings) -> tuple[dict[str, Path], dict[str, Path]]:
    """What a backup holds, by its name there: databases, and the prompts that people have recorded."""
    databases = {path.name: path for path in (settings.database, settings.accounts, settings.library)}
    prompts = settings.recordings / "prompts"
    return databases, {f"prompts/{path.name}": path for path in sorted(prompts.glob("*.wav"))}
