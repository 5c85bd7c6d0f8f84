"""From what is written in a prompt to what a synthesiser should be given: `spoken`.

Staff write 8:30～17:15, 〒123-4567 or 第2・4月曜日; people say otherwise. Figures become kanji numerals (Open JTalk
reads those with their euphony: 一階 イッカイ), strings of digits become katakana with pauses, signs become words.
Ordinary text is left untouched, so the result of `spoken` may be given to it again. What is said is decided here; how
a digit, a date or an amount is written is in `written_places`, `written_dates` and `written_amounts`.
"""

import re

from voicebot.language.written_amounts import amounts, yen
from voicebot.language.written_dates import dates
from voicebot.language.written_places import places

_HINT = re.compile(r"\{[^{}|]*\|([^{}|]*)\}")
_WIDTH = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    | {"％": "%", "￥": "¥", "＃": "#", "＋": "+"}
)
_BESIDE_FIGURES = re.compile("(?<=[0-9])[．，：／ー―—](?=[0-9])|[−－‐‑–](?=[0-9√])")
_NARROW = {"．": ".", "，": ",", "：": ":", "／": "/"}
_FIGURE = "一二三四五六七八九〇"
_SIGNS = (
    (re.compile(f"(?<![{_FIGURE}])[○◯〇]{{2,}}(?![{_FIGURE}○◯年])"), lambda match: "マル" * len(match.group())),
    (re.compile("^[○◯](?=[一-龠ァ-ヶ])", re.MULTILINE), lambda _: ""),
    (re.compile("[○◯]"), lambda _: "マル"),
    (re.compile("◎"), lambda _: "ニジュウマル"),
    (re.compile("[×✕✖]"), lambda _: "バツ"),
    (re.compile("△"), lambda _: "サンカク"),
    (re.compile("[※●■◆□◇▲▼★☆▶]+ *"), lambda _: ""),
    (re.compile("㈱|[（(]株[)）]"), lambda _: "株式会社"),
    (re.compile("℡"), lambda _: "電話"),
)
# 七 is シチ before these, which old ears take for イチ; operators say ナナ. The rest are readings that Open JTalk
# misses: 午前零時 (ゼロジ), and 一日 (イチニチ) behind anything but a month in kanji.
_CLEAR = (
    (re.compile("(?<=七月)一日"), "ツイタチ"),
    (re.compile("(?<=[毎来今翌先前]月)(の?)一日"), r"\1ツイタチ"),
    (re.compile("(?<![一二三四五六七八九十百千月〇])一日(?=から[二三四五六七八九十]+日)"), "ツイタチ"),
    (re.compile("七月"), "ナナガツ"),
    (re.compile("七時(?!間)"), "ナナジ"),
    (re.compile("零時"), "レイジ"),
)


def spoken(text: str, language: str = "ja") -> str:
    """The text as a synthesiser should be given it. Never raises.

    A reading hint `{漢字|よみ}` becomes its reading in every language; all else is for Japanese only.
    """
    text = _HINT.sub(r"\1", text)
    if language != "ja":
        return text
    text = _BESIDE_FIGURES.sub(lambda match: _NARROW.get(match.group(), "-"), text.translate(_WIDTH))
    text = amounts(dates(places(yen(text))))
    for pattern, words in _SIGNS:
        text = pattern.sub(words, text)
    for pattern, clear in _CLEAR:
        text = pattern.sub(clear, text)
    return text
