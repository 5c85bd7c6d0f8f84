"""Lists as files of the city's `data/`."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.data_file import DataFile
from voicebot.documents import parse, read
from voicebot.opendata.report import Result
from voicebot.opendata.writing import Origin, file_name, text_of

ORIGIN = Origin(date(2026, 11, 22), "みなと市", "CC BY 4.0", date(2026, 10, 1))


def loaded(result: Result) -> DataFile:
    """The file as the city reads it again."""
    return parse(read(text_of(result, ORIGIN), "data/x.yaml"), DataFile)


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20), min_size=1))
def test_any_text_comes_back_as_it_was(names: list[str]) -> None:
    """Colons, quotes, brackets, null, signs of YAML."""
    rows = tuple({"name": name, "kind": "資源", "hint": name} for name in names)
    found = loaded(Result("x.csv", "ごみ分別", "items", rows))
    assert [(row.name, row.hint) for row in found.items] == [(name, name) for name in names]


def test_the_head_says_what_from_whom_and_from_when() -> None:
    """The city's state, and the day of the import."""
    found = loaded(Result("x.csv", "ごみの種類", "kinds", ({"name": "資源", "hint": "束ねる"},)))
    assert (found.set, found.source, found.licence, found.as_of, found.imported) == (
        "ごみの種類", "みなと市", "CC BY 4.0", date(2026, 10, 1), date(2026, 11, 22)
    )  # fmt: skip
    assert found.kinds == {"資源": "束ねる"}


def test_numbers_flags_and_lists_are_written_as_the_model_reads_them() -> None:
    """Coordinates to a tenth of a metre."""
    row = {
        "name": "A",
        "dangers": ["洪水"],
        "lasting": True,
        "latitude": 34.12345678,
        "longitude": 137.0,
        "capacity": 5,
    }
    (found,) = loaded(Result("x.csv", "指定緊急避難場所", "shelters", (row,))).shelters
    assert (found.latitude, found.longitude, found.lasting, found.capacity) == (34.123457, 137.0, True, 5)


def test_a_files_name_becomes_a_safe_one() -> None:
    """Folders, blanks and signs do not."""
    assert file_name("一覧 2026(最新).csv") == "一覧_2026_最新.yaml"
    assert file_name("../../etc/passwd") == "passwd.yaml"
    assert file_name(".csv") == "data.yaml"
