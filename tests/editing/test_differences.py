"""What two versions of the city's files say differently, in words."""

from voicebot.dialog.files import GrammarFile, PhrasesFile
from voicebot.editing.differences import Difference, differences, file_label
from voicebot.editing.labels import KEYS
from voicebot.editing.schema import FILES, schema

FAQ = """department: 市民課
entries:
  - question: 住民票の取り方
    also: [住民票がほしい, 住民票の写し]
    answer: 市民課で取れます。
  - question: 印鑑登録
    answer: 窓口へどうぞ。
"""


def of(before: str | None, after: str | None, path: str = "faq/市民課.yaml") -> list[Difference]:
    """Of one file."""
    return list(differences(*({path: text} if text is not None else {} for text in (before, after))))


def test_a_changed_answer_is_told_with_its_question() -> None:
    """A changed answer is told with its question."""
    (found,) = of(FAQ, FAQ.replace("窓口へどうぞ。", "一階へどうぞ。"))
    assert found.place == ("質問と答え", "「印鑑登録」", "答え")
    assert (found.before, found.after) == ("窓口へどうぞ。", "一階へどうぞ。")


def test_a_new_entry_in_the_middle_is_one_difference() -> None:
    """And one that is gone, too."""
    new = FAQ.replace(
        "  - question: 印鑑登録", "  - question: 戸籍\n    answer: 郵送でも取れます。\n  - question: 印鑑登録"
    )
    (found,) = of(FAQ, new)
    assert (found.place[-1], found.before) == ("「戸籍」", "")
    assert found.after == "質問: 戸籍\n答え: 郵送でも取れます。"
    (gone,) = of(new, FAQ)
    assert (gone.place[-1], gone.after) == ("「戸籍」", "")


def test_only_the_words_that_came_or_went_are_told() -> None:
    """Of a list of ways of asking."""
    (found,) = of(FAQ, FAQ.replace("住民票の写し]", "住民票の写し, 住民票ちょうだい]"))
    assert (found.place[-1], found.before, found.after) == ("ほかの聞き方・呼び方", "", "住民票ちょうだい")
    (found,) = of(FAQ, FAQ.replace("[住民票がほしい, 住民票の写し]", "[住民票の写し, 住民票がほしい]"))
    assert (found.before, found.after) == ("住民票がほしい、住民票の写し", "住民票の写し、住民票がほしい")


def test_a_comment_is_told_as_such() -> None:
    """A comment is told as such."""
    (found,) = of(FAQ, f"# 注釈\n{FAQ}")
    assert found.place == ("書き方・注釈だけの変更",)


def test_new_and_broken_files_are_told_as_a_whole() -> None:
    """New and broken files are told as a whole."""
    assert of(None, FAQ) == [Difference("faq/市民課.yaml", (), "", FAQ.strip())]
    assert of(FAQ, None) == [Difference("faq/市民課.yaml", (), FAQ.strip(), "")]
    (found,) = of(FAQ, "entries: [")
    assert (found.place, found.after) == ((), "entries: [")


def test_the_same_files_do_not_differ() -> None:
    """The same files do not differ."""
    assert of(FAQ, FAQ) == []


def test_files_are_told_as_staff_call_them() -> None:
    """Files are told as staff call them."""
    assert file_label("faq/市民課.yaml") == "FAQ 市民課"
    assert file_label("hours.yaml") == "開庁時間"
    assert file_label("strange.yaml") == "strange.yaml"


def test_keys_and_values_of_a_department_are_told_in_words() -> None:
    """As its form calls them."""
    before = {"departments.yaml": "departments:\n  課:\n    closed: message\n    ring: simultaneous\n"}
    after = {"departments.yaml": "departments:\n  課:\n    closed: 守衛室\n    ring: in_order\n    next: callback\n"}
    found = {each.place[-1]: (each.before, each.after) for each in differences(before, after)}
    assert found == {
        "閉まっているとき・休む日": ("伝言を預かる", "守衛室"),
        "鳴らし方": ("一斉に鳴らす", "上から順に鳴らす"),
        "だれも出ないとき": ("", "折り返しの電話を受け付ける"),
    }


def test_every_key_of_the_citys_files_has_a_word() -> None:
    """In the list of changes nobody meets a key of the files."""
    missing = {
        name
        for model in FILES.values()
        if model not in (PhrasesFile, GrammarFile)
        for rows in (schema(model), *schema(model).get("definitions", {}).values())
        for name in rows.get("properties", {})
        if name.isascii() and name not in KEYS
    }
    assert missing == set()


def test_what_was_renamed_is_told_as_such() -> None:
    """With what else differs; what only came as something went is another thing."""
    before = {"departments.yaml": "departments:\n  甲課: {reading: こうか, hours: 本庁, next: message}\n"}
    after = {"departments.yaml": "departments:\n  乙課: {reading: おつか, hours: 本庁, next: message}\n"}
    assert [(each.place, each.before, each.after) for each in differences(before, after)] == [
        (("課", "甲課", "名前"), "甲課", "乙課"),
        (("課", "乙課", "読み"), "こうか", "おつか"),
    ]
    other = {"departments.yaml": "departments:\n  乙課: {reading: おつか, hours: 夜, next: 守衛室}\n"}
    assert [each.after == "" for each in differences(before, other)] == [True, False]
    words = [{"readings.yaml": f"readings:\n  {word}: ショウダ\n"} for word in ("生田", "生田町")]
    assert [(each.before, each.after) for each in differences(*words)] == [("生田", "生田町")]
