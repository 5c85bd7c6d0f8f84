"""Rows of lists of shelters."""

from tables import columns

from voicebot.opendata.refuges import refuges

HEAD = [
    *("NO", "名称", "住所", "緯度", "経度", "災害種別_洪水", "災害種別_崖崩れ、土石流及び地滑り", "災害種別_地震"),
    *("災害種別_津波", "指定避難所との重複", "想定収容人数"),
]


def row(number: str, name: str, *flags: str) -> list[str]:
    """One shelter."""
    return [number, name, "みなと市1", "34.1", "137.5", *flags, "1,200人"]


def test_circles_are_dangers_and_triangles_only_a_part() -> None:
    """A cross, a dash and nothing are no."""
    taken = refuges(columns(HEAD, row("1", "みなと小学校", "○", "△", "◯", "×", "1")))
    assert taken.rows == [{
        "name": "みなと小学校", "address": "みなと市1", "latitude": 34.1, "longitude": 137.5,
        "dangers": ["洪水", "地震"], "partly": ["土砂災害"], "capacity": 1200, "lasting": True,
    }]  # fmt: skip


def test_of_two_flood_flags_the_worse_one_makes_it_partly_safe() -> None:
    """Safe in the usual flood, but not in the greatest."""
    taken = refuges(columns(["name", "flood_L1", "flood_L2", "earthquake"], ["A", "○", "×", "○"], ["B", "○", "○", "×"]))
    assert [(each["dangers"], each.get("partly")) for each in taken.rows] == [(["地震"], ["洪水"]), (["洪水"], None)]


def test_a_flag_that_cannot_be_read_refuses_its_row() -> None:
    """And a shelter that is out of use, and one that stands twice."""
    taken = refuges(
        columns(
            HEAD, row("1", "東小学校", "たぶん", "", "○", "", ""),
            row("2", "西公園(工事中のため使用不可)", "○", "", "", "", ""),
            row("3", "北中学校", "○", "", "", "", ""), row("4", "北中学校", "○", "", "", "", ""),
            row("5", "南広場", "", "", "", "", ""),
        )
    )  # fmt: skip
    assert [each["name"] for each in taken.rows] == ["北中学校", "南広場"]
    assert [(problem.row, problem.fatal) for problem in taken.problems] == [(2, True), (3, True), (5, True), (6, False)]
    assert taken.problems[0].heading == "災害種別_洪水"
