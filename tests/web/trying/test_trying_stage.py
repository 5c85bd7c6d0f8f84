"""What a trial is held on, with what is pretended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from house import OFFICE, service

from voicebot.dialog.tree import Disaster
from voicebot.voice.reading import reading
from voicebot.web.publishing import Publishing
from voicebot.web.staff.office import Office
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.rooms import open_office
from voicebot.web.staff.trying.stage import set_stage
from voicebot.web.staff.trying.wanted import Wanted

STORM = datetime(2026, 11, 24, 12)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """みじか市, in a storm until noon."""
    made = service(tmp_path)
    zone = made.content.city.profile.zone
    pack = Disaster("受付", STORM.replace(tzinfo=zone))
    made.content = replace(made.content, dialog=replace(made.content.dialog, disaster=pack))
    office = open_office(made, Publishing(made, reading))
    office.publishing.begin()
    yield office
    office.pool.shutdown()
    made.close()


def test_without_a_moment_it_is_now_to_the_minute(office: Office) -> None:
    """As exact as a golden talk says it, so that what is kept comes true."""
    stage = set_stage(office, Wanted())
    assert stage.moment.replace(tzinfo=None) == OFFICE
    assert (stage.language, stage.session.disaster) == ("ja", False)


def test_a_disaster_can_be_on_or_off_or_as_it_is(office: Office) -> None:
    """At the moment that is pretended."""
    late = datetime(2026, 11, 24, 20)
    as_it_is = set_stage(office, Wanted(at=late))
    assert as_it_is.dialog.disaster is not None
    assert as_it_is.moment >= as_it_is.dialog.disaster.until
    on = set_stage(office, Wanted(at=late, disaster="on"))
    assert on.dialog.disaster is not None
    assert on.moment < on.dialog.disaster.until
    assert on.session.disaster
    off = set_stage(office, Wanted(disaster="off"))
    assert off.dialog.disaster is not None
    assert off.moment >= off.dialog.disaster.until


def test_a_release_is_tried_as_it_was(office: Office) -> None:
    """Whatever the draft says since; and the draft has no pack for disasters."""
    library = office.library
    text = library.draft().files["trees/総合案内.yaml"]
    edited = text.replace("prompt: 録音します。", "prompt: 変わりました。")
    library.edit({"trees/総合案内.yaml": edited}, {}, "hanako", office.service.now(), "変える")
    first = {
        content: set_stage(office, Wanted(content=content)).edition.content.dialog.nodes["案内"].text["ja"]  # type: ignore[union-attr,index]
        for content in ("1", "draft")
    }
    assert first == {"1": "録音します。", "draft": "変わりました。"}
    with pytest.raises(Refusal):
        set_stage(office, Wanted(content="draft", disaster="on"))


def test_another_language_than_the_contents_is_refused(office: Office) -> None:
    """The bot would say nothing in it."""
    with pytest.raises(Refusal):
        set_stage(office, Wanted(language="ko"))


def test_what_is_kept_is_held_on_the_same_stage(office: Office) -> None:
    """At its moment, with its ends of transfers."""
    stage = set_stage(office, Wanted(at=OFFICE))
    session = stage.session
    session.transfers = ("busy",)
    talk = stage.talk(session)
    talk.begin()
    assert talk.press("2").dialled[0] == "水道課"
