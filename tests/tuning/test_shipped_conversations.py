"""Whole conversations with みなと市 that go through what a caller can do at any moment, held as golden talks."""

from zoneinfo import ZoneInfo

import pytest

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.faq.search import FaqSearch
from voicebot.tuning.golden import GoldenTalk, load, run
from voicebot.voice.reading import reading

TALKS = """
talks:
  - name: いくつもの答えを一度に話し、そのうちの一つを直す
    lines:
      - 市民: 粗大ごみを申し込みたい
      - 市民: 本町2丁目で、来週の月曜日にお願いします
      - 応答: 本町2丁目、十一月三十日、月曜日、ですね
      - 市民: いえ、三丁目です
      - 応答: 本町3丁目、ですね
      - 市民: たんすと布団
      - 応答: 町名は、本町3丁目。品物は、たんすと布団。希望の日は、十一月三十日
      - 市民: 日にちが違います
      - 応答: 希望の日は、いつですか
      - キー: "1203"
      - 応答: 希望の日は、十二月三日、木曜日
      - 市民: 町名を直したいです
      - 応答: 町の名前をお話しください
      - 市民: 緑町一丁目です
      - 応答: 町名は、緑町1丁目
  - name: 聞き取りの途中の緊急の言葉で、話したことは失われない
    lines:
      - 市民: 粗大ごみを申し込みたい
      - 市民: 本町2丁目です
      - 市民: 火事です
      - 応答: 119番
      - 市民: 戻る
      - 応答: お捨てになる品物を
      - 市民: 机です
      - 市民: 12月1日
      - 応答: 町名は、本町2丁目。品物は、机
  - name: 名前を聞かれても、課の名前で頼めばつながる
    lines:
      - 市民: 粗大ごみを申し込みたい
      - 市民: 本町です
      - 市民: 机です
      - 市民: 12月1日
      - 市民: はい
      - キー: "05000001234"
      - 応答: お名前を
      - 市民: 市民課につないでください
      - 転送: 市民課
  - name: 短い一言は、その案内
    lines:
      - 市民: 税金
      - 応答: 税金のご案内です
      - 市民: 最初から
      - 市民: 保険のことなんですけど
      - 応答: 保険と年金のご案内です
      - 市民: 最初から
      - 市民: ごみです
      - 応答: ごみのご案内です
  - name: ゆっくりは、終わりまで続き、言い直しと戻るも使える
    lines:
      - 市民: ゆっくり話して
      - 応答: ゆっくりお話しします
      - 市民: もう一度
      - 応答: ご用件を
      - キー: "5"
      - 応答: 番号でご案内します
      - キー: "*"
      - 応答: 番号でご案内します
      - 市民: 戻る
      - 応答: ご用件を
      - 市民: 終わります
      - 終了:
  - name: 英語という言葉で英語になり、五番にはならない
    lines:
      - 市民: 英語
      - 応答: Minato City Hall
      - 市民: start over
      - 応答: Garbage, press 1
      - 市民: Japanese
      - 応答: みなと市役所
  - name: ない丁目は、町の名前だけを確かめる
    lines:
      - 市民: 燃えるごみの日はいつ
      - 市民: 本町9丁目
      - 応答: 本町、でよろしいですか
      - 言わない: 本町9丁目
  - name: 案内のあとに、ほかの質問をする
    lines:
      - キー: "5"
      - キー: "1"
      - キー: "1"
      - キー: "1"
      - 応答: ほかにお尋ねは
      - 市民: ほかの質問
      - 応答: ご用件を
      - 市民: 税金
      - キー: "2"
      - キー: "1"
      - 応答: ほかにお尋ねは
      - 市民: ありがとうございました
      - 終了:
  - name: 黙っている人は、三度目に人か伝言につながる
    lines:
      - 無言:
      - 応答: お声が聞こえませんでした
      - 無言:
      - 応答: ゆっくり、もう一度
      - 無言:
      - 転送: 総合案内
  - name: どのボタンも効かなければ、人につながる
    lines:
      - キー: "6"
      - 応答: その番号のご案内はございません
      - キー: "6"
      - キー: "6"
      - 転送: 総合案内
  - name: 夜の英語の折り返しは、英語で聞き返す
    at: 2026-11-25 22:00
    language: en
    lines:
      - キー: "4"
      - 応答: City Hall is closed now
      - キー: "1"
      - 伝言受付:
"""


GOLDEN = load((("shipped.yaml", TALKS),), ("総合案内", "市民課", "環境課", "守衛室"))


def read(text: str, language: str) -> str:
    """Readings of what callers say."""
    return reading(text) if language == "ja" else text.lower()


@pytest.fixture(scope="module")
def search(minato: Content) -> FaqSearch:
    """The FAQ of みなと市."""
    return FaqSearch(minato.entries, read)


@pytest.mark.parametrize("talk", GOLDEN, ids=lambda talk: talk.name)
def test_the_conversation_goes_as_written(minato: Content, search: FaqSearch, talk: GoldenTalk) -> None:
    """Line by line, with the machine, the FAQ and the city of a real call."""
    assert run(talk, minato.dialog, search, Desk(minato.city), read, ZoneInfo("Asia/Tokyo")) is None
