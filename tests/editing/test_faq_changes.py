"""An import changes only the lines that it must."""

from voicebot.documents import read
from voicebot.editing.faq_changes import applied
from voicebot.faq.changes import plan
from voicebot.faq.rows import Row, written_in

CITY = """\
# 市民課のお尋ね。
department: 市民課
entries:
  # よく聞かれるもの
  - question: 住民票の写し   # 窓口で一番多い
    also: [住民票がほしい, 住民票の取り方]
    answer: "窓口で、{facts.手数料}円です。"
    owner: 環境課

  - question: 印鑑登録
    answer: 印鑑をお持ちください。
    department: 税務課

# おわり
"""
PATH = "faq/市民課.yaml"


def after(*rows: Row, files: dict[str, str] | None = None) -> dict[str, str]:
    """The files that change."""
    texts = {PATH: CITY} if files is None else files
    written = written_in(tuple(read(text, path) for path, text in texts.items()))
    return applied(plan(written, rows), texts)


def test_a_changed_answer_changes_its_line_only() -> None:
    """Comments, order and quotes stay."""
    row = Row("住民票の写し", "窓口で、四百円です。", "市民課", ("住民票がほしい", "住民票の取り方"), owner="環境課")
    assert after(row) == {PATH: CITY.replace("{facts.手数料}円です", "四百円です")}


def test_lists_departments_and_owners_are_edited_in_place() -> None:
    """What equals the file's own department needs no key."""
    row = Row("印鑑登録", "印鑑をお持ちください。", "市民課", ("はんこ",), ("印鑑",), owner="税務課")
    changed = after(row)[PATH]
    assert changed.startswith(CITY[: CITY.index("    department: 税務課")])
    assert changed.endswith("# おわり\n")
    (entry,) = [one for one in written_in((read(changed, PATH),)) if one.entry.question == "印鑑登録"]
    assert (entry.department, entry.owner, entry.entry.department) == ("市民課", "税務課", "")
    assert entry.entry.also == ["はんこ"]


def test_new_entries_come_at_the_end_of_their_departments_file() -> None:
    """With a blank line where the file has them; a department without a file gets one."""
    changed = after(
        Row("戸籍", "本籍地の窓口です。", "市民課"),
        Row("転出届", "窓口です。", "市民課", ("引っ越し",)),
        Row("固定資産税", "4月です。", "税務課", owner="市民課"),
    )
    assert changed[PATH] == CITY.replace(
        "    department: 税務課\n",
        "    department: 税務課\n\n  - question: 戸籍\n    answer: 本籍地の窓口です。\n\n"
        "  - question: 転出届\n    also: [引っ越し]\n    answer: 窓口です。\n",
    )
    assert changed["faq/税務課.yaml"] == (
        "# 税務課によくあるお尋ね。\ndepartment: 税務課\nentries:\n"
        "  - question: 固定資産税\n    answer: 4月です。\n    owner: 市民課\n"
    )


def test_an_empty_file_takes_its_first_entries() -> None:
    """`entries: []` becomes a list on lines."""
    changed = after(Row("戸籍", "窓口です。", "市民課"), files={PATH: "department: 市民課\nentries: []\n"})
    assert changed[PATH] == "department: 市民課\nentries:\n  - question: 戸籍\n    answer: 窓口です。\n"


def test_nothing_to_change_changes_nothing() -> None:
    """Not even a blank."""
    assert after() == {}
