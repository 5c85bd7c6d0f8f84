"""Where the heading is, which column is which, and which list it is."""

import pytest
from tables import columns, workbook, written

from voicebot.errors import TableError
from voicebot.opendata.collection import is_days
from voicebot.opendata.columns import columns_of, place_of
from voicebot.opendata.kinds import COLLECTION, KNOWN, kind_called
from voicebot.sheets.reading import read_table

OLD = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        (f"{OLD},名称,名称_カナ,住所,緯度,経度,設置位置,電話番号,利用可能曜日,小児対応設備の有無", "AED設置箇所"),
        ("全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,設置位置,電話番号", "AED設置箇所"),
        (f"{OLD},名称,住所,電話番号,医療機関の種類,診療曜日,診療開始時間,診療終了時間,診療科目,病床数", "医療機関"),
        ("ID,名称,所在地_連結表記,災害種別_洪水,災害種別_津波,災害種別_地震", "指定緊急避難場所"),
        ("施設名,所在地（住所）,対象とする災害：洪水,対象とする災害：地震,想定収容人数", "指定緊急避難場所"),
        ("施設・場所名,住所,洪水,崖崩れ、土石流及び地滑り,地震,津波", "指定緊急避難場所"),
        ("施設・場所名,住所,指定緊急避難場所との住所同一,受入対象者", "指定避難所"),
        (f"{OLD},名称,住所,種別,電話番号,収容定員,受入年齢,一時預かりの有無", "子育て施設"),
        ("名称,所在地_連結表記,電話番号,実施サービス,事業所番号", "介護サービス事業所"),
        ("名称,住所,男性トイレ総数,女性トイレ総数", "公衆トイレ"),
        ("名称,住所,SSID,提供エリア", "公衆無線LAN"),
        ("名称,住所,電話番号,POIコード,利用可能曜日", "公共施設"),
        ("施設名,所在地,TEL", "公共施設"),
        ("局,部,課,室・出先,係,所属名称,電話番号", "組織・電話番号"),
        ("日付,曜日,診療科,医療機関名,診療時間,電話番号", "当番医"),
        ("date,week,medical,name,time", "当番医"),
        ("label,sublabel,description,styles,bgcolor", "ごみの種類"),
        ("名称,休止開始日,休止終了日", "ごみ処理施設の休み"),
        ("ID,注意事項", "ごみ収集日の注意"),
    ],
)  # fmt: skip
def test_each_list_is_told_by_its_heading(heading: str, kind: str) -> None:
    """Old and new columns of the standard sets, GIF, GSI, 5374."""
    names = heading.split(",")
    assert columns(names, ["1"] * len(names)).kind.name == kind


def test_a_sorting_list_is_told_by_few_words_that_come_again() -> None:
    """A list of places with a column 種別 is not one."""
    items = [[f"品{number}", "燃えるごみ" if number % 2 else "資源", ""] for number in range(40)]
    assert columns(["品目", "分別区分", "備考"], *items).kind.name == "ごみ分別"
    places = [[f"園{number}", "保育所", "みなと市1"] for number in range(40)]
    assert columns(["名称", "種別", "住所"], *places).kind.name == "公共施設"


def test_collection_days_are_told_by_what_stands_in_the_cells() -> None:
    """The columns have the names of the city's own kinds of garbage."""
    found = columns(["地区", "燃やすごみ", "ガラス"], ["東", "月 木", "水4"], ["西", "火 金", "第2・第4月曜"])
    assert (found.kind, found.places["days"]) == (COLLECTION, (1, 2))


def test_the_heading_may_stand_below_titles_and_spread_over_two_rows() -> None:
    """With merged cells, as offices like it."""
    data = workbook(
        ["みなと市の避難所", "", "", ""],
        ["名称", "住所", "災害種別", ""],
        ["", "", "洪水", "津波"],
        ["みなと小学校", "みなと市1", "○", "×"],
        merged=("A1:D1", "A2:A3", "B2:B3", "C2:D2"),
    )
    found = columns_of(read_table("避難所.xlsx", data), days=is_days)
    assert found.kind.name == "指定緊急避難場所"
    assert [found.cell(row, "danger:洪水") for row in found.rows] == ["○"]
    assert [row.number for row in found.rows] == [4]


def test_names_in_other_languages_are_no_names_and_a_doubled_column_gives_its_first_text() -> None:
    """名称_英語 is not 名称."""
    found = columns(
        ["名称_英語", "名称", "住所", "電話番号", "電話番号"], ["City Hall", "市役所", "1", "", "050-0000-1000"]
    )
    (row,) = found.rows
    assert (found.cell(row, "name"), found.cell(row, "phone")) == ("市役所", "050-0000-1000")


def test_an_unknown_list_is_refused_with_its_headings_and_what_can_be_imported() -> None:
    """And lists that a telephone has no use for by their name."""
    with pytest.raises(TableError, match=r"見出し: 商品、価格.*AED設置箇所.*--kind"):
        columns(["商品", "価格"], ["りんご", "100"])
    with pytest.raises(TableError, match="人口の一覧"):
        columns(["地域", "総人口", "世帯数"], ["東", "100", "40"])
    with pytest.raises(TableError, match="文章のよう"):
        columns(["おしらせです。"], ["よろしくお願いします。"])


def test_a_list_of_another_kind_than_wanted_is_refused() -> None:
    """The message names the columns that are missing."""
    aed = kind_called("AED設置箇所一覧")
    assert aed is not None
    with pytest.raises(TableError, match=r"「AED設置箇所」の一覧として読めません.*「名称」"):
        columns_of(read_table("予算.csv", written(["科目", "予算額"], ["土木", "1"])), aed)


def test_staff_can_name_every_kind() -> None:
    """By its name, with or without 一覧, and by its short names."""
    for kind in (*KNOWN, COLLECTION):
        for word in (kind.name, f"{kind.name}一覧", *kind.also):
            assert kind_called(word) is not None
    assert kind_called("ほげ") is None


def test_a_problem_names_row_column_and_heading() -> None:
    """As Excel shows them."""
    found = columns(["名称", "住所", "電話番号"], ["市役所", "1", "x"])
    assert place_of(found.problem(2, "phone", "だめ")) == "2行目 C列(電話番号)"
    assert place_of(found.problem(0, "", "だめ")) == "全体"
