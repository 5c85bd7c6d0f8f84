"""Edits of forms on their way into the draft."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, open_house, service
from staff_browser import quick_passwords

from voicebot.accounts.audit import Author
from voicebot.errors import ContentError, Fault
from voicebot.releases.texts import digest_of
from voicebot.web.staff.content.saving import Crossed, Refused, Saved, Saving, Wish

FACTS, NEW = "facts.yaml", "readings.yaml"
HANA, TARO = Author("hana"), Author("taro")


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file."""
    with quick_passwords(), open_house(service(Path(tmp_path_factory.mktemp("saving")))) as house:
        yield house


@pytest.fixture
def saving(house: House) -> Saving:
    """Into the draft of that service."""
    return Saving(house.page.app.state.office)


def wish(saving: Saving, path: str, new: str, seen: str | None = None) -> Wish:
    """Another text for a file."""
    now = digest_of(saving.draft().files.get(path))
    return Wish(path, now if seen is None else seen, lambda text: new.replace("…", text))


def test_an_edit_after_which_the_content_cannot_be_loaded_is_refused(saving: Saving) -> None:
    """Its faults come with the texts that their lines are of."""
    refused = saving.save(HANA, [wish(saving, FACTS, "facts:\n  料金: {value: ''}\n")], "x")
    assert isinstance(refused, Refused)
    assert refused.at(FACTS, ("facts", "料金"))
    assert FACTS in refused.files
    broken = Refused((Fault("a.yaml", 1, "違います。"),), {"a.yaml": "a: ["})
    assert broken.at("a.yaml", ()) == {"": ["違います。"]}


def test_an_edit_that_cannot_be_made_is_refused(saving: Saving) -> None:
    """As when the place is gone."""

    def edit(text: str) -> str:
        raise ContentError((Fault(FACTS, 2, "ありません。"),))

    assert saving.save(HANA, [Wish(FACTS, "", edit)], "x") == Refused((Fault(FACTS, 2, "ありません。"),))


def test_faults_that_were_there_before_hinder_nobody(house: House, saving: Saving) -> None:
    """Who mends one place of a broken draft can save."""
    library, now = house.service.library, house.service.now()
    good = saving.draft().files["hours.yaml"]
    library.edit({"hours.yaml": good + "  夜: {}\n"}, {}, "taro", now, "x")
    assert saving.save(HANA, [wish(saving, FACTS, '…  新: "1"\n')], "x") == Saved()
    worse = saving.save(HANA, [wish(saving, FACTS, '…  新しい 値: "1"\n')], "x")
    assert isinstance(worse, Refused)
    assert all("夜" not in fault.message for fault in worse.faults)
    library.edit({"hours.yaml": good}, {}, "taro", now, "x")


def test_edits_of_other_lines_are_merged_and_of_the_same_are_crossed(saving: Saving) -> None:
    """Nothing is overwritten."""
    base = 'facts:\n  住民票_手数料: "300"\n  一: "1"\n  二: "2"\n  三: "3"\n'
    assert saving.save(HANA, [wish(saving, FACTS, base)], "x") == Saved()
    opened = digest_of(base)
    mine, theirs = base.replace('"300"', '"350"'), base.replace('"3"', '"9"')
    assert saving.save(TARO, [wish(saving, FACTS, theirs, opened)], "x") == Saved()
    assert saving.save(HANA, [wish(saving, FACTS, mine, opened)], "x") == Saved()
    assert '"350"' in saving.draft().files[FACTS]
    assert '"9"' in saving.draft().files[FACTS]
    crossed = saving.save(TARO, [wish(saving, FACTS, base.replace('"300"', '"400"'), opened)], "x")
    assert isinstance(crossed, Crossed)
    assert (crossed.by, crossed.path) == ("hana", FACTS)


def test_a_file_that_was_not_there_may_be_begun_by_two_people(saving: Saving) -> None:
    """The second one's edit is made on what the first one has begun."""

    def added(word: str) -> Wish:
        return Wish(NEW, "", lambda text: (text or "readings:\n") + f"  {word}: よみ\n")

    assert saving.save(HANA, [added("森")], "x") == Saved()
    assert saving.save(TARO, [added("林")], "x") == Saved()
    assert saving.draft().files[NEW] == "readings:\n  森: よみ\n  林: よみ\n"
