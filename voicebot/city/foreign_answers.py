"""The answers about places and days for callers who speak English or Korean: short sentences made of their values.

Names are given by their sound, in Latin letters or Hangul, because that is what stands on signs and what can be asked
for. Hints and remarks of the city's staff exist in Japanese only and are left out; who needs more is told the key for a
person. Values are those of the Japanese answer: this module decides nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from voicebot.city.district_answers import Answer
from voicebot.city.load import City
from voicebot.language import english, korean
from voicebot.language.kana import katakana
from voicebot.language.phones import grouped
from voicebot.language.romaji import hangul, latin

_WORDS: Mapping[str, tuple[str, str]] = {
    "燃えるごみ": ("burnable garbage", "타는 쓰레기"),
    "燃やすごみ": ("burnable garbage", "타는 쓰레기"),
    "可燃ごみ": ("burnable garbage", "타는 쓰레기"),
    "燃えないごみ": ("non-burnable garbage", "타지 않는 쓰레기"),
    "不燃ごみ": ("non-burnable garbage", "타지 않는 쓰레기"),
    "プラスチック": ("plastic", "플라스틱"),
    "ペットボトル": ("plastic bottles", "페트병"),
    "びん": ("glass bottles", "유리병"),
    "缶": ("cans", "캔"),
    "びん・缶": ("glass bottles and cans", "유리병과 캔"),
    "古紙": ("paper", "헌 종이"),
    "古着": ("clothes", "헌 옷"),
    "有害ごみ": ("hazardous garbage", "유해 쓰레기"),
    "危険ごみ": ("hazardous garbage", "위험 쓰레기"),
    "粗大ごみ": ("large items, by appointment", "대형 쓰레기, 신청 필요"),
    "内科": ("internal medicine", "내과"),
    "小児科": ("children", "소아과"),
    "外科": ("injuries", "외과"),
    "歯科": ("dentistry", "치과"),
    "救急": ("emergencies", "응급"),
    "小型家電": ("small electric appliances", "소형 가전"),
    "資源": ("recyclables", "재활용품"),
}
"""What kinds of garbage and medical subjects are usually called; another name is given by its sound."""
_PLACES: Mapping[str, tuple[str, str]] = {
    "小学校": ("Elementary School", "초등학교"),
    "中学校": ("Junior High School", "중학교"),
    "運動公園": ("Sports Park", "운동공원"),
    "公園": ("Park", "공원"),
    "公民館": ("Community Center", "공민관"),
    "図書館": ("Library", "도서관"),
    "体育館": ("Gymnasium", "체육관"),
    "夜間急病センター": ("Night Emergency Clinic", "야간 응급 센터"),
    "センター": ("Center", "센터"),
    "病院": ("Hospital", "병원"),
    "内科医院": ("Internal Clinic", "내과 의원"),
    "小児科医院": ("Children's Clinic", "소아과 의원"),
    "医院": ("Clinic", "의원"),
    "クリニック": ("Clinic", "클리닉"),
    "歯科": ("Dental Clinic", "치과"),
}
"""What stands at the end of places' names, longer before shorter ones that they end with."""
_KOREAN_DIGITS = "공일이삼사오육칠팔구"


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer, and the ways of saying its values in one language."""

    city: City
    answer: Answer
    now: datetime

    def __getitem__(self, name: str) -> str:
        return str(self.answer.get(name) or "")

    def reading(self, name: str) -> str:
        """The sound of the value: given, known to the city, or read by the dictionary."""
        written = self[name]
        district = self.city.districts.find(written) if self.city.districts else None
        if name == "name" and self["reading"]:
            return self["reading"]
        if district:
            return district.reading
        return self.city.reader(written, "ja") if self.city.reader and written else katakana(written)

    def place(self, language: int) -> str:
        """The place in a language (0 English, 1 Korean), with what it is behind its name."""
        written, sound = self["name"], hangul if language else latin
        ending = next((ending for ending in _PLACES if written.endswith(ending)), "")
        if not ending or self.city.reader is None:
            return sound(self.reading("name"))
        stem = written.removesuffix(ending)
        return f"{sound(self.city.reader(stem, 'ja')) if stem else ''} {_PLACES[ending][language]}".strip()

    def moment(self, name: str) -> datetime | None:
        """A value that is a moment."""
        return datetime.fromisoformat(self[name]) if self[name] else None

    @property
    def day(self) -> date:
        """The day of the next collection."""
        return date.fromisoformat(self["next"])

    @property
    def put_out_by(self) -> time | None:
        """Until when garbage is put out; None where the city says nothing of it."""
        garbage = self.city.garbage
        return garbage.put_out_by if garbage and garbage.put_out_words else None


def say(city: City, question: str, answer: Answer, language: str, now: datetime) -> str:
    """The answer as one or two sentences of a language.

    Args:
        city: For the sounds of names.
        question: What was asked, one of `answers.QUESTIONS`.
        answer: Its Japanese answer.
        language: `en` or `ko`.
        now: The moment of the call, in the city.
    """
    told = _Told(city, answer, now)
    sentences = _ENGLISH if language == "en" else _KOREAN
    known = sentences.get(question) if answer.get("found") else None
    if question == "duty_doctor" and answer.get("number"):
        known = sentences[question]  # who advises where nobody is on duty
    missing = sentences.get(f"missing {told['missing']}", sentences["unknown"])
    return (known or missing)(told).replace("..", ".")  # 8 a.m. ends a sentence by itself


# --- English ----------------------------------------------------------------------------------------------------


def _en_kinds(told: _Told) -> str:
    words = [_WORDS[kind][0] if kind in _WORDS else latin(_sound(told, kind)) for kind in told["kind"].split("、")]
    return english.and_so_on(words)


def _en_subject(told: _Told) -> str:
    known = _WORDS.get(told["subject"])
    return f" for {known[0]}" if known else ""


def _en_garbage_day(told: _Told) -> str:
    when = f" Put it out by {english.say_time(told.put_out_by)}." if told.put_out_by else ""
    day = english.say_date(told.day, told.now.date())
    return f"The next collection in {latin(told.reading('district'))} is {day}: {_en_kinds(told)}.{when}"


def _en_refuge(told: _Told, what: str) -> str:
    name = told.place(0)
    place = f" for {latin(told.reading('district'))}" if told["district"] else ""
    if told.answer.get("open"):
        return f"The {what}{place} that is open now is {name}."
    return f"The {what}{place} is {name}. It is not open at the moment."


def _en_doctor(told: _Told) -> str:
    name, number = told.place(0), _en_number(told["number"])
    start, end = told.moment("start"), told.moment("end")
    call = f" Please call before you go: {number}." if number else " Please call before you go."
    if not told.answer.get("found"):
        return f"No doctor is on duty{_en_subject(told)}. {name} can advise you by telephone: {number}."
    if told.answer.get("open"):
        until = f" until {english.say_time(end)}" if end else ""
        return f"On duty now{_en_subject(told)}: {name}{until}.{call}"
    when = f" {_en_when(start, told.now)}" if start else ""
    return f"On duty{_en_subject(told)}{when}: {name}.{call}"


def _en_when(start: datetime, now: datetime) -> str:
    return f"{english.say_date(start.date(), now.date())}, from {english.say_time(start)}"


def _en_number(number: str) -> str:
    return ", ".join(" ".join(group) for group in _groups(number))


def _en_facility(told: _Told) -> str:
    number = f" The number is {_en_number(told['number'])}." if told["number"] else ""
    return f"{told.place(0)}.{number}"


_PERSON = "To speak to a person, press 0."
_ENGLISH: Mapping[str, Callable[[_Told], str]] = {
    "district": lambda told: f"{latin(told.reading('district'))}, is that right?",
    "garbage_day": _en_garbage_day,
    "garbage_item": lambda told: f"Put it out as {_en_kinds(told)}.",
    "shelter": lambda told: _en_refuge(told, "shelter"),
    "water": lambda told: _en_refuge(told, "water supply point"),
    "duty_doctor": _en_doctor,
    "facility": _en_facility,
    "nearby": _en_facility,
    "missing district": lambda _: f"I could not find that district. Please say its name again. {_PERSON}",
    "missing said": lambda _: f"I could not find that district. Please say its name again. {_PERSON}",
    "missing chome": lambda _: (
        "The days differ within this district. Please say it again with the number of your chome."
    ),
    "missing kind": lambda _: f"I did not understand the kind of garbage. Please say it again. {_PERSON}",
    "missing item": lambda _: f"I could not find that item. Please call it by another name. {_PERSON}",
    "missing subject": lambda _: "Is it for internal medicine, for a child, for an injury, or for a dentist?",
    "missing danger": lambda _: "Is it about an earthquake, a flood, a tsunami, a storm surge, or a landslide?",
    "unknown": lambda _: f"I'm sorry, I cannot tell you that in English. {_PERSON}",
}


# --- Korean -----------------------------------------------------------------------------------------------------


def _ko_kinds(told: _Told) -> str:
    words = [_WORDS[kind][1] if kind in _WORDS else hangul(_sound(told, kind)) for kind in told["kind"].split("、")]
    return ", ".join(words)


def _ko_subject(told: _Told) -> str:
    known = _WORDS.get(told["subject"])
    return f"{known[1]} " if known else ""


def _ko_garbage_day(told: _Told) -> str:
    when = f" {korean.say_time(told.put_out_by)}까지 내놓으세요." if told.put_out_by else ""
    place, day = hangul(told.reading("district")), korean.say_date(told.day, told.now.date())
    return f"{place}의 다음 수거일은 {day}입니다. 종류: {_ko_kinds(told)}.{when}"


def _ko_refuge(told: _Told, what: str) -> str:
    name = told.place(1)
    place = f"{hangul(told.reading('district'))}의 " if told["district"] else ""
    if told.answer.get("open"):
        return f"{place}지금 열려 있는 {korean.with_particle(what, '은', '는')} {name}입니다."
    return f"{place}{korean.with_particle(what, '은', '는')} {name}입니다. 지금은 열려 있지 않습니다."


def _ko_doctor(told: _Told) -> str:
    name, number = told.place(1), _ko_number(told["number"])
    start, end = told.moment("start"), told.moment("end")
    call = f" 가시기 전에 전화하세요. 번호는 {number}입니다." if number else " 가시기 전에 전화하세요."
    if not told.answer.get("found"):
        return f"{_ko_subject(told)}당번 병원이 없습니다. {name}에 전화로 물어보세요. 번호는 {number}입니다."
    if told.answer.get("open"):
        until = f" {korean.say_time(end)}까지입니다." if end else ""
        return f"지금 {_ko_subject(told)}당번 병원은 {name}입니다.{until}{call}"
    when = f"{korean.say_date(start.date(), told.now.date())} {korean.say_time(start)}부터 " if start else ""
    return f"{when}{_ko_subject(told)}당번 병원은 {name}입니다.{call}"


def _ko_number(number: str) -> str:
    return ", ".join("".join(_KOREAN_DIGITS[int(digit)] for digit in group) for group in _groups(number))


def _ko_facility(told: _Told) -> str:
    number = f" 번호는 {_ko_number(told['number'])}입니다." if told["number"] else ""
    return f"{told.place(1)}입니다.{number}"


_PERSON_KO = "직원과 통화하시려면 0번을 누르세요."
_KOREAN: Mapping[str, Callable[[_Told], str]] = {
    "district": lambda told: f"{hangul(told.reading('district'))}, 맞습니까?",
    "garbage_day": _ko_garbage_day,
    "garbage_item": lambda told: f"{_ko_kinds(told)}로 내놓으세요.",
    "shelter": lambda told: _ko_refuge(told, "대피소"),
    "water": lambda told: _ko_refuge(told, "급수소"),
    "duty_doctor": _ko_doctor,
    "facility": _ko_facility,
    "nearby": _ko_facility,
    "missing district": lambda _: f"동네 이름을 알아듣지 못했습니다. 다시 말씀해 주세요. {_PERSON_KO}",
    "missing said": lambda _: f"동네 이름을 알아듣지 못했습니다. 다시 말씀해 주세요. {_PERSON_KO}",
    "missing chome": lambda _: "이 동네는 초메에 따라 수거일이 다릅니다. 초메의 번호와 함께 다시 말씀해 주세요.",
    "missing kind": lambda _: f"쓰레기의 종류를 알아듣지 못했습니다. 다시 말씀해 주세요. {_PERSON_KO}",
    "missing item": lambda _: f"목록에 없습니다. 다른 이름으로 말씀해 주세요. {_PERSON_KO}",
    "missing subject": lambda _: "내과, 소아과, 외과, 치과 중 어느 것입니까?",
    "missing danger": lambda _: "지진, 홍수, 쓰나미, 해일, 산사태 중 어느 것입니까?",
    "unknown": lambda _: f"죄송합니다. 한국어로는 안내해 드릴 수 없습니다. {_PERSON_KO}",
}
LANGUAGES = ("en", "ko")
"""Languages besides Japanese in which answers are said."""


def _sound(told: _Told, kind: str) -> str:
    known = told.city.garbage.kinds.get(kind) if told.city.garbage else None
    return known.reading if known else kind


def _groups(number: str) -> tuple[str, ...]:
    """The digits of a number in its groups."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return tuple(number.split("-")) if "-" in number else grouped(digits) if digits else ()
