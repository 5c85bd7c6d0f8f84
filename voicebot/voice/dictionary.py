"""A city's own words for Open JTalk: a dictionary of its users, beside the vendor's.

It knows pyopenjtalk and nothing of prompts or sound. An analyser with such a dictionary is an object of its own: calls
that began with other readings keep them. Building one takes half a second, nearly all of it to start the process that
does it: the vendor's builder writes its progress to the standard output, which is not ours to use.
"""

import csv
import subprocess
import sys
import tempfile
from io import StringIO
from itertools import takewhile
from pathlib import Path

import pyopenjtalk
from pyopenjtalk.openjtalk import OpenJTalk

from voicebot.errors import VoiceError
from voicebot.language.pronunciations import Pronunciation, Pronunciations

_BUILD = "import sys, pyopenjtalk; pyopenjtalk.mecab_dict_index(sys.argv[1], sys.argv[2])"
_SECONDS = 30.0
_CONTEXT = 1348
"""Of proper nouns, in the vendor's dictionary (left-id.def): what may stand before and behind the word."""
_COSTS = (0, 0, -6_000, -10_000, -14_500, -19_000, -24_000, -28_000)
"""By signs of the word: low enough to be taken wherever it is written, a single kanji only where the context agrees; a
longer word before the shorter ones that it is made of."""
_LOWEST = -32_000


def analyser(known: Pronunciations) -> OpenJTalk:
    """Open JTalk's analysis with these words.

    Raises:
        VoiceError: their dictionary cannot be built.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="voicebot-words-") as folder:
            words, built = Path(folder) / "words.csv", Path(folder) / "words.dic"
            words.write_text(_table(known), encoding="utf-8")
            command = (sys.executable, "-c", _BUILD, str(words), str(built))
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603  our own words
            # The dictionary is mapped into memory; its file is not needed any more.
            return OpenJTalk(
                dn_mecab=pyopenjtalk.OPEN_JTALK_DICT_DIR,
                userdic=str(built).encode(),
                userdic_reading_protection=[True],
            )
    except (OSError, ValueError, RuntimeError, subprocess.SubprocessError) as error:
        raise VoiceError("voice.dictionary", "The city's readings cannot be used; install pyopenjtalk-plus.") from error


def usual_accent(said: str) -> int:
    """Where the pitch of a reading in katakana falls, as far as the vendor's rules tell; 0 where they do not."""
    words = pyopenjtalk.run_frontend(said, normalize_mode="NFKC")
    together = list(takewhile(lambda at: words[at]["chain_flag"] == 1, range(1, len(words))))
    return int(words[0]["acc"]) if words and len(together) == len(words) - 1 else 0


def _table(known: Pronunciations) -> str:
    """The words as lines of the vendor's kind of dictionary (naist-jdic)."""
    plain = OpenJTalk(dn_mecab=pyopenjtalk.OPEN_JTALK_DICT_DIR)
    table = StringIO()
    lines = csv.writer(table, lineterminator="\n")
    for each in known.words:
        written = plain.normalize_for_mecab(each.word)
        if written:
            lines.writerow((written, _CONTEXT, _CONTEXT, _cost(written), *_features(each, written)))
    return table.getvalue()


def _features(each: Pronunciation, written: str) -> tuple[str, ...]:
    accent = usual_accent(each.said) if each.accent is None else each.accent
    kind = ("名詞", "固有名詞", "一般", "*", "*", "*")
    count = len(each.morae)
    return (*kind, written, each.reading.replace("・", ""), each.said, f"{min(accent, count)}/{count}", "*")


def _cost(written: str) -> int:
    return _COSTS[len(written)] if len(written) < len(_COSTS) else _LOWEST
