"""Lists that cities really publish, where they lie beside the project: each is imported, or says why not."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from voicebot.city.answers import answer
from voicebot.city.load import City, load
from voicebot.errors import TableError
from voicebot.opendata.reading import read_list
from voicebot.opendata.writing import Origin, file_name, text_of

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "opendata"
MINATO = Path(__file__).parents[2] / "dialogs" / "minato"
ORIGIN = Origin(date(2026, 11, 22))
LISTS = {
    "gsi-shelters/emergency_122033.json": ("指定緊急避難場所", 124, 0),
    "gsi-shelters/emergency_172014.json": ("指定緊急避難場所", 507, 0),
    "gsi-shelters/emergency_372013.json": ("指定緊急避難場所", 196, 0),
    "gsi-shelters/evacuation_122033.json": ("指定避難所", 145, 1),
    "gsi-shelters/evacuation_172014.json": ("指定避難所", 215, 0),
    "gsi-shelters/evacuation_372013.json": ("指定避難所", 159, 0),
    "imabari-duty/hospital.csv": ("医療機関", 21, 0),
    "imabari-duty/schedule.csv": ("当番医", 162, 0),
    "kanazawa-garbage/area_days.csv": ("ごみ収集日", 71, 0),
    "kanazawa-garbage/center.csv": ("ごみ処理施設の休み", 2, 0),
    "kanazawa-garbage/description.csv": ("ごみの種類", 4, 0),
    "kanazawa-garbage/remarks.csv": ("ごみ収集日の注意", 0, 0),
    "kanazawa-garbage/target.csv": ("ごみ分別", 1251, 0),
    "takamatsu/aed_location__data.csv": ("AED設置箇所", 450, 0),
    "takamatsu/branch__data.csv": ("公共施設", 5, 0),
    "takamatsu/branch__data.xlsx": ("公共施設", 5, 0),
    "takamatsu/citizen_service_center__data.csv": ("公共施設", 2, 0),
    "takamatsu/community_center__data.csv": ("公共施設", 52, 0),
    "takamatsu/evacuation_space__data.csv": ("指定緊急避難場所", 193, 2),
    "takamatsu/evacuation_space__data.xlsx": ("指定緊急避難場所", 193, 2),
    "takamatsu/garbage_collection_date__0090.csv": ("ごみ収集日", 8, 0),
    "takamatsu/garbage_separation_list__0074.csv": ("ごみ分別", 606, 7),
    "takamatsu/garbage_separation_list__0074.xlsx": ("ごみ分別", 606, 7),
    "takamatsu/general_center__data.csv": ("公共施設", 6, 0),
    "takamatsu/hospital__data.csv": ("医療機関", 616, 1),
    "takamatsu/library__data.csv": ("公共施設", 5, 0),
    "takamatsu/nursery_school__data.csv": ("子育て施設", 118, 0),
    "takamatsu/takamatsu_city_organization_list__0083_202404.csv": ("組織・電話番号", 312, 80),
    "takamatsu/takamatsu_city_organization_list__0083_202504.csv": ("組織・電話番号", 307, 85),
}
"""Each list: what it is, how many of its rows are taken, and how many refused."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published lists do not lie beside the project")


@pytest.mark.parametrize("name", LISTS)
def test_every_published_list_is_imported_and_every_refused_row_explained(name: str) -> None:
    """Rows, and for each one that is left out its number, column and reason."""
    found = read_list(name, (FOLDER / name).read_bytes())
    assert (found.kind, len(found.rows), len(found.refused)) == LISTS[name]
    assert all(problem.row > 1 and len(problem.message) > 8 for problem in found.refused)
    assert all(problem.message for problem in found.mended)


def test_whatever_else_lies_there_is_refused_with_a_sentence() -> None:
    """Licences and papers are no lists."""
    others = [path for path in FOLDER.rglob("*") if path.is_file() and str(path.relative_to(FOLDER)) not in LISTS]
    for path in others:
        with pytest.raises(TableError, match=r"文章|見出し"):
            read_list(path.name, path.read_bytes())


def city_of(folder: str, *without: str) -> City:
    """The demo city's frame with a folder's lists in place of its own."""
    texts = {path.name: path.read_text("utf-8") for path in MINATO.glob("*.yaml")}
    own = ("districts.yaml", "garbage.yaml", "shelters.yaml", "duty.yaml", "facilities.yaml")
    texts = {name: text for name, text in texts.items() if name not in own}
    for name in LISTS:
        if name.startswith(folder) and name.endswith((".csv", ".json")) and Path(name).name not in without:
            result = read_list(Path(name).name, (FOLDER / name).read_bytes())
            texts[f"data/{file_name(name)}"] = text_of(result, ORIGIN)
    return load(texts)


def test_a_city_can_answer_from_its_published_lists_alone(moment_of: datetime) -> None:
    """Places, garbage, shelters: with nothing written by hand."""
    city = city_of("takamatsu")
    told = {
        question: str(answer(city, question, arguments, moment_of)["say"])
        for question, arguments in {
            "facility": {"name": "香川総合センター"},
            "garbage_item": {"item": "アイロン"},
            "garbage_day": {"district": "シオノエ" if city.districts is None else "松島", "kind": "燃やせるごみ"},
        }.items()
    }
    assert re.search("きょうは午後5時までです。電話は、087-[0-9-]{8}です。$", str(told["facility"]))
    assert told["garbage_item"] == "アイロンは、破砕ごみです。"


def test_duty_doctors_over_midnight_from_a_published_list() -> None:
    """At two in the morning those of the evening before are on duty, with their number from the list of clinics."""
    city = city_of("imabari-duty")
    zone = city.profile.zone
    night = answer(city, "duty_doctor", {}, datetime(2025, 10, 26, 2, 0, tzinfo=zone))
    assert (night["found"], night["name"]) == (True, "医師会市民病院")
    assert re.search(r"午前8時半までです。0898-[\d-]{7}", str(night["say"]))
    child = answer(city, "duty_doctor", {"subject": "子どもの熱"}, datetime(2025, 11, 23, 10, 0, tzinfo=zone))
    assert child["subject"] == "小児科"


def test_both_formats_of_garbage_agree_with_their_papers(moment_of: datetime) -> None:
    """5374: 浅野川 has 月 木, and 水4."""
    city = city_of("kanazawa-garbage")
    assert city.garbage is not None
    days = city.garbage.areas["浅野川"]
    assert days["燃やすごみ"].weekdays == {0, 3}
    assert days["燃やさないごみ"].nths == {(2, 4)}
    table = answer(city, "garbage_item", {"item": "アイロン台"}, moment_of)
    assert str(table["say"]).startswith("アイロン台は、ものによって違います。80％以上金属製は、燃やさないごみです。")


@pytest.fixture
def moment_of() -> datetime:
    """A Wednesday morning in Japan."""
    return datetime.fromisoformat("2026-11-25T10:00:00+09:00")
