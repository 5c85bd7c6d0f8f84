"""The disaster switch as edits of files: only lines that must change do, and its end puts back what was."""

from datetime import datetime

import pytest

from voicebot.documents import read
from voicebot.editing.emergency import Order, Spot, Wanted, begun, ended, switch_of
from voicebot.errors import ContentError

FILES = {
    "disaster.yaml": "# 災害\nstart: 災害案内\n",
    "facts.yaml": (
        "facts:\n  避難情報: {value: なし, owner: 危機管理課}   # なし、避難指示\n  避難情報_町: 市内の一部\n"
    ),
    "shelters.yaml": (
        "disaster: false\nshelters:\n  本町小学校: {reading: ほんまち, open: false, note: \"\"}\n"
        "  浜町体育館:\n    reading: はままち\n    note: いつもの注意\nwater:\n  本町公園: {reading: こうえん}\n"
    ),
    "trees/災害.yaml": (
        "nodes:\n  災害案内: {prompt: 災害です。}\n  分岐:\n    when:\n"
        "      - {fact: 避難情報, value: [避難指示, 緊急安全確保], goto: 避難}\n"
        "      - {language: en, goto: 英語}\n  避難: {answer: \"{facts.避難情報_町}に避難指示です。{facts.ない値}\"}\n"
    ),
}  # fmt: skip
UNTIL = datetime(2026, 11, 26, 17)
WANTED = Wanted(
    UNTIL, {"避難情報": "避難指示", "避難情報_町": "浜町"}, {("shelters", "本町小学校"): "一階は使えません"}
)


def test_what_the_files_say_is_read_with_the_values_that_the_pack_speaks_of() -> None:
    """A value that does not exist is left to the check."""
    switch = switch_of(FILES)
    assert switch is not None
    assert switch.until is None
    assert switch.orders == (
        Order("避難情報", "なし", ("避難指示", "緊急安全確保", "なし")), Order("避難情報_町", "市内の一部"),
    )  # fmt: skip
    assert switch.spots[1] == Spot("shelters", "浜町体育館", open=False, note="いつもの注意")
    assert not switch.traces
    assert switch_of({"facts.yaml": FILES["facts.yaml"]}) is None


def test_switching_on_changes_only_what_was_chosen() -> None:
    """Comments and the other lines stay."""
    changes = begun(FILES, WANTED)
    assert changes["disaster.yaml"] == "# 災害\nstart: 災害案内\nuntil: 2026-11-26T17:00\n"
    assert "避難情報: {value: 避難指示, owner: 危機管理課}   # なし、避難指示" in changes["facts.yaml"]
    assert "避難情報_町: 浜町" in changes["facts.yaml"]
    shelters = read(changes["shelters.yaml"], "shelters.yaml").data
    assert shelters["disaster"] == "true"  # type: ignore[index, call-overload]
    assert '本町小学校: {reading: ほんまち, open: true, note: "一階は使えません"}' in changes["shelters.yaml"]
    assert changes["shelters.yaml"].count("open: true") == 1
    switch = switch_of(FILES | changes)
    assert switch is not None
    assert switch.until == UNTIL
    assert switch.traces
    assert switch.lasts(datetime(2026, 11, 26, 16, 59))
    assert not switch.lasts(UNTIL)


def test_its_end_puts_back_every_file_as_it_was() -> None:
    """Down to the last sign, where the keys were there before."""
    now = FILES | begun(FILES, WANTED)
    after = now | ended(now, FILES)
    assert after["disaster.yaml"] == FILES["disaster.yaml"]
    assert after["facts.yaml"] == FILES["facts.yaml"]
    assert switch_of(after) == switch_of(FILES)


def test_what_others_wrote_meanwhile_stays() -> None:
    """Only what the switch has changed is put back."""
    now = FILES | begun(FILES, WANTED)
    now["facts.yaml"] += "  料金: 300円\n"
    assert ended(now, FILES)["facts.yaml"] == FILES["facts.yaml"] + "  料金: 300円\n"


def test_without_knowing_what_was_before_places_are_closed_and_orders_stay() -> None:
    """Nobody can say what they were."""
    now = FILES | begun(FILES, WANTED)
    switch = switch_of(now | ended(now, now))
    assert switch is not None
    assert not switch.traces
    assert switch.orders[0].value == "避難指示"


@pytest.mark.parametrize(("kind", "name"), [("shelters", "どこか"), ("water", "どこか")])
def test_switching_on_twice_is_the_same_as_once(kind: str, name: str) -> None:
    """A place that is not known changes nothing."""
    wanted = Wanted(UNTIL, {"知らない値": "x"}, {(kind, name): "x"})
    once = FILES | begun(FILES, wanted)
    assert begun(once, wanted) == {}


def test_a_file_that_cannot_be_read_is_told() -> None:
    """Not passed over."""
    with pytest.raises(ContentError):
        switch_of(FILES | {"shelters.yaml": "shelters: ["})


def test_a_city_without_shelters_can_be_switched_too() -> None:
    """The pack is enough."""
    files = {name: text for name, text in FILES.items() if name != "shelters.yaml"}
    assert set(begun(files, WANTED)) == {"disaster.yaml", "facts.yaml"}
