"""A small line for the tests: a tree of a few nodes, with the shipped phrases and grammar."""

from pathlib import Path
from zoneinfo import ZoneInfo

from voicebot.dialog.load import Sources, Surroundings, load
from voicebot.dialog.tree import Dialog
from voicebot.events import Alternative
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[2]
PHRASES = (ROOT / "dialogs" / "minato" / "phrases.yaml").read_text("utf-8")
GRAMMAR = (ROOT / "grammars" / "ja" / "commands.yaml").read_text("utf-8")
DEPARTMENTS = {
    "総合案内": ("総合案内", "代表"),
    "市民課": ("市民課", "戸籍係"),
    "環境課": ("環境課", "ごみの係"),
    "守衛室": ("守衛室", "宿直"),
}
TREE = """
section: 総合案内
nodes:
  挨拶: {prompt: 小さな市役所です。この通話は録音しています。, bargein: false, goto: 受付}
  受付:
    prompt: ご用件をどうぞ。
    reword: 短い言葉でお話しください。
    open: true
    choices:
      - {say: メニュー, label: 番号で選ぶとき, key: 5, goto: 番号}
  番号:
    prompt: ごみは1番、窓口は2番、時間は3番、伝言は4番、終わりは6番です。
    choices:
      - {say: [ごみ, 粗大ごみ], label: ごみ, key: 1, goto: ごみ}
      - {say: 窓口, label: 窓口, key: 2, goto: 窓口へ}
      - {say: [開庁時間, 何時まで], label: 時間, key: 3, goto: 前置き}
      - {say: 書き置き, label: 伝言, key: 4, goto: 書き置き}
      - {say: おひらき, label: 終わり, key: 6, goto: おひらき}
  ごみ: {answer: 燃えるごみは月曜日です。, department: 環境課}
  窓口へ: {transfer: 市民課, prompt: 窓口をお呼びします。}
  前置き: {prompt: 時間のご案内です。, goto: 時間}
  時間: {answer: 8時半からです。}
  書き置き: {message: 市民課, prompt: ご伝言ですね。}
  おひらき: {prompt: またどうぞ。, end: true}
"""
SURROUNDINGS = Surroundings(
    reader=reading,
    departments=DEPARTMENTS,
    switchboard="総合案内",
    duty="守衛室",
    vocabulary=("住民票",),
    districts={"本町": "ホンマチ", "みなと町": "ミナトマチ", "桜台": "サクラダイ"},
    facts={"祭り": "あり", "粗大ごみ手数料": ""},
    zone=ZoneInfo("Asia/Tokyo"),
)


def sources(*trees: str, line: str = "start: 挨拶", phrases: str = PHRASES, grammar: str = GRAMMAR) -> Sources:
    """The texts of a small line; the tree is `TREE` unless others are given."""
    named = tuple((f"trees/{number}.yaml", tree) for number, tree in enumerate(trees or (TREE,), start=1))
    return Sources(
        ("line.yaml", line), ("phrases.yaml", phrases), named, {"ja": ("grammars/ja/commands.yaml", grammar)}
    )


def little_line() -> Dialog:
    """The small line."""
    return load(sources(), SURROUNDINGS)


def guesses(*texts: str) -> tuple[Alternative, ...]:
    """The recogniser's guesses with real readings, best first."""
    return tuple(Alternative(text, reading(text), 0.9) for text in texts)
