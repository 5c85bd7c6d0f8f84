"""A line with every kind of errand, and a caller who talks to it as over a telephone."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from line_world import AT, Surround, World
from little_line import ROOT, SURROUNDINGS, guesses, sources

from voicebot.actions import Action, RequestCallback, SendSms
from voicebot.dialog.load import Sources, load
from voicebot.dialog.tree import Dialog
from voicebot.events import DigitPressed, FaqHit, Heard, PromptFinished, SpeechStarted, TimedOut

TREE = """
section: 総合案内
nodes:
  案内:
    prompt: ご用件をどうぞ。
    open: true
    choices:
      - {say: 収集, label: 収集, key: 1, goto: 申込}
      - {say: 折り返し, label: 折り返し, key: 2, goto: 電話をもらう}
      - {say: 案内図, label: 案内図, key: 3, goto: 案内図}
      - {say: 収集日, label: 収集日, key: 4, goto: 収集日を聞く}
      - {say: 窓口, label: 窓口, key: 5, goto: 窓口か}
      - {say: 予約, label: 予約, key: 6, goto: 予約}
      - {say: アンケート, label: アンケート, key: 8, goto: アンケート}
  申込:
    prompt: 収集の受付です。
    ask:
      - {slot: 町名, kind: district, prompt: お住まいの町名をどうぞ。, reword: 町の名前だけをどうぞ。}
      - {slot: 日にち, kind: date, prompt: いつがよろしいですか。, reword: 月と日をどうぞ。}
      - {slot: 品物, kind: text, prompt: 何をお出しになりますか。}
    goto: 申込後
  申込後: {answer: "{町名}の{品物}を、{日にち}に受け付けました。", department: 環境課}
  予約:
    ask:
      - {slot: 人数, kind: number, prompt: 何人ですか。}
      - {slot: 時刻, kind: time, prompt: 何時ですか。}
      - {slot: 氏名, kind: name, prompt: お名前をどうぞ。}
      - {slot: 郵便番号, kind: postal, prompt: 郵便番号をどうぞ。}
      - {slot: 車, kind: yes_no, prompt: お車ですか。}
    confirm: "{氏名}、{人数}人、{時刻}、車は{車}。よろしいですか。"
    goto: 予約後
  予約後:
    when:
      - {slot: 車, value: はい, goto: 駐車場}
    otherwise: お待ちします
  駐車場: {answer: 駐車場は裏です。}
  お待ちします: {answer: お待ちしています。}
  電話をもらう: {callback: 市民課, prompt: 折り返しを承ります。}
  案内図: {sms: "{町名}の地図です。", prompt: 地図をお送りできます。}
  収集日を聞く:
    ask:
      - {slot: 町名, kind: district, prompt: 町名をどうぞ。}
    goto: 収集日
  収集日: {lookup: garbage_day, with: {district: "{町名}", kind: 燃えるごみ}, department: 環境課}
  窓口か:
    when:
      - {happened: not_reached, goto: つながりません}
      - {slot: 町名, value: 本町, goto: 本町の窓口}
      - {fact: 粗大ごみ手数料, value: "200", goto: つながりません}
      - {language: en, goto: 英語の窓口}
      - {open: 市民課, goto: 開いています}
      - {open: 環境課, goto: 環境課です}
    otherwise: 閉まっています
  つながりません: {answer: つながりません。}
  本町の窓口: {answer: 本町の窓口です。}
  英語の窓口: {answer: 英語の窓口です。}
  開いています: {answer: 開いています。}
  環境課です: {answer: 環境課です。}
  閉まっています: {answer: 閉まっています。}
  アンケート:
    ask:
      - {slot: 満足, kind: yes_no, prompt: ご満足ですか。}
    goto: お礼
  お礼: {prompt: ありがとうございました。, end: true}
  災害: {prompt: 災害のご案内です。, bargein: false, goto: 災害番号}
  災害番号:
    prompt: 避難所は1番です。
    choices: [{say: 避難所, key: 1, goto: 避難所}]
  避難所: {answer: 避難所は体育館です。}
  welcome: {prompt: {ja: 英語です。, en: This is Minato City.}, bargein: false, goto: english}
  english:
    prompt: {ja: どうぞ。, en: What can I do for you?}
    open: true
"""
LINE = "start: 案内\nstarts: {en: welcome}"
DISASTER = "start: 災害\nuntil: 2026-11-26 12:00"
ENGLISH = (ROOT / "grammars" / "en" / "commands.yaml").read_text("utf-8")
CALLER = "+819000000001"
HIT = FaqHit("手数料", "手数料はいくらですか", "手数料は300円です。", "環境課", 0.95)
DOUBT = replace(HIT, confidence=0.7)


def in_two_languages(texts: Sources) -> Sources:
    """The line speaks English too: it has ways of speaking for it."""
    return replace(texts, grammars={**texts.grammars, "en": ("grammars/en/commands.yaml", ENGLISH)})


@cache
def form_line(disaster: bool = False) -> Dialog:
    """The line; in a disaster if wanted."""
    texts = in_two_languages(sources(TREE, line=LINE))
    return load(replace(texts, disaster=("disaster.yaml", DISASTER if disaster else "start: 災害")), SURROUNDINGS)


class Call:
    """One call, in which prompts are heard to their end at once and the house answers by itself."""

    def __init__(
        self,
        *path: str,
        caller: str | None = None,
        at: datetime = AT,
        disaster: bool = False,
        language: str = "ja",
        **house: Any,
    ) -> None:
        self.world = World(form_line(disaster)).begin(language, caller, at)
        self.house: dict[str, Any] = house
        self.sent: list[Action] = []
        self._settle()
        for key in path:
            self.press(key)

    def say(self, *texts: str) -> str:
        """The caller says this (several texts are guesses); what is said in reply."""
        self.world.happens(SpeechStarted(self.world.state.turn))
        self.world.happens(Heard(self.world.state.turn, guesses(*texts)))
        return self._settle()

    def press(self, keys: str) -> str:
        """Keys, one after the other."""
        for key in keys:
            self.world.happens(DigitPressed(key))
            self._settle()
        return self.words

    def wait(self) -> str:
        """Nothing is said or pressed until a clock runs out."""
        wait = self.world.wait
        assert wait is not None
        self.world.happens(TimedOut(wait.turn, wait.clock))
        return self._settle()

    def happens(self, event: Any) -> str:
        """Anything else."""
        self.world.happens(event)
        return self._settle()

    @property
    def words(self) -> str:
        """What was said last."""
        return self.world.words

    @property
    def phase(self) -> str:
        """Where the machine is."""
        return self.world.state.phase

    def value(self, slot: str) -> str | None:
        """What the slot holds."""
        found = self.world.state.values.get(slot)
        return found.value if found else None

    def said(self, slot: str) -> str:
        """How the slot is said."""
        return self.world.state.values[slot].said

    def _settle(self) -> str:
        """Prompts are heard and the house answers, until the caller's turn has come."""
        for _ in range(20):
            world = self.world
            if world.asked:
                if isinstance(world.asked, RequestCallback | SendSms):
                    self.sent.append(world.asked)
                world.happens(Surround(**self.house).answer(world))
            elif world.play and world.state.phase != "hearing":
                world.happens(PromptFinished(world.play.turn))
            else:
                return self.words
        raise AssertionError("it talks to itself")


TOKYO = ZoneInfo("Asia/Tokyo")
