"""Words as they sound on the telephone, with the draft's readings, or with one that is only being tried."""

import re
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot.actions import Prompt
from voicebot.audio import mulaw, wav
from voicebot.city.names import is_kana
from voicebot.city.readings_file import NAME, load_readings
from voicebot.documents import read
from voicebot.errors import ContentError, VoiceError
from voicebot.language.kana import katakana
from voicebot.language.pronunciations import NONE, Pronunciation, Pronunciations
from voicebot.releases.texts import Files
from voicebot.web.staff.content.facts_form import values_of
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office
from voicebot.web.staff.refusals import Refusal

LONGEST = 600
"""Signs that are said at once; a minute and a half."""
_FACT = re.compile(r"\{\s*facts\s*[.．]\s*([^{}]*?)\s*\}")
_PLACE = re.compile(r"\{[^{}|]*\}")
SOMETHING = "なになに"
"""Said where a call would put in its own words."""


def router(office: Office) -> APIRouter:
    """`content/words/say` and `content/words/spelled`."""
    rooms, room = APIRouter(), Speech(office)
    rooms.get("/content/words/say")(room.say)
    rooms.get("/content/words/spelled")(room.spelled)
    return rooms


class Speech:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def say(self, request: Request, session: Viewer) -> Response:
        """The sound, as 8 kHz WAV."""
        query = request.query_params

        def made() -> bytes:
            known, prompt = self._asked(query)
            voices = self._office.service.voices.taught(known)
            if query.get("recorded"):
                sound = voices.recorded(prompt)
                if sound is None:
                    raise Refusal(404, "staff.missing")
            else:
                sound = voices.for_call().render(prompt)
            return wav.write(wav.Sound(mulaw.decode(sound), mulaw.BYTES_PER_SECOND))

        try:
            return Response(await self._office.ask(made), media_type="audio/wav")
        except VoiceError as error:
            raise Refusal(503, "voice.silent") from error

    async def spelled(self, request: Request, session: Viewer) -> Response:
        """How it is read: phrases in katakana, each with its accent."""

        def made() -> list[dict[str, object]]:
            known, prompt = self._asked(request.query_params)
            phrases = self._office.service.voices.taught(known).spelled(prompt)
            return [{"kana": each.kana, "accent": each.accent, "pause": each.pause} for each in phrases]

        try:
            return JSONResponse({"phrases": await self._office.ask(made)})
        except VoiceError as error:
            raise Refusal(503, "voice.silent") from error

    def _asked(self, query: Mapping[str, str]) -> tuple[Pronunciations, Prompt]:
        files = self._office.library.draft().files
        name = query.get("name", "") if query.get("recorded") else ""
        text = filled(query.get("text", "")[:LONGEST], values_of(files))
        prompt = Prompt(text, query.get("language", "ja")[:8], query.get("slow") == "yes", name)
        return tried(readings_of(files), query), prompt


def readings_of(files: Files) -> Pronunciations:
    """The draft's readings; none while their file has faults."""
    if NAME not in files:
        return NONE
    try:
        return load_readings(read(files[NAME], NAME))
    except ContentError:
        return NONE


def tried(known: Pronunciations, query: Mapping[str, str]) -> Pronunciations:
    """The readings, with the one that is being tried in place of what is known of its word."""
    word, reading, accent = query.get("word", "").strip(), query.get("reading", "").strip(), query.get("accent", "")
    if not word or not is_kana(reading):
        return known
    position = int(accent) if accent.isdecimal() and len(accent) < 3 else None
    others = tuple(each for each in known.words if each.word != word)
    return Pronunciations((*others, Pronunciation(word, katakana(reading), position)))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with the values in it, and something where only a call can tell."""
    text = _FACT.sub(lambda place: facts.get(place[1], SOMETHING), text)
    return _PLACE.sub(SOMETHING, text)
