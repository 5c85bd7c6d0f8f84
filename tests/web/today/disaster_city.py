"""みじか市 with a disaster pack, its own content in a folder of its own, and a clock that the test sets."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from house import OFFICE, ROOT, House, open_house, service

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.checking.survey import House as Installed
from voicebot.content import Content
from voicebot.faq.search import FaqSearch
from voicebot.service import Service

FILES = {
    "disaster.yaml": "# 災害のとき\nstart: 災害案内\n",
    "facts.yaml": (
        'facts:\n  住民票_手数料: "300"\n'
        "  避難情報: {value: なし, owner: 守衛室}   # なし、避難指示\n"
        "  避難情報_町: {value: 市内の一部, owner: 守衛室}\n"
    ),
    "districts.yaml": "districts:\n  本町: {reading: ほんまち}\n  浜町: {reading: はままち}\n",
    "shelters.yaml": (
        "disaster: false\n\nshelters:\n"
        '  本町小学校: {reading: ほんまちしょうがっこう, dangers: [地震, 洪水], open: false, note: ""}\n'
        "  浜町体育館: {reading: はままちたいいくかん, dangers: [地震]}\n"
        '\nwater:\n  本町公園: {reading: ほんまちこうえん, open: false, note: ""}\n'
        "\nnearest:\n  本町: {shelters: [本町小学校], water: [本町公園]}\n"
        "  浜町: {shelters: [浜町体育館], water: [本町公園]}\n"
    ),
    "trees/災害.yaml": """section: 守衛室
nodes:
  災害案内:
    prompt: 災害のご案内です。
    bargein: false
    goto: 災害の受付
  災害の受付:
    prompt: 避難の情報は1番。避難所は2番。
    choices:
      - {say: [避難の情報], label: 避難の情報, key: 1, goto: 避難の情報}
      - {say: [避難所], label: 避難所, key: 2, goto: 災害の避難所}
  避難の情報:
    when:
      - {fact: 避難情報, value: 避難指示, goto: 避難指示}
    otherwise: 避難情報なし
  避難指示:
    answer: "{facts.避難情報_町}に避難指示です。"
    department: 守衛室
  避難情報なし:
    answer: 避難の指示は出ていません。
    department: 守衛室
  災害の避難所:
    ask:
      - {slot: 町名, kind: district, prompt: 町の名前をどうぞ。, label: 町名}
    confirm: "{町名}、でよろしいですか。"
    goto: 災害の避難所を調べる
  災害の避難所を調べる:
    lookup: shelter
    with: {district: "{町名}"}
    department: 守衛室
""",
}


@dataclass
class Clock:
    """What time it is for calls and for the switch."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def set(self, text: str) -> None:
        """Another moment, the city's local time."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=self.now.tzinfo)


def city_folder(folder: Path) -> Path:
    """The city's files, written anew."""
    city = folder / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", city)
    for path, text in FILES.items():
        (city / path).write_text(text, "utf-8")
    return city


def loaded(city: Path) -> Content:
    """Its content."""
    return contents.load(city, ROOT / "grammars", bootstrap.reader())


@contextmanager
def disaster_city(
    folder: Path, before: Callable[[Path, Clock, Content], None] = lambda data, clock, content: None
) -> Iterator[tuple[House, Clock]]:
    """The running service and its clock; what is installed is not looked at, which takes long the first time.

    `before` may fill the folder of the data.
    """
    city = city_folder(folder)
    content = loaded(city)
    clock = Clock(OFFICE.replace(tzinfo=content.city.profile.zone))
    before(folder / "data", clock, content)
    made = service(folder, city=city)
    made.publish(content, FaqSearch(content.entries, bootstrap.reader()))
    made.office_time = None
    with (
        patch.object(bootstrap, "house", lambda settings, read: Installed()),
        patch.object(Service, "now", lambda service: clock()),
        open_house(made) as house,
    ):
        yield house, clock
