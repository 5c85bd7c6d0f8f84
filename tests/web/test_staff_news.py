"""The board is kept in step, also over a restart of the service."""

from pathlib import Path

from house import open_house, service
from staff_browser import Stream, browser, person, quick_passwords

from voicebot.actions import Play, Prompt, Record, Transfer
from voicebot.events import CallStarted, MessageRecorded
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.wrong_transfers import WrongTransfer


def test_after_a_restart_everything_is_on_the_board_again(tmp_path: Path) -> None:
    """A call under way, its transfer, a message, a wrong transfer; and who followed the calls before does so still."""
    told: list[str] = []
    before = service(tmp_path)
    with quick_passwords(), open_house(before):
        person(before)
        now = before.now()
        call_id = before.store.begin_call(NewCall("CA1", "+815000000001", "", "ja"), now)
        log = before.transcript(call_id)
        for second, record in enumerate(
            (
                CallStarted(call_id, "+815000000001", "", "ja", now),
                Record(1, "水道課", 60, 3),
                MessageRecorded(1, "x.wav", 4.0),
                Transfer(2, "水道課"),
            )
        ):
            log.append(float(second), record)
        wrong = WrongTransfer(call_id, 1, "水道課", "環境課", "hanako", now.isoformat())
        assert before.store.wrong_transfers.report(wrong)
        text = before.store.text_log.enter(call_id, "09000000001", "地図です。", now)
        before.store.text_log.update(text.id, "undelivered", now, sid="SM1", error="30005")
    again = service(tmp_path)
    again.watcher = lambda call, seconds, record: told.append(type(record).__name__)
    with open_house(again) as house, browser(house) as staff:
        assert staff.sign_in().status_code == 303, "accounts and sessions lie on the disk"
        stream = Stream(staff)
        shown = {}
        wanted = {f"call:{call_id}", f"card:{call_id}:1", f"wrong:{call_id}:1"}
        wanted |= {"ticket:1001", "operator:hanako", "text:1"}
        while not wanted <= set(shown):
            shown |= {item["key"]: item["data"] for item in stream.message()[1].get("items", ())}
        assert shown[f"call:{call_id}"]["state"] == "dialling"
        assert shown[f"card:{call_id}:1"]["department"] == "水道課"
        assert shown["ticket:1001"]["recording"] == "x.wav"
        assert (shown["text:1"]["phone"], shown["text:1"]["error"]) == ("090-0000-0001", "30005")
        assert len([key for key in shown if key.startswith("line:")]) == 3
        again.transcript(call_id).append(9.0, Play(3, (Prompt("つながりませんでした。"),)))
        assert stream.until(f"line:{call_id}:4")["text"] == "つながりませんでした。"
        assert told == ["Play"]
        stream.close()
