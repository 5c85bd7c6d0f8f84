"""The list as a table for Excel."""

import pytest
from house import House
from recorded_calls import place
from staff_browser import Staff

from voicebot.sheets.reading import read_table
from voicebot.transcripts.reviews import Judgement, Review


@pytest.fixture(scope="module", autouse=True)
def call(house: House) -> str:
    """A call that has been corrected and reviewed."""
    call_id = place(house, 40, recorded=False)
    reviews, now = house.service.store.reviews, house.service.now()
    reviews.correct(call_id, 1, Judgement("選挙の投票所", "投票所", "", "総合案内"), "henshu", now)
    reviews.correct(call_id, 3, Judgement("山田次郎です"), "henshu", now)
    reviews.save(
        Review(call_id, "done", "wrong", "総合案内", "電話は05000001234", all_heard=True, reviewer="henshu", at=now)
    )
    place(house, 41, "税金のこと", recorded=False, caller=None)
    return call_id


def table(staff: Staff, query: str) -> list[list[str]]:
    """The rows of an export."""
    answer = staff.get(f"calls/export?{query}")
    assert answer.status_code == 200
    name = answer.headers["content-disposition"].split('"')[1]
    return [list(row.cells) for row in read_table(name, answer.content).rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_line_a_call(editor: Staff, call: str, kind: str) -> None:
    """The calls of the list, with what staff said about them."""
    rows = table(editor, f"as={kind}&per=call&q=投票所")
    assert rows[0][:4] == ["通話の番号", "開始", "長さ（秒）", "電話番号"]
    (line,) = rows[1:]
    assert line[0] == call
    assert line[3:8] == ["050-0000-1234", "ja", "折り返し", "総合案内", "選挙の投票所"]
    assert line[11:] == ["確認済み", "間違った答えをした", "総合案内", "電話は05000001234"]


def test_a_line_a_turn(editor: Staff, call: str) -> None:
    """What was heard, and what was really said."""
    rows = table(editor, "as=csv&per=turn&q=投票所")
    head = rows[0]
    first = dict(zip(head, rows[1], strict=True))
    assert (first["聞き取った言葉"], first["本当の言葉"], first["用件"]) == (
        "先行の投票所はどこですか",
        "選挙の投票所",
        "投票所",
    )
    assert {row[0] for row in rows[1:]} == {call}


@pytest.mark.parametrize("query", ["as=csv&per=call", "as=xlsx&per=turn"])
def test_nothing_personal_leaves_with_who_may_not_see_it(viewer: Staff, query: str) -> None:
    """Nor in notes, corrections, guesses."""
    told = str(table(viewer, query))
    for hidden in ("0000-1234", "05000001234", "山田", "ヤマダ"):
        assert hidden not in told
    assert "税金のこと" in told


def test_who_exports_what_is_in_the_log(editor: Staff, house: House) -> None:
    """A copy that leaves the house is a matter of record."""
    table(editor, "as=csv&per=call&q=税金")
    row = house.service.accounts.log.rows(words="calls.export")[0]
    assert (row.who, row.subject, row.detail) == ("henshu", "csv", {"rows": 1, "personal": True})
