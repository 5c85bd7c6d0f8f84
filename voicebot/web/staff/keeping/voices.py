"""The page of languages and voices: which are spoken and heard by what, to be listened to."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.actions import Prompt
from voicebot.audio.mulaw import decode
from voicebot.audio.wav import Sound, write
from voicebot.web.staff.guards import Administrator
from voicebot.web.staff.office import Office, page
from voicebot.web.staff.refusals import Refusal

SAMPLES = {
    "ja": "お電話ありがとうございます。ご用件を、ひとことでお話しください。",
    "en": "Thank you for calling. Please tell me in a few words what this is about.",
    "ko": "전화해 주셔서 감사합니다. 용건을 말씀해 주세요.",
}


def router(office: Office) -> APIRouter:
    """`keeping/voices` and a sample of each."""
    rooms = APIRouter()

    async def show(request: Request, session: Administrator) -> Response:
        """All languages of the city."""
        service = office.service
        languages = service.content.city.profile.languages

        def work() -> list[dict[str, str]]:
            return [
                {"language": each, "voice": service.voices.name(each), "recogniser": service.recognisers.name(each)}
                for each in languages
            ]

        rows, failures = await office.ask(work), sum(service.voices.failures().values())
        return page(
            request, "keeping/voices.html", session, rows=rows, failures=failures, samples=SAMPLES,
            settings=service.settings,
        )  # fmt: skip

    async def sample(session: Administrator, language: str) -> Response:
        """A sentence as callers hear it."""
        if language not in SAMPLES:
            raise Refusal(404, "staff.missing")
        sound = await office.ask(lambda: office.service.voices.for_call().render(Prompt(SAMPLES[language], language)))
        return Response(write(Sound(decode(sound), 8000, 1)), media_type="audio/wav")

    rooms.get("/keeping/voices")(show)
    rooms.get("/keeping/voices/{language}.wav")(sample)
    return rooms
