"""Rows of lists of places."""

from tables import columns

from voicebot.opendata.places import places

HEAD = [
    *("ID", "名称", "名称_カナ", "住所", "方書", "緯度", "経度", "電話番号", "利用可能曜日", "開始時間", "終了時間"),
    *("利用可能日時特記事項", "備考"),
]
HALL = [
    *(
        "1",
        "みなと市役所",
        "ミナトシヤクショ",
        "みなと市みなと町1-1-1",
        "",
        "34.1",
        "137.5",
        "０５０－００００－１０００",
    ),
    *("月火水木金", "8:30", "17:15", "祝日、12/29～1/3を除く", ""),
]


def changed(**cells: str) -> list[str]:
    """The city hall's row with other cells."""
    return [cells.get(name, cell) for name, cell in zip(HEAD, HALL, strict=True)]


def test_a_whole_row_becomes_a_row_of_the_citys_file() -> None:
    """Numbers and digits in one width, hours by the rules of `hours.yaml`."""
    taken = places(columns(HEAD, HALL))
    assert taken.problems == []
    assert taken.rows == [{
        "name": "みなと市役所", "reading": "ミナトシヤクショ", "number": ["050-0000-1000"],
        "address": "みなと市みなと町1-1-1", "latitude": 34.1, "longitude": 137.5,
        "week": {"月-金": "8:30-17:15", "祝日": "休み"},
        "special": [{"date": "12-29..01-03", "hours": "休み", "reason": "年末年始"}], "note": "祝日、12/29～1/3を除く",
    }]  # fmt: skip


def test_bad_rows_are_refused_alone_with_row_column_and_cure() -> None:
    """A name that is missing, the same place again, a heading again, a remark below the table."""
    rows = [HALL, changed(名称=""), HALL, HEAD, ["※ 時間は変わることがあります"] + [""] * 12, ["9"] + [""] * 12]
    taken = places(columns(HEAD, *rows))
    assert len(taken.rows) == 1
    told = [(problem.row, problem.fatal, problem.heading) for problem in taken.problems]
    assert told == [
        (3, True, "名称"), (4, True, "名称"), (5, True, ""), (6, True, ""), (7, True, "名称")
    ]  # fmt: skip
    assert "2行目と同じ施設" in taken.problems[1].message


def test_bad_cells_are_left_out_and_their_rows_kept() -> None:
    """A number, a position, hours, a number of the list that two rows bear."""
    rows = [HALL]
    rows += [changed(名称="東館", 電話番号="内線のみ"), changed(名称="西館", 緯度="137.5", 経度="34.1", ID="2")]
    rows += [changed(名称="北館", 開始時間="朝", ID="3"), changed(名称="南館", 緯度="3.41", ID="4")]
    taken = places(columns(HEAD, *rows))
    assert len(taken.rows) == 5
    assert [(problem.row, problem.heading, problem.fatal) for problem in taken.problems] == [
        (3, "電話番号", False), (3, "ID", False), (4, "緯度", False), (5, "開始時間", False), (6, "緯度", False)
    ]  # fmt: skip
    assert taken.rows[2]["latitude"] == 34.1
    assert "number" not in taken.rows[1]
    assert "week" not in taken.rows[3]
    assert "latitude" not in taken.rows[4]


def test_a_position_far_from_all_others_is_dropped() -> None:
    """A digit is wrong: it lies in Japan, but in another prefecture."""
    rows = [changed(名称=f"館{number}", ID=str(number), 緯度=f"34.1{number}") for number in range(6)]
    taken = places(columns(HEAD, *rows, changed(名称="遠い館", ID="9", 緯度="38.1")))
    assert [("latitude" in row) for row in taken.rows] == [True] * 6 + [False]
    assert "100キロ" in taken.problems[-1].message


def test_an_address_is_put_together_from_its_parts() -> None:
    """The standard sets of 2023 split it."""
    head = ["名称", "所在地_市区町村", "所在地_町字", "所在地_番地以下", "建物名等(方書)", "電話番号"]
    taken = places(columns(head, ["図書館", "みなと市", "本町", "２−１", "本町ビル", "050-0000-1170"]))
    assert taken.rows[0]["address"] == "みなと市本町2-1 本町ビル"


def test_an_office_without_a_telephone_number_is_refused() -> None:
    """Nobody could be told anything about it."""
    head = ["局", "部", "課", "室・出先", "係", "所属名称", "電話番号"]
    rows = [["市民局", "", "市民課", "", "", "市民局市民課", "050-0000-1010"], ["市民局", "", "", "", "", "市民局", ""]]
    taken = places(columns(head, *rows))
    assert [(row["name"], row["kind"]) for row in taken.rows] == [("市民課", "市の部署")]
    assert [(problem.row, problem.fatal) for problem in taken.problems] == [(3, True)]


def test_clinics_have_subjects_and_aed_have_places() -> None:
    """Each list has columns of its own."""
    (clinic,) = places(columns(["名称", "住所", "診療科目"], ["中央病院", "1", "内科、小児科・外科"])).rows
    assert (clinic["kind"], clinic["subjects"]) == ("病院", ["内科", "小児科", "外科"])
    (aed,) = places(
        columns(["名称", "住所", "設置位置", "小児対応設備の有無"], ["市役所", "1", "1階\n受付", "有"])
    ).rows
    assert (aed["kind"], aed["place"], aed["details"]) == ("AED", "1階 受付", "小児対応: 有")
