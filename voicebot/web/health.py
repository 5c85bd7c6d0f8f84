"""Which parts live, for whoever watches over the service: no names, no numbers, nothing of any caller."""

import os
from collections.abc import Mapping

from voicebot.events import Json
from voicebot.service import Service

Health = Mapping[str, Json | Mapping[str, str]]


def health(service: Service) -> tuple[bool, Health]:
    """Whether calls can be served as they should be begun, and what lives. Looks at the disk, so it blocks.

    Without the store no call can be begun. Without a recogniser, a voice or a place for recordings calls are answered
    all the same: with keys, by the carrier's voice, unrecorded.
    """
    languages = service.content.city.profile.languages
    return service.store.healthy, {
        "store": service.store.healthy,
        "recordings": not service.settings.record_calls or _writable(service.settings.calls),
        "recognisers": {language: service.recognisers.name(language) for language in languages},
        "voices": {language: service.voices.name(language) for language in languages},
        "voice_failures": sum(service.voices.failures().values()),
        "content": service.content.fingerprint,
    }


def _writable(folder: os.PathLike[str]) -> bool:
    """Whether files can be made there; the folder itself is made when the first call comes."""
    path = os.fspath(folder)
    while path and not os.path.exists(path):
        path = os.path.dirname(path)
    return os.access(path or ".", os.W_OK | os.X_OK) and os.path.isdir(path or ".")
