"""Corrections and reviews, as the page sends them."""

import pytest
from house import House
from recorded_calls import place
from staff_browser import Staff

from voicebot.transcripts.reviews import Judgement


@pytest.fixture
def call(house: House, request: pytest.FixtureRequest) -> str:
    """A call of this test's own."""
    return place(house, hash(request.node.name) % 1_000_000, recorded=False)


def entry(house: House) -> str:
    """One of the FAQ's."""
    return house.service.content.entries[0].question


def test_a_turn_is_corrected_and_shown_so(editor: Staff, house: House, call: str) -> None:
    """By the form, with what was heard beside it, in the audit log without the words."""
    token = editor.token("account")
    answer = editor.post(
        f"calls/{call}/turns/1?q=ごみ", token,
        verdict="changed", text=" 選挙の投票所はどこですか ", intent="投票所", entry=entry(house),
        department="総合案内",
    )  # fmt: skip
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"../../{call}?q=%E3%81%94%E3%81%BF#turn-1")
    (kept,) = house.service.store.reviews.of_call(call).corrections
    assert kept.judgement == Judgement("選挙の投票所はどこですか", "投票所", entry(house), "総合案内")
    assert (kept.heard, kept.by) == ("先行の投票所はどこですか", "henshu")
    page = editor.get(f"calls/{call}").text
    assert "訂正済み" in page
    assert "選挙の投票所はどこですか" in page
    rows = house.service.accounts.log.rows(words=call)
    assert [(row.what, row.detail) for row in rows] == [("call.correct", {"turn": 1})]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"verdict": "right", "heard": "先行の投票所はどこですか", "text": "ほか"}, "先行の投票所はどこですか"),
        ({"verdict": "noise", "text": "ほか"}, ""),
        ({"verdict": "", "text": "ほか", "intent": "投票所"}, None),
        ({"verdict": "changed", "text": " ", "intent": "投票所"}, None),
    ],
)
def test_a_script_is_told_that_it_is_kept(
    editor: Staff, house: House, call: str, form: dict[str, str], text: str | None
) -> None:
    """Without a new page; heard rightly, no words at all, or only the matter."""
    assert editor.send(f"calls/{call}/turns/1", **form).status_code == 204
    (kept,) = house.service.store.reviews.of_call(call).corrections
    assert kept.judgement.text == text
    assert 'id="turn-1"' in editor.get(f"calls/{call}/turns/1").text


@pytest.mark.parametrize(
    ("form", "code"), [({"entry": "無い問い"}, "calls.no_entry"), ({"department": "無い課"}, "staff.no_department")]
)
def test_an_entry_or_a_department_that_is_not_there_is_refused(
    editor: Staff, house: House, call: str, form: dict[str, str], code: str
) -> None:
    """In words that help."""
    answer = editor.send(f"calls/{call}/turns/1", **form)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert house.service.store.reviews.of_call(call).corrections == ()


def test_who_may_not_edit_cannot_correct(viewer: Staff, house: House, call: str) -> None:
    """Neither by a form nor by a script."""
    assert viewer.send(f"calls/{call}/turns/1", verdict="noise").status_code == 403
    assert viewer.send(f"calls/{call}/review", outcome="solved").status_code == 403
    assert viewer.get("calls/entries?q=住民票").status_code == 403
    assert house.service.store.reviews.of_call(call).corrections == ()


def test_a_review_is_kept_for_later_or_done(editor: Staff, house: House, call: str) -> None:
    """The page says who did it."""
    token = editor.token("account")
    answer = editor.post(f"calls/{call}/review", token, outcome="gave_up", notes=" 途中 ", then="later")
    assert answer.headers["location"].startswith(f"../{call}?")
    review = house.service.store.reviews.of_call(call).review
    assert review is not None
    assert (review.status, review.outcome, review.notes, review.all_heard) == ("begun", "gave_up", "途中", False)
    editor.post(f"calls/{call}/review", token, outcome="solved", all_heard="1", then="done")
    review = house.service.store.reviews.of_call(call).review
    assert review is not None
    assert (review.status, review.outcome, review.all_heard, review.reviewer) == ("done", "solved", True, "henshu")
    assert "henshu が" in editor.get(f"calls/{call}").text


def test_done_and_next_leads_to_the_next_of_the_list(editor: Staff, house: House, call: str) -> None:
    """Which is then marked as reviewed."""
    older = place(house, 31, hours_ago=1, recorded=False)
    token = editor.token("account")
    answer = editor.post(f"calls/{call}/review?reviewed=no", token, outcome="solved", then="next")
    assert answer.headers["location"] == f"../next?reviewed=no&after={call}"
    onward = editor.get(f"calls/next?reviewed=no&after={call}")
    assert onward.headers["location"].split("?")[0] != call
    review = house.service.store.reviews.of_call(call).review
    assert review is not None
    assert review.status == "done"
    assert older != call


def test_a_wrong_transfer_counts_as_one_that_an_operator_reports(editor: Staff, house: House, call: str) -> None:
    """So that there is one figure of wrong transfers."""
    right = next(each.name for each in house.service.content.city.departments if each.name != "総合案内")
    began, token = house.service.now(), editor.token("account")
    editor.post(f"calls/{call}/review", token, outcome="wrong_transfer", department=right, then="done")
    reports = [each for each in house.service.store.wrong_transfers.since(began) if each.call_id == call]
    assert [(each.department, each.right, each.operator) for each in reports] == [("総合案内", right, "henshu")]


def test_entries_are_found_by_their_words(editor: Staff, house: House) -> None:
    """For the field of the right answer; all words must fit."""
    words = entry(house)[:3]
    found = editor.get(f"calls/entries?q={words}", headers={"accept": "application/json"}).json()
    assert entry(house) in [each["entry"] for each in found]
    assert editor.get("calls/entries?q=どこにもない言葉", headers={"accept": "application/json"}).json() == []


def test_a_call_that_is_not_there_cannot_be_reviewed(editor: Staff) -> None:
    """It may have been forgotten meanwhile."""
    assert editor.send("calls/nobody/review", outcome="solved").status_code == 404
