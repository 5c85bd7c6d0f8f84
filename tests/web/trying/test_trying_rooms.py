"""Trials over the real service: by voice, in writing, kept as talks; and nothing of them among residents' calls."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from house import House, open_house, service, speak, until
from staff_browser import browser, person, quick_passwords, staffed
from trial_page import TrialPage, page_of
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

Opens = Callable[..., TrialPage]
NIGHT = "2027-01-02T21:00"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """みじか市, where at most three calls are taken; every trial hears a question about the 住民票."""
    scripts = [("住民票の写しの取り方", "水道課")] * 12
    with staffed(
        service(tmp_path_factory.mktemp("try"), *scripts, max_calls=3), hanako="editor", vivi="viewer"
    ) as house:
        yield house


@pytest.fixture
def opens(house: House) -> Iterator[Opens]:
    """Opens trials as an editor."""
    with page_of(house) as opened:
        yield opened


def calls(house: House) -> int:
    """How many calls the store knows."""
    house.service.store.flush()
    return len(house.service.store.calls(limit=100))


def test_a_typed_trial_at_night_on_the_draft(house: House, opens: Opens) -> None:
    """With why: the readings, the choices, the candidates and the decision; closed as on that day."""
    trial = opens(by="text", content="draft", at=NIGHT)
    began = trial.wait("began")
    assert began["moment"] == NIGHT
    assert began["limits"]["answer"] == 0.8
    trial.phase("asking")
    trial.order("say", text="住民票の写しの取り方")
    heard = trial.wait("heard")
    assert heard["guesses"] == [
        {"text": "住民票の写しの取り方", "reading": "ジューミンヒョーノウツシノトリカタ", "confidence": 1.0}
    ]
    assert trial.wait("found")["hits"][0]["confidence"] == 1.0
    assert trial.wait("reasons")["rows"][0]["sound"] == 1.0
    assert {"search", "answer"} <= {item["code"] for item in trial.told("verdict")}
    trial.order("keys", text="0")
    assert trial.wait("looked")["facts"]["open"] is False
    until(lambda: "1月4日" in trial.said[-1])
    assert calls(house) == 0, "nothing is stored"


def test_in_writing_transfers_end_as_one_chooses(opens: Opens) -> None:
    """Busy: the next telephone, then somebody answers."""
    trial = opens(by="text", at="2026-11-24T10:00")
    trial.phase("asking")
    trial.order("keys", text="2")
    assert trial.wait("transfer")["department"] == "水道課"
    trial.order("say", text="もしもし")
    trial.wait("not_now")
    trial.order("transfer", outcome="busy")
    assert trial.wait("transferred")["outcome"] == "busy"
    assert trial.wait("transfer", 2)["department"] == "守衛室"
    trial.order("transfer", outcome="connected")
    assert trial.wait("over")["why"] == ""


def test_in_writing_a_message_is_left_and_no_ticket_made(house: House, opens: Opens) -> None:
    """Silence, noise and keys are things that one does."""
    trial = opens(by="text")
    trial.phase("asking")
    trial.order("noise")
    assert trial.wait("heard")["guesses"] == []
    trial.order("silence")
    trial.wait("timed")
    trial.order("keys", text="3")
    trial.phase("recording")
    trial.order("message")
    assert trial.wait("message")["kept"]
    trial.wait("over")
    assert house.service.store.tickets() == ()


def test_by_voice_it_is_a_call_without_a_telephone(house: House, opens: Opens) -> None:
    """Sound out and marks back, speech in; interim words, guesses, the answer; then hanging up."""
    trial = opens(by="voice").sounding()
    trial.phase("asking")
    assert trial.events("media")
    trial.talk(speak("住民票の写しの取り方") + b"\xff" * 40_000)
    heard = trial.wait("heard")
    assert heard["guesses"][0]["text"] == "住民票の写しの取り方"
    assert heard["speech"] > 0
    assert trial.wait("believed")["words"]
    until(lambda: "300円" in trial.said[-1])
    assert trial.wait("waited")["seconds"] >= 0
    assert trial.wait("reasons")["rows"]
    trial.send({"event": "stop", "streamSid": "trial", "stop": {"callSid": "trial"}})
    assert trial.wait("ended")["reason"] == "caller"
    assert trial.wait("over")["why"] == ""
    assert calls(house) == 0
    assert not list(house.service.settings.calls.glob("*")), "no sound is kept"


def test_by_voice_keys_and_typed_words_and_a_busy_telephone(opens: Opens) -> None:
    """Typed words wait for the announcement; a transfer gives the line back, and the bot goes on."""
    trial = opens(by="voice", at="2026-11-24T10:00").sounding()
    trial.wait("said")
    trial.order("say", text="水道の番号")
    trial.wait("held")
    assert trial.wait("heard")["counts"]
    assert trial.wait("transfer")["department"] == "水道課"
    trial.order("transfer", outcome="no_answer")
    assert trial.wait("transfer", 2)["department"] == "守衛室"
    trial.order("transfer", outcome="connected")
    assert [item["outcome"] for item in trial.told("transferred")] == ["no_answer"]
    assert trial.wait("over")["why"] == ""
    assert trial.told("place")[-1]["phase"] == "ended"


def test_a_key_interrupts_what_is_being_said(opens: Opens) -> None:
    """The sound that is queued is dropped, and its marks come back."""
    trial = opens(by="voice", transfer="connected").sounding()
    trial.phase("asking")
    trial.key("4")
    until(lambda: any("燃えるごみは" in text for text in trial.said))
    before = len(trial.events("media"))  # of the question; what comes now is the answer
    until(lambda: len(trial.events("media")) > before + 5)
    trial.key("*")
    until(lambda: trial.events("clear"))


@pytest.mark.slow
def test_speech_interrupts_what_is_being_said_and_marks_come_back(opens: Opens) -> None:
    """As on a telephone: the bot falls silent, listens, and goes on when its mark has returned."""
    trial = opens(by="voice", at=NIGHT).sounding()
    trial.phase("asking")
    trial.key("4")
    until(lambda: any("燃えるごみは" in text for text in trial.said))
    before = len(trial.events("media"))
    until(lambda: len(trial.events("media")) > before + 5)
    cleared = len(trial.events("clear"))
    trial.talk(speak("住民票の写しの取り方") + b"\xff" * 80_000)
    trial.wait("stopped")
    until(lambda: len(trial.events("clear")) > cleared)
    trial.wait("heard")
    until(lambda: "300円" in trial.said[-1])
    until(lambda: [item for item in trial.told("event") if item["record"] == "PromptFinished"][1:], 20)
    assert trial.events("mark")


def test_a_pretended_end_is_taken_for_every_transfer(opens: Opens) -> None:
    """Then nobody is asked."""
    trial = opens(by="text", transfer="busy", at="2026-11-24T10:00")
    trial.phase("asking")
    trial.order("keys", text="2")
    assert trial.wait("transferred", 2)["outcome"] == "busy"


def test_at_most_two_by_voice_and_residents_go_first(house: House, opens: Opens) -> None:
    """The third colleague is told so; when the line is full, a trial makes room."""
    first, second = opens(by="voice").sounding(), opens(by="voice").sounding()
    for trial in (first, second):
        trial.wait("began")
    assert opens(by="voice").wait("over")["why"] == "try.full"
    assert opens(by="text").wait("began"), "typing costs next to nothing"
    admission = house.page.app.state.admission
    for number in range(2):
        admission.talking(f"CA{number}")
    until(lambda: "try.calls" in {item["why"] for trial in (first, second) for item in trial.told("over")})
    assert len(first.told("over") + second.told("over")) == 1, "one made room; the other may stay"
    assert opens(by="voice").wait("over")["why"] == "try.calls"
    for number in range(2):
        admission.gone(f"CA{number}")


def test_what_cannot_be_tried_is_told(house: House, opens: Opens) -> None:
    """No such release, no pack for disasters, another language, and who may not see the draft."""
    assert opens(by="text", content="999").wait("over")["why"] == "try.release"
    assert opens(by="text", disaster="on").wait("over")["why"] == "try.no_pack"
    assert opens(by="text", language="ko").wait("over")["why"] == "try.language"
    with page_of(house, "vivi") as viewer:
        assert viewer(by="text", content="draft").wait("over")["why"] == "staff.forbidden"
        assert viewer(by="text").wait("began"), "what is in force may be tried by everybody who may look"


def test_a_draft_with_faults_names_them(house: House, opens: Opens) -> None:
    """So that they can be mended."""
    library = house.service.library
    path = "trees/総合案内.yaml"
    text = library.draft().files[path]
    library.edit({path: text.replace("goto: 受付", "goto: どこか")}, {}, "hanako", house.service.now(), "壊す")
    over = opens(by="text", content="draft").wait("over")
    library.edit({path: text}, {}, "hanako", house.service.now(), "直す")
    assert over["why"] == "try.faults"
    assert "どこか" in over["lines"][0]


def test_a_trial_is_kept_as_a_talk_that_comes_true(house: House, opens: Opens) -> None:
    """In the draft, checked there, and in the audit log."""
    trial = opens(by="text", content="draft", at=NIGHT)
    trial.phase("asking")
    trial.order("say", text="住民票の写しの取り方")
    trial.wait("found")
    trial.order("hang_up")
    trial.wait("over")
    where = f"try/talks/{trial.wait('began')['id']}"
    with browser(house) as staff:
        staff.sign_in()
        shown = json.loads(staff.get(where, params={"name": "夜の住民票"}).text)
        assert shown["same"]
        assert "市民: 住民票の写しの取り方" in shown["text"]
        kept = staff.send(where, name="夜の住民票", file="夜")
        assert kept.json() == {"path": "talks/夜.yaml", "text": shown["text"], "same": True, "fault": ""}
        assert staff.send(where, name="もう一つ", file="夜").json()["fault"] == ""
        assert staff.send(where, name="", file="夜").status_code == 422
        assert staff.send(where, name="x", file="../夜").status_code == 422
    files = house.service.library.draft().files
    assert files["talks/夜.yaml"].count("name:") == 2
    assert house.page.app.state.office.publishing.examined(files).faults == ()
    assert "talk.keep" in {row.what for row in house.service.accounts.log.rows()}


def test_only_ones_own_trial_can_be_kept(house: House, opens: Opens) -> None:
    """By people who may edit."""
    trial = opens(by="text")
    where = f"try/talks/{trial.wait('began')['id']}"
    with browser(house) as other:
        person(house.service, "jiro", "editor")
        other.sign_in("jiro")
        assert other.get(where).status_code == 404
    with browser(house) as viewer:
        viewer.sign_in("vivi")
        assert viewer.get(where).status_code == 403


def test_the_page_has_what_the_address_says(house: House) -> None:
    """So that a trial can be shared; who may not edit is offered what is in force only."""
    with browser(house) as staff:
        staff.sign_in()
        text = staff.get("try", params={"by": "text", "content": "draft", "at": NIGHT, "transfer": "busy"}).text
        assert f'value="{NIGHT}"' in text
        assert '<option value="draft" selected>' in text
        assert '<option value="busy" selected>' in text
        assert "声は録音しません" in text
    with browser(house) as viewer:
        viewer.sign_in("vivi")
        assert 'value="draft"' not in viewer.get("try").text


def test_strangers_and_other_sites_do_not_get_the_line(house: House) -> None:
    """A socket bears our cookies from any site."""
    address = "ws" + house.base_url.removeprefix("http") + "/staff/try/line?by=text"
    with pytest.raises(InvalidStatus):
        connect(address, origin=house.base_url)  # type: ignore[arg-type]
    with browser(house) as staff:
        staff.sign_in()
        cookie = "; ".join(f"{name}={value}" for name, value in staff.client.cookies.items())
        with pytest.raises(InvalidStatus):
            connect(address, additional_headers={"cookie": cookie}, origin="https://evil.example")  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_service_can_stop_while_somebody_tries(tmp_path: Path) -> None:
    """The page is told, and nothing hangs."""
    with quick_passwords(), open_house(service(tmp_path)) as house:
        person(house.service, "hanako", "editor")
        with page_of(house) as opens:
            trial = opens(by="voice").sounding()
            trial.wait("began")
            house.stop()
            trial.wait_closed()
