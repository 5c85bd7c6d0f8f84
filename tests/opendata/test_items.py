"""Rows of sorting lists."""

from tables import columns

from voicebot.opendata.items import items

HEAD = ["品目", "分別区分", "備考"]
PADDING = [[f"もの{number}(金属)", "燃やさないごみ", ""] for number in range(12)]


def rows_of(*rows: list[str]) -> list[dict[str, object]]:
    """What becomes of rows in a list long enough to be one."""
    return [dict(row) for row in items(columns(HEAD, *rows, *PADDING)).rows[: len(rows)]]


def test_the_name_the_make_and_the_hint_are_told_apart() -> None:
    """In brackets, repeated before the hint, or both."""
    assert rows_of(
        ["アイロン", "燃やさないごみ", "コードは切る"],
        ["乾電池（筒形）", "有害ごみ", ""],
        ["アイロン台(金属)80％以上金属製", "燃やさないごみ", "80％以上金属製 「不用品」と表示"],
        ["空き缶（塗料缶は除く）", "資源", ""],
    ) == [
        {"name": "アイロン", "kind": "燃やさないごみ", "hint": "コードは切る"},
        {"name": "乾電池", "kind": "有害ごみ", "when": "筒形"},
        {"name": "アイロン台", "kind": "燃やさないごみ", "when": "80％以上金属製", "hint": "「不用品」と表示"},
        {"name": "空き缶", "kind": "資源", "when": "塗料缶は除く"},
    ]


def test_a_word_in_brackets_at_many_items_is_a_mark_and_no_make() -> None:
    """Else every item of metal would be asked about."""
    taken = items(columns(HEAD, *PADDING))
    assert all("when" not in row for row in taken.rows)
    assert taken.rows[0]["name"] == "もの0"


def test_items_without_name_or_kind_and_doubled_ones_are_refused() -> None:
    """Each with its reason; a number alone is no item."""
    head = ["番号", *HEAD]
    padding = [[str(at + 10), *row] for at, row in enumerate(PADDING)]
    rows = [
        ["1", "", "資源", ""],
        ["2", "傘", "", ""],
        ["3", "傘", "資源", ""],
        ["4", "傘", "資源", ""],
        ["5", "", "", ""],
    ]
    taken = items(columns(head, *rows, *padding))
    assert sorted((problem.row, problem.fatal) for problem in taken.problems) == [
        (2, True),
        (3, True),
        (5, True),
        (6, True),
    ]
    assert taken.rows[0]["name"] == "傘"


def test_a_reading_is_kept_only_when_it_is_one() -> None:
    """The 5374 format writes the first sound only."""
    head = ["type", "name", "notice", "furigana"]
    padding = [["資源", f"もの{number}", "", "も"] for number in range(12)]
    taken = items(columns(head, ["資源", "傘", "", "かさ"], ["資源", "鏡", "", "か"], *padding))
    assert [row.get("reading") for row in taken.rows[:2]] == ["かさ", None]
