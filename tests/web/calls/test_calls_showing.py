"""The page of one call."""

import html
import json
import re

import pytest
from house import House
from recorded_calls import ENTRY, place, refused
from staff_browser import Staff

from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.reviews import Judgement, Review


@pytest.fixture(scope="module")
def call(house: House) -> str:
    """A call with sound, of which a turn was corrected where a name was said."""
    call_id, reviews, now = place(house, 10), house.service.store.reviews, house.service.now()
    reviews.correct(call_id, 3, Judgement("山田次郎です", "お名前は山田です"), "henshu", now)
    reviews.save(Review(call_id, "begun", "", "", "電話は05000001234", all_heard=False, reviewer="henshu", at=now))
    return call_id


def line_of(page: str) -> dict[str, object]:
    """What the picture is drawn from."""
    found = re.search(r'data-line="([^"]+)"', page)
    assert found
    return dict(json.loads(html.unescape(found[1])))


def test_everything_about_a_call_is_on_one_line(editor: Staff, call: str) -> None:
    """What was said and heard, guesses, scores, times, the path, each telephone, the text message's fate."""
    raw = editor.get(f"calls/{call}").text
    page = html.unescape(raw)
    for shown in (
        "先行の投票所はどこですか", "センコーノトーヒョージョ", "選挙の投票所", "41%", f"近い FAQ「{ENTRY}」", "62%",
        "わからずに聞き返した", "050-0000-2001: 応答なし", "転送: 応答なし", "ショートメッセージ: 届かなかった", "受付",
        "キー <kbd>5</kbd>", "050-0000-1234", "山田太郎", "山田次郎", "2.00秒", "0.30秒", "1000",
    ):  # fmt: skip
        assert shown in page, shown
    line = line_of(raw)
    assert line["stretches"] == [[0.1, 0.0, 12.0]]
    assert [each["who"] for each in line["spoken"]] == ["said", "heard", "said", "heard", "said"]  # type: ignore[attr-defined]
    assert f'data-sound="../recordings/{call}.wav"' in page


def test_who_may_not_see_it_gets_nothing_personal(viewer: Staff, call: str) -> None:
    """Not in the words, not in the data of the picture, no sound, and no form."""
    page = html.unescape(viewer.get(f"calls/{call}").text)
    assert "山田" not in page
    assert "ヤマダ" not in page
    assert "1234" not in page
    assert "+81" not in page
    assert "recordings/" not in page
    assert "先行の投票所はどこですか" in page
    assert "個人情報を見る権限が必要" in page
    assert 'class="fix"' not in page
    assert viewer.get(f"calls/{call}/peaks").status_code == 403
    assert viewer.get(f"recordings/{call}.wav").status_code == 403
    assert "山田" not in viewer.get(f"calls/{call}/turns/3").text


def test_an_operator_may_listen_but_not_correct(house: House, call: str) -> None:
    """The role's rights decide, not the page."""
    staff = Staff(house.base_url)
    staff.sign_in("uketsuke")
    page = staff.get(f"calls/{call}").text
    staff.client.close()
    assert "山田太郎" in page
    assert 'class="fix"' not in page


def test_a_call_without_sound_says_why(editor: Staff, house: House) -> None:
    """Refused, or not kept."""
    assert "録音を望まなかった" in editor.get(f"calls/{refused(house, 11)}").text
    assert "録音はありません" in editor.get(f"calls/{place(house, 12, recorded=False)}").text


def test_a_call_that_goes_on_can_be_read_and_not_corrected(editor: Staff, house: House) -> None:
    """Its turns are summed up at its end."""
    store = house.service.store
    call_id = store.begin_call(NewCall("CA0013", None, "+815000002000", "ja"), house.service.now())
    page = editor.get(f"calls/{call_id}")
    assert page.status_code == 200
    assert "まだ続いています" in page.text


def test_a_call_that_is_not_there_is_told_so(editor: Staff, call: str) -> None:
    """It may have been forgotten."""
    assert editor.get("calls/20260101-000000-000000000000").status_code == 404
    assert editor.get(f"calls/{call}/turns/77").status_code == 404


def test_the_way_back_keeps_the_filters(editor: Staff, call: str) -> None:
    """Also the way to the next call."""
    page = html.unescape(editor.get(f"calls/{call}?q=ごみ&lost=1").text)
    assert 'href="../calls?q=%E3%81%94%E3%81%BF&lost=1"' in page
    assert f'href="../calls/next?q=%E3%81%94%E3%81%BF&lost=1&after={call}"' in page
