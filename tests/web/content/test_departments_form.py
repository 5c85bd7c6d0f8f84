"""The form of a department."""

from voicebot.web.staff.content.departments_form import DepartmentForm, departments_of, ladder, readable

TEXT = """departments:
  市民課:
    reading: しみんか
    names: {en: Citizens Division, zh: 市民科}
    duties: [住民票, 戸籍]
    numbers: [050-0000-1010]   # 代表
    hours: 本庁
    closed: message
    next: 総合案内

  総合案内:
    reading: そうごうあんない
    duties: [案内]
    numbers: [050-0000-1000]
    hours: 本庁
    closed: callback
"""


def form_of(name: str, **changes: str) -> DepartmentForm:
    """As the page sends it back, with some fields changed."""
    shown = DepartmentForm.of(name, departments_of({"departments.yaml": TEXT})[name], "d")
    fields = {**shown.values, "name": name, "seen": "d", **changes}
    return DepartmentForm.sent({key: value for key, value in fields.items() if value != "false"})


def test_a_form_that_is_sent_back_as_it_was_changes_nothing() -> None:
    """Not even languages that the form does not show."""
    for name in ("市民課", "総合案内"):
        assert form_of(name).applied(TEXT) == TEXT


def test_only_what_was_changed_changes() -> None:
    """What is usual is not written."""
    new = form_of(
        "市民課", numbers="050-0000-1010\r\n050-0000-1011", timeout_seconds="30", ask_caller_ja="お名前を。"
    ).applied(TEXT)
    row = departments_of({"departments.yaml": new})["市民課"]
    assert row.numbers == ("050-0000-1010", "050-0000-1011")
    assert (row.timeout_seconds, row.ask_caller) == (30, {"ja": "お名前を。"})
    assert "wait_seconds" not in new
    assert "# 代表" in new


def test_the_whisper_can_be_switched_off_and_on() -> None:
    """A box that is not ticked is not sent."""
    off = form_of("市民課", whisper="false").applied(TEXT)
    assert departments_of({"departments.yaml": off})["市民課"].whisper is False


def test_a_department_is_added_and_taken_away() -> None:
    """With what is usual filled in beforehand."""
    new = DepartmentForm.new("d")
    assert (new.values["timeout_seconds"], new.values["closed"]) == ("25", "message")
    fields = {
        **new.values,
        "new_name": "税務課",
        "reading": "ぜいむか",
        "duties": "税",
        "numbers": "050-0000-1030",
        "hours": "本庁",
    }
    added = DepartmentForm.sent(fields)
    assert added.wrong() == {}
    assert "税務課" in departments_of({"departments.yaml": added.applied(TEXT)})
    assert list(departments_of({"departments.yaml": form_of("市民課").removed(TEXT)})) == ["総合案内"]


def test_what_is_missing_is_told_at_its_field() -> None:
    """Before anything is saved."""
    assert set(DepartmentForm.sent({}).wrong()) == {"name", "reading", "duties", "numbers", "hours"}


def test_the_way_of_a_call_ends_where_it_began_to_go_in_circles() -> None:
    """A draft may hold one before it is checked."""
    rows = departments_of({"departments.yaml": TEXT})
    assert ladder(rows, "市民課") == ["市民課", "総合案内"]
    circle = departments_of({"departments.yaml": TEXT + "    next: 市民課\n"})
    assert ladder(circle, "市民課") == ["市民課", "総合案内"]
    assert readable({"departments.yaml": "departments: 1"}) == {}


def test_the_old_name_stays_among_the_others_only_while_there_is_a_new_one() -> None:
    """A renaming that was refused, and given up, leaves nothing behind."""
    fields = {"name": "水道課", "new_name": "上水課", "also": "水道の係", "keep_old": "yes"}
    renamed = DepartmentForm.sent(fields)
    assert renamed.values["also"] == "水道の係、水道課"
    given_up = DepartmentForm.sent({**fields, "new_name": "水道課", "also": renamed.values["also"]})
    assert given_up.values["also"] == "水道の係"
    assert DepartmentForm.sent({**fields, "keep_old": ""}).values["also"] == "水道の係"
