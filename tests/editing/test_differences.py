"""What two versions of the city's files say differently, in words."""

from voicebot.editing.differences import Difference, differences, file_label

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
