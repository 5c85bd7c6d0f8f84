"""What is done to a node on its page: both sides in step, saved, made, renamed, deleted, taken back."""

from collections.abc import Iterator

import pytest
from house import House
from scenes_city import TREE, Editor, inputs, scene
from staff_browser import Staff, browser, signed_in

from voicebot.editing.scenes import scenes_of


@pytest.fixture
def other(house: House) -> Iterator[Staff]:
    """The second editor's browser."""
    with signed_in(house, "taro") as staff:
        yield staff


def test_what_is_typed_into_the_form_stands_in_the_yaml_and_back(house: House, staff: Staff) -> None:
    """Nothing is saved by that."""
    page = Editor(staff, "受付")
    assert page.form["yaml"] == scene(house, "受付").text
    told = page.sync("form", f__prompt__ja="ご用件をどうぞ。", f__choices__1__key="8")
    assert "prompt: ご用件をどうぞ。" in page.form["yaml"]
    assert "{say: [水道の番号], label: 水道, key: 8, goto: 水道課へ}" in page.form["yaml"]
    assert (told["told"], told["form"]) == ([], None)
    told = page.sync("yaml", yaml=page.form["yaml"].replace("prompt: ご用件をどうぞ。", "prompt: 何でしょう。"))
    assert page.form["f.prompt.ja"] == "何でしょう。"
    assert page.form["f.choices.1.key"] == "8"
    assert "ご用件は。" in scene(house, "受付").text


def test_every_node_comes_back_from_its_form_as_it_was(house: House, staff: Staff) -> None:
    """However it is written."""
    for name, one in scenes_of(house.service.library.draft().files).items():
        page = Editor(staff, name)
        page.sync("form")
        assert page.form["yaml"] == one.text, name


def test_buttons_add_move_and_remove_lines_and_change_the_kind(staff: Staff) -> None:
    """The form is drawn anew."""
    page = Editor(staff, "番号案内")
    page.sync("form", "add:choices")
    assert page.form["f.choices.2.goto"] == "番号案内"
    page.sync("form", "up:choices.2")
    assert page.form["f.choices.1.goto"] == "番号案内"
    page.sync("form", "remove:choices.1")
    page.sync("form", "language:en")
    assert page.form["f.prompt.en"] == ""
    page.sync("form", f__prompt__en="Press 1 or 2.")
    assert "en: Press 1 or 2." in page.form["yaml"]
    page.sync("form", "kind", kind="transfer")
    assert "transfer: " in page.form["yaml"]
    assert "Press 1 or 2." in page.form["yaml"]
    assert "choices" not in page.form["yaml"]


def test_what_is_wrong_is_told_at_its_field_and_its_line(staff: Staff) -> None:
    """Also while the YAML cannot be read: then the form waits."""
    page = Editor(staff, "番号案内")
    told = page.sync("form", f__choices__0__goto="ごみい")
    assert told["fields"] == {"choices.0.goto": "行き先「ごみい」がありません。(もしかして: 「ごみ」)"}
    told = page.sync("yaml", yaml='番号案内:\n  prompt: "あ\n  end: true')
    assert (told["broken"], told["form"]) == (True, None)
    assert told["told"][0]["line"] in (2, 3)  # type: ignore[index]


def test_saving_goes_into_the_draft_and_can_be_taken_back(house: House, staff: Staff) -> None:
    """No caller hears it before it is published; the deed is in the audit log."""
    page = Editor(staff, "ごみ")
    page.sync("form", f__answer__ja="火曜です。")
    answer = page.save().json()
    assert (answer["faulty"], answer["joined"], answer["name"]) == (False, "", "ごみ")
    assert scene(house, "ごみ").data == {"answer": "火曜です。", "department": "環境課"}
    assert "火曜です。" not in str(house.service.content.dialog.nodes["ごみ"])
    assert house.service.accounts.log.rows()[0].what == "content.edit"
    assert page.save(began=scene(house, "ごみ").text).json()["edit"] is None, "nothing has changed"
    where = staff.post("content/tree-undo", page.form["form_token"], edit=str(answer["edit"]), node="ごみ")
    assert where.headers["location"] == "tree?node=%E3%81%94%E3%81%BF&told=undone"
    assert scene(house, "ごみ").data == {"answer": "月曜です。", "department": "環境課"}
    again = staff.post("content/tree-undo", page.form["form_token"], edit="999", node="ごみ")
    assert "not_undone" in again.headers["location"]


def test_yaml_that_cannot_be_read_is_kept_and_no_caller_meets_it(house: House, staff: Staff) -> None:
    """The other nodes can be edited meanwhile, and it can be mended."""
    page = Editor(staff, "ごみ")
    assert page.save(yaml='ごみ:\n  answer: "月曜です。\n  department: 環境課').json()["faulty"]
    assert scene(house, "ごみ").data is None
    assert house.service.library.draft().files[TREE].count('"月曜です。') == 1
    shown = staff.get("content/tree?node=ごみ").text
    assert "入力欄を止めています" in shown
    assert "引用符" in shown
    other = Editor(staff, "長い話")
    other.sync("form", f__department="水道課")
    assert other.save().status_code == 200
    assert scene(house, "長い話").data["department"] == "水道課"  # type: ignore[index]
    assert house.service.content.dialog.nodes["ごみ"]
    mended = Editor(staff, "ごみ")
    assert mended.save(yaml="ごみ:\n  answer: 火曜です。").json()["faulty"] is False


def test_a_page_without_scripts_saves_too(house: House, staff: Staff) -> None:
    """And leads back to the node."""
    page = Editor(staff, "ごみ")
    fields = page.form | {"yaml": "ごみ:\r\n  answer: 水曜です。\r\n"}
    answer = staff.client.post("content/tree-save", data=fields)
    assert answer.status_code == 303
    assert scene(house, "ごみ").text == "ごみ:\n  answer: 水曜です。"
    assert "下書きに保存しました" in staff.get("content/" + answer.headers["location"]).text


def test_two_editors_of_one_node_are_joined_when_they_touch_other_lines(
    house: House, staff: Staff, other: Staff
) -> None:
    """Nobody has to do anything, but it is told."""
    first, second = Editor(staff, "受付"), Editor(other, "受付")
    first.sync("form", f__prompt__ja="ご用件をどうぞ。")
    second.sync("form", f__choices__5__key="9")
    assert first.save().status_code == 200
    answer = second.save().json()
    assert answer["joined"] == "hanako"
    text = scene(house, "受付").text
    assert "ご用件をどうぞ。" in text
    assert "key: 9" in text


def test_two_editors_of_one_line_both_see_both_texts(house: House, staff: Staff, other: Staff) -> None:
    """Nothing is overwritten and nothing is lost."""
    first, second = Editor(staff, "ごみ"), Editor(other, "ごみ")
    assert first.save(yaml="ごみ:\n  answer: 火曜です。\n  department: 環境課").status_code == 200
    answer = second.save(yaml="ごみ:\n  answer: 水曜です。\n  department: 環境課")
    assert answer.status_code == 409
    shown = answer.json()["crossed"]
    assert "火曜です。" in shown
    assert "水曜です。" in shown
    assert "hanakoさん" in shown
    assert scene(house, "ごみ").data["answer"] == "火曜です。"  # type: ignore[index]
    plain = other.client.post("content/tree-save", data=second.form | {"yaml": "ごみ:\n  answer: 木曜です。"})
    assert plain.status_code == 409
    form = inputs(plain.text[plain.text.index('id="crossed"') :])
    assert form["began"] == scene(house, "ごみ").text
    assert other.client.post("content/tree-save", data=form).status_code == 303
    assert scene(house, "ごみ").text == "ごみ:\n  answer: 木曜です。"


def test_a_node_that_somebody_else_deleted_is_not_lost_to_who_was_editing_it(
    house: House, staff: Staff, other: Staff
) -> None:
    """It can be made again."""
    page = Editor(staff, "長い話")
    token = other.token("content/tree")
    assert other.post("content/tree-delete", token, name="長い話", instead="ごみ").status_code == 303
    answer = page.save(yaml="長い話:\n  answer: 短くしました。")
    assert answer.status_code == 409
    assert "短くしました。" in answer.json()["crossed"]
    assert page.save(yaml="長い話:\n  answer: 短くしました。", began="", remake="yes").status_code == 200
    assert scene(house, "長い話").data == {"answer": "短くしました。"}


def test_the_name_in_the_yaml_renames_the_node_and_all_that_leads_to_it(house: House, staff: Staff) -> None:
    """As the button does."""
    page = Editor(staff, "ごみ")
    answer = page.save(yaml=page.form["yaml"].replace("ごみ:", "ごみの日:", 1)).json()
    assert answer["name"] == "ごみの日"
    assert "goto: ごみの日}" in scene(house, "番号案内").text
    where = staff.post("content/tree-rename", page.form["form_token"], name="ごみの日", to="収集日")
    assert "told=renamed" in where.headers["location"]
    assert "goto: 収集日}" in scene(house, "番号案内").text
    taken = staff.post("content/tree-rename", page.form["form_token"], name="収集日", to="受付")
    assert taken.status_code == 400
    assert "もうあります" in taken.text
    refused = Editor(staff, "収集日").save(yaml="受付:\n  answer: x")
    assert refused.status_code == 400
    assert "もうあります" in refused.json()["refused"]


def test_a_node_that_is_used_is_deleted_only_with_what_leads_to_it(house: House, staff: Staff) -> None:
    """Its places are named; choices can go with it, what must lead somewhere is given another goal."""
    token = staff.token("content/tree")
    page = staff.get("content/tree-delete?name=受付").text
    assert "★ <a href=" in page
    assert ">案内</a>" in page
    refused = staff.post("content/tree-delete", token, name="受付", instead="")
    assert refused.status_code == 400
    assert "代わりの行き先を選んでください" in refused.text
    assert staff.post("content/tree-delete", token, name="受付", instead="ない").status_code == 400
    assert scene(house, "受付")
    assert staff.post("content/tree-delete", token, name="伝言", instead="").status_code == 303
    assert "伝言" not in scenes_of(house.service.library.draft().files)
    assert "伝言の番号" not in scene(house, "受付").text
    assert staff.post("content/tree-delete", token, name="受付", instead="番号案内").status_code == 303
    assert scene(house, "案内").data["goto"] == "番号案内"  # type: ignore[index]
    assert "ありません" in staff.get("content/tree-delete?name=受付").text


def test_a_new_node_of_each_kind_is_made_behind_another_and_in_a_new_file(house: House, staff: Staff) -> None:
    """A name that is taken is refused."""
    token = staff.token("content/tree")
    made = {"name": "夜間", "kind": "ask", "path": TREE, "after": "案内"}
    assert "told=made" in staff.post("content/tree-create", token, **made).headers["location"]
    names = list(scenes_of(house.service.library.draft().files))
    assert names.index("夜間") == names.index("案内") + 1
    assert "もうあります" in staff.post("content/tree-create", token, **made).text
    assert staff.post("content/tree-create", token, name="x", kind="ask", path="../x.yaml").status_code == 400
    new = {"name": "水漏れ", "kind": "message", "path": "trees/水道課.yaml"}
    assert '<option value="trees/水道課.yaml">水道課</option>' in staff.get("content/tree").text
    assert staff.post("content/tree-create", token, **new).status_code == 303
    assert scene(house, "水漏れ").path == "trees/水道課.yaml"
    shown = staff.get("content/tree").text
    assert "どこからも行けません: 2" in shown


def test_who_only_looks_changes_nothing(house: House) -> None:
    """The page has no buttons for it, and what is sent is refused."""
    with browser(house) as viewer:
        viewer.sign_in("gen")
        page = viewer.get("content/tree?node=受付").text
        assert "下書きに保存する" not in page
        assert "この場面を消す" not in page
        assert "readonly>受付:" in page
        token = viewer.token("account")
        for where in ("save", "sync", "create", "rename", "delete", "undo", "file"):
            assert viewer.post(f"content/tree-{where}", token, name="受付").status_code == 403
