"""Recordings that are promised, old, or of nothing."""

from pathlib import Path

from small_city import DAY, ROOT, copied, findings

from voicebot import content as contents
from voicebot.checking.recordings import Shelf
from voicebot.checking.survey import House, survey
from voicebot.voice.reading import reading

LINE = "start: 案内\nrecorded:\n  - 案内\n  - goodbye\n  - 案外\n"


def told(folder: Path, words: dict[str, str | None], line: str = LINE) -> list[tuple[str, str, int]]:
    """Rule, file and line of each finding, with these files in the folder of recordings."""
    found = findings(folder, {"line.yaml": line}, DAY, House(shelf=Shelf(words)))
    return [(each.rule, each.path, each.line) for each in found]


def test_a_recording_that_is_promised_and_not_there(tmp_path: Path) -> None:
    """At its line; a name that is no prompt is told with a guess."""
    assert told(tmp_path, {"goodbye": None}) == [
        ("recording-missing", "line.yaml", 3),
        ("recording-missing", "line.yaml", 5),
    ]
    (_, unknown) = findings(tmp_path, {"line.yaml": LINE}, DAY, House(shelf=Shelf({"goodbye": None})))
    assert "もしかして: 「案内」" in unknown.message


def test_a_recording_of_other_words_or_of_nothing(tmp_path: Path) -> None:
    """As the voice would pass it over; spaces do not count, and a slow or foreign one belongs to its prompt."""
    line = "start: 案内\n"
    fitting: dict[str, str | None] = {"案内": "ご用件は 。", "案内.slow": None, "案内.ko": None, "beep": None}
    assert told(tmp_path, fitting, line) == []
    wrong: dict[str, str | None] = {"案内": "ご用向きは。", "案外": None}
    assert [(rule, path) for rule, path, _ in told(tmp_path, wrong, line)] == [
        ("recording-old", "recordings/prompts/案内.wav"),
        ("recording-unused", "recordings/prompts/案外.wav"),
    ]


def test_a_language_with_a_poor_voice_is_noted_with_where_to_begin(tmp_path: Path) -> None:
    """Not a warning: the line speaks."""
    city = copied(tmp_path, {})
    content = contents.load(city, ROOT / "grammars", reading)
    house = House(shelf=Shelf(poor_voices=frozenset({"ja", "ko"})))
    found = survey(content, contents.documents_of(contents.read_folder(city, ROOT / "grammars")), DAY, house)
    (note,) = [each for each in found if each.rule == "voice-poor"]
    assert (note.level, note.path) == ("note", "profile.yaml")
    assert "最初に流れる「案内」" in note.message
