"""The room 改善 without a browser: what is gathered, who may see and do what, and what a decision leaves behind."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from house import OFFICE, House, service
from staff_browser import Staff, browser, signed_in, staffed

from voicebot.city.desk import Desk
from voicebot.events import Alternative, CallEnded
from voicebot.service import Service
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.reviews import Judgement, Review
from voicebot.transcripts.wrong_transfers import WrongTransfer
from voicebot.tuning.replaying import Truth
from voicebot.tuning.talk import Talk
from voicebot.voice.reading import reading
from voicebot.web.staff.improving.bench import anybody_calls, bench_of
from voicebot.web.staff.improving.casebook import casebook, truth_of
from voicebot.web.staff.improving.gathering import work_name
from voicebot.web.staff.improving.replaying import work_name as run_name
from voicebot.web.staff.improving.testing import TALKS

DAY = timedelta(days=1)
ENTRY = "犬の登録"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """みじか市 with an administrator and somebody who may only look."""
    with staffed(service(tmp_path, at=None), hanako="administrator", mieru="viewer") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """Who may do everything."""
    with signed_in(house) as staff:
        yield staff


def called(made: Service, sid: str, *words: str) -> str:
    """A call in which these words were heard."""
    call_id = made.store.begin_call(NewCall(sid, "+815000000001", "", "ja"), made.now())
    transcript = made.store.transcript(call_id)
    talk = Talk(
        made.content.dialog, made.answers, Desk(made.content.city), reading,
        OFFICE.replace(tzinfo=made.content.city.profile.zone),
        watch=lambda record: transcript.append(1.0, record),
    )  # fmt: skip
    talk.begin()
    for text in words:
        talk.hear((Alternative(text, reading(text), 0.8),))
    transcript.append(2.0, CallEnded("caller"))
    made.store.end_call(call_id, made.now(), "caller")
    made.store.flush()
    return call_id


def turn_of(made: Service, call_id: str, words: str) -> int:
    """The turn in which this was heard."""
    return next(turn.turn for turn in made.store.turns(call_id) if turn.heard_text == words)


def gathered(house: House, staff: Staff, days: int = 7) -> str:
    """The page, when everything has been gathered."""
    staff.get(f"improve?days={days}")
    works = bench_of(house.page.app.state.office).works
    assert works.settled(work_name(days), 60)
    return staff.get(f"improve?days={days}").text


def correct(made: Service, call_id: str, heard: str, said: str, entry: str) -> None:
    """Somebody has listened."""
    turn = turn_of(made, call_id, heard)
    assert made.store.reviews.correct(call_id, turn, Judgement(said, "", entry), "hanako", made.now())


def test_cases_come_from_troubles_corrections_and_wrong_transfers(house: House) -> None:
    """Noise, calls without a matter, and what was right after all are no cases."""
    made, store = house.service, house.service.store
    since, until = made.now() - DAY, made.now() + DAY
    before = store.improvements.stamp(since, until)
    lost = called(made, "CA1", "冠札をなくしたんですけど")
    wrong = called(made, "CA2", "住民票がほしい")
    right = called(made, "CA3", "住民票がほしい")
    noise = called(made, "CA4", "ががが")
    prank = called(made, "CA5", "ぴよぴよ")
    sent = called(made, "CA6", "水道の番号")
    assert store.improvements.stamp(since, until) != before
    correct(made, wrong, "住民票がほしい", "犬がほしい", ENTRY)
    correct(made, right, "住民票がほしい", "住民票がほしいです", "住民票の写しの取り方")
    store.reviews.correct(noise, turn_of(made, noise, "ががが"), Judgement(""), "hanako", made.now())
    store.reviews.save(Review(prank, "done", "no_matter", "", "", all_heard=True, reviewer="hanako", at=made.now()))
    store.wrong_transfers.report(WrongTransfer(sent, 1, "水道課", "環境課", "taro", made.now().isoformat()))
    found = {case.call: case for case in casebook(store, since, until).cases}
    assert {call: found.get(call) for call in (right, noise, prank)} == dict.fromkeys((right, noise, prank))
    assert set(found) == {lost, wrong, sent}
    assert (found[lost].kind, found[wrong].kind, found[sent].kind) == ("not_understood", "corrected", "wrong_transfer")
    assert (found[wrong].entry, found[wrong].said, found[wrong].refused) == (
        ENTRY,
        "犬がほしい",
        ("住民票の写しの取り方",),
    )
    assert found[sent].department == "環境課"
    assert truth_of(store, sent, {sent: {1: "環境課"}}).transfers == {1: "環境課"}
    assert truth_of(store, lost, {}) == Truth({}, {}, {})


def test_a_proposal_is_dismissed_with_a_reason_and_comes_back(house: House, staff: Staff) -> None:
    """Others read why; nothing is dismissed without a reason."""
    call_id = called(house.service, "CA1", "冠札をなくしたんですけど")
    correct(house.service, call_id, "冠札をなくしたんですけど", "鑑札をなくしたんですけど", ENTRY)
    page = gathered(house, staff)
    assert f"「{ENTRY}」に「鑑札をなくした」という聞き方を足す" in page
    key = f"way|{ENTRY}|鑑札をなくした"
    token = staff.token("account")
    assert staff.post("improve/dismiss", token, days="7", key=key, reason=" ").status_code == 400
    assert staff.post("improve/dismiss", token, days="7", key="nothing", reason="x").status_code == 404
    assert staff.post("improve/dismiss", token, days="7", key=key, reason="犬の種類は足さない").status_code == 303
    assert "という聞き方を足す" not in staff.get("improve?days=7").text
    assert "犬の種類は足さない" in staff.get("improve/decided").text
    assert staff.post("improve/reconsider", token, key=key).status_code == 303
    assert "という聞き方を足す" in staff.get("improve?days=7").text
    deeds = [row.what for row in house.service.accounts.log.rows(None, 10)]
    assert deeds[:2] == ["improve.reconsidered", "improve.dismissed"]


def test_accepting_edits_the_draft_and_adds_a_talk(house: House, staff: Staff) -> None:
    """As it was edited on the page; the draft then understands it, and nothing is proposed any more."""
    call_id = called(house.service, "CA1", "冠札をなくしたんですけど")
    correct(house.service, call_id, "冠札をなくしたんですけど", "鑑札をなくしたんですけど", ENTRY)
    gathered(house, staff)
    fields = {"days": "7", "key": f"way|{ENTRY}|鑑札をなくした", "target": ENTRY}
    token = staff.token("account")
    assert staff.post("improve/accept", token, **fields, kind="way", text=" ").status_code == 400
    assert staff.post("improve/accept", token, **fields, kind="new", text="小型犬", answer="").status_code == 400
    told = staff.post("improve/accept", token, **fields, kind="way", text="鑑札をもらいました", talk="1")
    assert told.headers["location"].endswith("done=accepted")
    files = house.service.library.draft().files
    assert "鑑札をもらいました" in files["faq/総合案内.yaml"]
    assert "- 市民: 鑑札をもらいました" in files[TALKS]
    assert not bench_of(house.page.app.state.office).saving._office.publishing.examined(files).faults
    assert "article" not in re.sub(r"(?s)<head>.*?</head>", "", gathered(house, staff))


def test_a_new_entry_is_written_into_the_file_of_its_department(house: House, staff: Staff) -> None:
    """With the answer that staff have written."""
    call_id = called(house.service, "CA1", "冠札をなくしたんですけど")
    correct(house.service, call_id, "冠札をなくしたんですけど", "鑑札をなくしたんですけど", ENTRY)
    gathered(house, staff)
    told = staff.post(
        "improve/accept", staff.token("account"), days="7", key=f"way|{ENTRY}|鑑札をなくした", kind="new",
        text="小さな犬の相談", department="環境課", answer="環境課でお聞きします。",
    )  # fmt: skip
    assert told.status_code == 303
    assert "小さな犬の相談" in house.service.library.draft().files["faq/環境課.yaml"]


def test_who_may_only_look_sees_no_names_and_changes_nothing(house: House, staff: Staff) -> None:
    """What tells who called is hidden on every page of the room."""
    call_id = called(house.service, "CA1", "名前は山田太郎です", "名前は山田太郎です")
    assert "山田太郎" in gathered(house, staff) + staff.get("improve/groups?days=7").text
    with browser(house) as viewer:
        viewer.sign_in("mieru")
        for path in ("improve?days=7", "improve/groups?days=7"):
            assert "山田太郎" not in viewer.get(path).text
        token = viewer.token("account")
        assert viewer.post("improve/accept", token, key="x").status_code == 403
        assert viewer.post("improve/replay/begin", token, against="draft", days="7").status_code == 403
        assert viewer.get(f"improve/test?call={call_id}").status_code == 403


def test_a_replay_is_run_kept_and_shown(house: House, staff: Staff) -> None:
    """The running content changes nothing; a draft that the call meets changes it. Another state of it is told."""
    made = house.service
    called(made, "CA1", "冠札をなくしたんですけど")
    token = staff.token("account")
    assert staff.post("improve/replay/begin", token, against="draft", days="5").status_code == 400
    assert staff.post("improve/replay/begin", token, against="99", days="7").status_code == 404
    told = staff.post("improve/replay/begin", token, against="draft", days="7")
    assert told.headers["location"] == "1"
    office = house.page.app.state.office
    bench = bench_of(office)
    assert bench.works.settled(run_name(1), 60)
    assert made.store.replays.run(1).state == "done"  # type: ignore[union-attr]
    assert not anybody_calls(office)
    page = staff.get("improve/replay/1").text
    assert "1件のうち 1件をたどり" in page
    path = "faq/総合案内.yaml"
    text = made.library.draft().files[path].replace("犬を飼い始めました", "犬を飼い始めました, 鑑札をなくした")
    made.library.edit({path: text}, {}, "hanako", made.now(), "試し")
    assert "もう一度始めてください" in staff.get("improve/replay/1").text
    staff.post("improve/replay/begin", token, against="draft", days="7")
    assert bench.works.settled(run_name(2), 60)
    assert sum(made.store.replays.verdicts(2).values()) == 1
    (changed,) = made.store.replays.changed(2, next(iter(made.store.replays.verdicts(2))), 5)
    assert "保健所です" in staff.get(f"improve/replay/2/{changed.call_id}").text
    assert staff.get("improve/replay/2/nothing").status_code == 404
    assert staff.get("improve/replay/9").status_code == 404
    assert staff.post("improve/replay/2/cancel", token).status_code == 303
    assert staff.get("improve/replay/2/progress").json()["over"]


def test_a_call_that_tells_who_called_is_no_test(house: House, staff: Staff) -> None:
    """And one that is gone is missing."""
    call_id = called(house.service, "CA1", "電話番号は09000001234です")
    page = staff.get(f"improve/test?call={call_id}").text
    assert "見本にできるやりとりがありません" in page
    assert staff.get("improve/test?call=nothing").status_code == 404


def test_what_staff_say_is_right_can_be_asked_of_the_draft(house: House, staff: Staff) -> None:
    """The talk then fails until the draft has been mended, so it cannot be published before."""
    call_id = called(house.service, "CA1", "実印を作りたい")
    correct(house.service, call_id, "実印を作りたい", "実印を作りたい", "住民票の写しの取り方")
    page = staff.get(f"improve/test?call={call_id}").text
    assert "市民課の窓口で" in page
    token = staff.token("account")
    assert staff.post("improve/test", token, call=call_id, name=" ").status_code == 400
    assert staff.post("improve/test", token, call=call_id, name="実印", wanted="1").status_code == 303
    files = house.service.library.draft().files
    assert "- 応答: 市民課の窓口で" in files[TALKS]
    assert any("実印" in fault.message for fault in house.page.app.state.office.publishing.examined(files).faults)
