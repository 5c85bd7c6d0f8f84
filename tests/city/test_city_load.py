"""All files of a city together, and the demo city as it is shipped."""

from collections.abc import Mapping

import pytest

from voicebot.city.load import City, load
from voicebot.errors import ContentError

GOOD = {
    "profile.yaml": "name: み市\nname_reading: みし\nswitchboard: 案内\nduty: 守衛室\n",
    "hours.yaml": "calendars:\n  本庁: {week: {月-金: 8:30-17:15}}\n  終日: {week: {毎日: 24時間}}\n",
    "departments.yaml": (
        "departments:\n"
        "  案内: {reading: あんない, duties: [案内], numbers: [050-0000-1000], hours: 本庁, next: 守衛室}\n"
        "  守衛室: {reading: しゅえいしつ, duties: [夜間], numbers: [050-0000-1190], hours: 終日}\n"
    ),
    "facts.yaml": "facts:\n  電話: {value: 050-0000-1000, owner: 案内}\n",
}


def faults(texts: Mapping[str, str]) -> list[str]:
    """The faults of a city, as staff see them."""
    with pytest.raises(ContentError) as caught:
        load(texts)
    return [str(fault) for fault in caught.value.faults]


def changed(name: str, before: str, after: str) -> dict[str, str]:
    """The good city with one thing changed."""
    assert before in GOOD[name]
    return {**GOOD, name: GOOD[name].replace(before, after)}


def test_a_city_is_loaded_from_its_files_wherever_they_lie_and_others_are_passed_over() -> None:
    """The dialog's files lie in the same folder."""
    city = load({f"dialogs/mi/{name}": text for name, text in GOOD.items()} | {"dialogs/mi/line.yaml": "]["})
    same_name = {"faq/hours.yaml": "][", **GOOD}
    assert list(load(same_name).calendars) == ["本庁", "終日"]
    assert (city.profile.name, [one.name for one in city.departments]) == ("み市", ["案内", "守衛室"])
    assert (list(city.calendars), city.values) == (["本庁", "終日"], {"電話": "050-0000-1000"})


def test_faults_of_all_files_come_together() -> None:
    """Staff mend everything in one go."""
    texts = {
        "profile.yaml": GOOD["profile.yaml"].replace("duty: 守衛室", "duty: 守衛"),
        "hours.yaml": GOOD["hours.yaml"].replace("8:30-17:15", "朝から"),
        "departments.yaml": GOOD["departments.yaml"].replace("hours: 本庁", "hours: 本丁"),
        "facts.yaml": GOOD["facts.yaml"].replace("owner: 案内", "owner: 案"),
    }
    found = faults(texts)
    assert [fault.split(": ")[0] for fault in found] == [
        "profile.yaml:4",
        "hours.yaml:2",
        "departments.yaml:2",
        "facts.yaml:2",
    ]
    assert "もしかして: 「本庁」" in found[2]


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_file_is_one_fault_and_others_are_not_blamed_for_it(name: str) -> None:
    """Cross-checks against a missing file would only be noise."""
    assert faults({other: text for other, text in GOOD.items() if other != name}) == [
        f"{name}: 「{name}」がありません。作ってください。"
    ]


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("text", ["", "][", "- 1\n- 2\n", "calendars: 3\n", "departments: [1]\n", "\x00"])
def test_a_ruined_file_gives_faults_and_no_other_error(name: str, text: str) -> None:
    """Whatever stands in a file, staff get a sentence."""
    assert all(fault.startswith(name) for fault in faults({**GOOD, name: text}))


FURTHER = {
    "districts.yaml": "districts:\n  本町: {reading: ほんまち, garbage: 東}\n",
    "garbage.yaml": (
        "put_out_by: '{facts.朝}'\nholidays: ふだんどおり\nkinds:\n  燃えるごみ: {reading: もえるごみ}\n"
        "areas:\n  東: {燃えるごみ: 月・木}\n"
    ),
    "shelters.yaml": (
        "shelters:\n  小学校: {reading: しょうがっこう, dangers: [地震]}\nnearest:\n  本町: {shelters: [小学校]}\n"
    ),
    "duty.yaml": (
        "center:\n  {name: 急病院, reading: きゅうびょういん, number: 050-0000-1290, subjects: [内科], hours: 24時間}\n"
        "subjects:\n  内科: []\ndays:\n  2026-11-22: なし\n"
    ),
}
WHOLE = {**GOOD, **FURTHER, "facts.yaml": GOOD["facts.yaml"] + "  朝: 朝8時\n"}


def test_the_further_files_are_joined_and_use_the_facts() -> None:
    """Texts with facts are filled before they are read."""
    city = load(WHOLE)
    assert city.garbage is not None
    assert city.garbage.put_out_words == "朝8時"
    assert city.district_readings == {"本町": "ホンマチ"}
    assert city.shelters is not None
    assert city.duty is not None


def test_a_city_may_be_without_the_further_files() -> None:
    """Each of them; the others do not blame it."""
    bare = load(GOOD)
    assert (bare.districts, bare.garbage, bare.shelters, bare.duty) == (None, None, None, None)
    assert bare.district_readings == {}
    for name in FURTHER:
        assert load({other: text for other, text in WHOLE.items() if other != name})


def test_faults_of_the_further_files_come_together_with_their_links() -> None:
    """Districts, areas and facts that do not exist."""
    found = faults(
        {
            **WHOLE,
            "districts.yaml": FURTHER["districts.yaml"].replace("東", "東部"),
            "garbage.yaml": FURTHER["garbage.yaml"].replace("facts.朝", "facts.朝時"),
            "shelters.yaml": FURTHER["shelters.yaml"].replace("本町", "元町"),
            "duty.yaml": FURTHER["duty.yaml"].replace("24時間", "一日中"),
        }
    )
    assert [fault.split(": ")[0] for fault in found] == [
        "garbage.yaml:1", "districts.yaml:2", "shelters.yaml:3", "shelters.yaml:4", "duty.yaml:2"
    ]  # fmt: skip


@pytest.mark.parametrize("name", FURTHER)
@pytest.mark.parametrize("text", ["", "][", "- 1\n", "areas: 3\ndistricts: [1]\n", "\x00"])
def test_a_ruined_further_file_gives_faults_and_no_other_error(name: str, text: str) -> None:
    """Whatever stands in a file, staff get a sentence; others are not blamed."""
    assert all(fault.startswith(name) for fault in faults({**WHOLE, name: text}))


def test_the_duty_department_must_be_there_day_and_night() -> None:
    """The duty desk is the last rung of every ladder."""
    (fault,) = faults(changed("hours.yaml", "毎日: 24時間", "毎日: 0:00-23:59"))
    assert fault.startswith("profile.yaml:4: 「守衛室」の受付時間「終日」は休みなしの24時間ではありません。")


def test_departments_can_be_found_by_sound_when_a_reader_is_given(texts: Mapping[str, str]) -> None:
    """The reader is given from outside, so that this room needs no dictionary."""
    city = load(texts, lambda text, language: {"戸籍係": "コセキガカリ"}.get(text, ""))
    found = city.departments.find("個籍係り", "コセキガカリ")
    assert found is not None
    assert found.name == "市民課"


def test_the_demo_city_has_only_invented_numbers_and_a_way_out_of_every_department(minato: City) -> None:
    """The shipped content keeps the project's own rules."""
    assert len(minato.departments.all) >= 16
    for department in minato.departments:
        assert all(number.startswith("+8150000") for number in (*department.numbers, department.public_number))
        assert department.names.keys() >= {"en", "ko"}
        assert department.duties
    for fact in minato.values.values():
        assert not fact.startswith("0") or fact.startswith("050-0000-1")
