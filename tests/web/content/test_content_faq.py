"""The FAQ's pages, as a browser without scripts meets them."""

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, service
from staff_browser import Staff, browser, form_token, signed_in, staffed
from starlette.requests import Request

from voicebot.releases.texts import digest_of
from voicebot.sheets.writing import workbook_bytes
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.refusals import Refusal

PATH = "faq/総合案内.yaml"


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file."""
    with staffed(service(Path(tmp_path_factory.mktemp("faq"))), hana="editor", taro="editor", view="viewer") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """An editor's browser."""
    with signed_in(house, "hana") as staff:
        yield staff


def text(house: House, path: str = PATH) -> str:
    """A file of the draft."""
    return house.service.library.draft().files.get(path, "")


def entry(house: House, **changes: str) -> dict[str, str]:
    """The form of the dog's entry as it was opened now, with some fields changed."""
    usual = {
        "name": "犬の登録", "from_path": PATH, "path": PATH, "seen": digest_of(text(house)), "question": "犬の登録",
        "also": "犬を飼い始めました\n犬の登録はどこですか", "answer": "保健所です。", "department": "総合案内",
        "keywords": "犬", "owner": "", "valid_until": "", "source": "",
    }  # fmt: skip
    return usual | changes


def test_the_table_is_searched_and_leads_to_the_form(staff: Staff) -> None:
    """The address says what was looked for."""
    assert "住民票の写しの取り方" in staff.get("content/faq").text
    found = staff.get("content/faq?words=犬").text
    assert "犬の登録" in found
    assert "住民票の写しの取り方" not in found
    assert "条件を減らして" in staff.get("content/faq?words=ないもの").text
    form = staff.get(f"content/faq/edit?path={PATH}&name=犬の登録").text
    assert "犬を飼い始めました\n犬の登録はどこですか" in form
    assert staff.get(f"content/faq/edit?path={PATH}&name=ない").status_code == 404


def test_who_may_only_look_can_change_nothing(house: House) -> None:
    """The form is there to be read."""
    with browser(house) as viewer:
        viewer.sign_in("view")
        page = viewer.get(f"content/faq/edit?path={PATH}&name=犬の登録")
        assert "<fieldset" in page.text
        assert "下書きに保存する" not in page.text
        assert viewer.post("content/faq/save", form_token(page), **entry(house)).status_code == 403


def test_an_entry_is_added_changed_and_deleted_in_the_draft(house: House, staff: Staff) -> None:
    """Callers hear nothing of it, the log tells who did it."""
    token, before = staff.token("content/faq"), house.service.content.entries
    new = {"question": "猫の登録", "also": "猫を飼い始めた", "answer": "登録はいりません。", "department": "環境課"}
    answer = staff.post("content/faq/save", token, **new)
    assert (answer.status_code, answer.headers["location"]) == (303, "../faq?told=saved")
    assert "department: 環境課" in text(house, "faq/環境課.yaml")
    moved = entry(
        house, name="猫の登録", from_path="faq/環境課.yaml", path=PATH, seen=digest_of(text(house, "faq/環境課.yaml")),
        **new | {"question": "猫を飼う"},
    )  # fmt: skip
    assert staff.post("content/faq/save", token, **moved).status_code == 303
    assert "entries: []" in text(house, "faq/環境課.yaml")
    assert "question: 猫を飼う" in text(house)
    gone = {"name": "猫を飼う", "from_path": PATH, "seen": digest_of(text(house))}
    assert staff.post("content/faq/delete", token, **gone).headers["location"] == "../faq?told=deleted"
    assert "猫" not in text(house)
    assert house.service.content.entries == before
    assert [edit.by for edit in house.service.library.edits(3)] == ["hana"] * 3
    assert house.service.accounts.log.rows(words="content.edit")[0].detail["words"] == "FAQ「猫を飼う」を消しました"


def test_a_refused_form_comes_back_as_it_was_with_the_reason_at_its_field(house: House, staff: Staff) -> None:
    """Nothing that was typed is lost, and nothing wrong reaches the draft."""
    token, before = staff.token("content/faq"), text(house)
    empty = staff.post("content/faq/save", token, **entry(house, question="", also="わんこ"))
    assert empty.status_code == 422
    assert 'id="question-wrong"' in empty.text
    assert "わんこ" in empty.text
    unknown = staff.post("content/faq/save", token, **entry(house, answer="{facts.ない値}円です。"))
    assert unknown.status_code == 422
    assert "facts.ない値" in unknown.text.split('id="answer-wrong"')[1].split("</ul>")[0]
    twice = staff.post("content/faq/save", token, **entry(house, question="住民票の写しの取り方"))
    assert "二度書かれています" in twice.text
    assert text(house) == before


def test_two_editors_of_different_places_are_merged_and_of_the_same_are_shown_both(house: House, staff: Staff) -> None:
    """Nobody is overwritten."""
    token, opened = staff.token("content/faq"), entry(house)
    with browser(house) as other:
        other.sign_in("taro")
        theirs = {**opened, "answer": "生活衛生課です。"}
        assert other.post("content/faq/save", other.token("content/faq"), **theirs).status_code == 303
    crossed = staff.post("content/faq/save", token, **{**opened, "answer": "保健所の窓口です。"})
    assert crossed.status_code == 409
    assert "taroさんが同じところを先に直しました" in crossed.text
    assert "保健所の窓口です。" in crossed.text
    assert "生活衛生課です。" in crossed.text
    seen = crossed.text.split('name="seen" value="')[1].split('"')[0]
    assert (
        staff.post("content/faq/save", token, **{**opened, "answer": "保健所の窓口です。", "seen": seen}).status_code
        == 303
    )
    assert "保健所の窓口です。" in text(house)
    apart = entry(house, answer="保健所の窓口です。")
    first = entry(
        house, name="住民票の写しの取り方", question="住民票の写しの取り方", answer="市民課です。", also="", keywords=""
    )  # fmt: skip
    assert staff.post("content/faq/save", token, **first).status_code == 303
    assert staff.post("content/faq/save", token, **{**apart, "keywords": "犬、いぬ"}).status_code == 303
    assert "市民課です。" in text(house)
    assert "keywords: [犬, いぬ]" in text(house)


def upload(staff: Staff, token: str, rows: list[tuple[str, ...]], name: str = "faq.xlsx") -> str:
    """The preview of a table with these rows."""
    data = workbook_bytes("FAQ", ("No", "担当課", "質問", "回答"), rows)
    sent = staff.client.post(
        "content/faq/import", data={"form_token": token, "department": ""}, files={"file": (name, io.BytesIO(data))}
    )
    assert sent.status_code in (200, 409), sent.text
    return sent.text


def hidden(page: str, name: str) -> str:
    """A hidden field of a page."""
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_a_table_with_a_bad_row_is_shown_before_it_is_taken_in(house: House, staff: Staff) -> None:
    """The bad row is named; the others come in when it is left out."""
    token = staff.token("content/faq/import")
    rows = [("1", "水道課", "水道料金の支払い", "コンビニで払えます。"), ("2", "ない課", "謎", "答えです。")]
    page = upload(staff, token, rows)
    assert "3行目" in page
    assert "「ない課」という課はありません" in page
    fields = {name: hidden(page, name) for name in ("upload", "digest")}
    refused = staff.post("content/faq/import/apply", token, **fields, department="")
    assert refused.status_code == 409
    assert "使えない行があります" in refused.text
    done = staff.post("content/faq/import/apply", token, **fields, department="", leave_out="yes")
    assert done.headers["location"] == "../../faq?told=imported"
    assert "水道料金の支払い" in text(house, "faq/水道課.yaml")
    assert staff.post("content/faq/import/apply", token, **fields, department="").status_code == 409


def test_a_draft_that_changed_meanwhile_is_compared_anew(house: House, staff: Staff) -> None:
    """What was looked at is what is taken in."""
    token = staff.token("content/faq/import")
    page = upload(staff, token, [("1", "水道課", "漏水", "水道課です。")])
    fields = {name: hidden(page, name) for name in ("upload", "digest")}
    library = house.service.library
    library.edit({PATH: text(house) + "# 別の人\n"}, {}, "taro", house.service.now(), "注")
    again = staff.post("content/faq/import/apply", token, **fields, department="")
    assert again.status_code == 409
    assert "比べ直しました" in again.text
    fields = {name: hidden(again.text, name) for name in ("upload", "digest")}
    assert staff.post("content/faq/import/apply", token, **fields, department="").status_code == 303


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "ファイルを選んで"),
        (b"%PDF-1.4", "PDF"),
        ("見出し\r\nだけ\r\n".encode(), "見出しの行が見つかりません"),
    ],
)
def test_what_is_no_table_is_told(staff: Staff, data: bytes, told: str) -> None:
    """With the cure."""
    token = staff.token("content/faq/import")
    answer = staff.client.post("content/faq/import", data={"form_token": token}, files={"file": ("a.csv", data)})
    assert answer.status_code == 422
    assert told in answer.text


def test_a_form_with_a_file_needs_its_token_and_has_a_limit(staff: Staff) -> None:
    """As every form."""
    file = {"file": ("a.csv", b"1")}
    assert staff.client.post("content/faq/import", data={"form_token": "wrong"}, files=file).status_code == 403
    headers = [(b"content-type", b"multipart/form-data; boundary=x"), (b"content-length", b"99999999")]
    with pytest.raises(Refusal) as caught:
        asyncio.run(form_of(Request({"type": "http", "method": "POST", "headers": headers})))
    assert caught.value.status == 413


def test_the_list_is_exported_and_comes_in_again_without_change(staff: Staff) -> None:
    """Excel and CSV."""
    for kind, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        answer = staff.get(f"content/faq/export?kind={kind}")
        assert answer.content.startswith(begins)
        assert f".{kind}" in answer.headers["content-disposition"]
        token = staff.token("content/faq/import")
        sent = {"file": (f"a.{kind}", answer.content)}
        page = staff.client.post("content/faq/import", data={"form_token": token}, files=sent).text
        assert "変わるものはありません" in page
    assert staff.get("content/faq/export?kind=pdf").status_code == 404
