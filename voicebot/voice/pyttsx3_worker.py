"""A process of its own in which pyttsx3 writes one sentence into a file; nobody else may import pyttsx3.

The order is JSON on standard input: `text`, `voices` (wanted language names, best first), `rate` (words a minute),
`path`. The answer is the exit status; what is printed means nothing. Being a process of its own, it can be ended when
pyttsx3's loop hangs, and eSpeak NG's crashes and its GPL stay outside of the service.
"""

import ctypes
import json
import os
import sys
import threading
from collections.abc import Iterable, Sequence
from typing import Any

try:
    import pyttsx3
except ImportError:  # said with the exit status
    pyttsx3 = None
try:
    import espeakng_loader
except ImportError:  # optional: the operating system may bring the library
    espeakng_loader = None

NOT_INSTALLED = 3
NO_LANGUAGE = 4


def main() -> int:
    """Carry out the order on standard input; the exit status."""
    order = json.load(sys.stdin)
    if pyttsx3 is None:
        return NOT_INSTALLED
    try:
        _load_espeak()
        engine = pyttsx3.init()
    except (ImportError, OSError, RuntimeError):
        return NOT_INSTALLED
    voice = chosen(engine.getProperty("voices"), order["voices"])
    if voice is None:
        return NO_LANGUAGE
    engine.setProperty("voice", voice)
    engine.setProperty("rate", order["rate"])
    finished = threading.Event()
    engine.connect("finished-utterance", lambda **_: finished.set())
    engine.save_to_file(order["text"], order["path"])
    engine.runAndWait()
    # eSpeak speaks in a thread of its own, and the loop of pyttsx3 2.99 ends after 10 ms whether it is done or not: on
    # a busy machine the file is written after runAndWait has returned. Who started us ends us when that takes long.
    finished.wait()
    return 0


def chosen(voices: Iterable[Any], wanted: Sequence[str]) -> str | None:
    """The id of the voice for the first wanted language that there is.

    eSpeak's ids end in the language's name (`gmw/en-us`); voices of other systems list languages (`ja_JP`).
    """
    known = list(voices)
    for name in wanted:
        for voice in known:
            if str(voice.id).lower().rsplit("/", 1)[-1] == name:
                return str(voice.id)
        for voice in known:
            languages = (str(language).lower().replace("_", "-") for language in voice.languages or ())
            if any(language == name or language.startswith(f"{name}-") for language in languages):
                return str(voice.id)
    return None


def _load_espeak() -> None:
    """Make the operating system's eSpeak NG, or else the one from the package index, findable for pyttsx3."""
    if sys.platform != "linux":
        return  # other systems bring voices of their own
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        if espeakng_loader is None:
            raise
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()


if __name__ == "__main__":
    # Not sys.exit: eSpeak NG is known to crash while Python takes itself down, after the file has been written.
    os._exit(main())
