"""One cell of a city's FAQ table: several questions in it, their numbers, lists of words, days. Pure text work."""

import re
import unicodedata
from datetime import date

from voicebot.language.eras import western_year

_BREAK = re.compile(r"<br\s*/?>|</p>|</li>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SEPARATORS = "、,，;；\n"
_WORD = re.compile(rf'\s*(?:"((?:[^"]|"")*)"|([^{_SEPARATORS}]+))\s*(?:[{_SEPARATORS}]|$)')
_NUMBERED = re.compile(
    r"(?:[QＱqｑ][0-9０-９]*[.．:：、)）\s　]+|[QＱ][0-9０-９]+(?=[^0-9０-９.．])"
    r"|(?:質問|問い?)\s*(?:[0-9０-９]+\s*[.．:：、)）]?|[.．:：])\s*"
    r"|[(（][0-9０-９]{1,3}[)）]|[0-9０-９]{1,3}[.．)）:：、](?![0-9０-９])"
    r"|[①-⑳]|[・●○◎■□◆◇▪▶※＊*]|[-－]\s)\s*"
)
_ANSWER_MARK = re.compile(r"(?:[AＡ][0-9０-９]*[.．:：、)）\s　]+|(?:回答|答え?)\s*[0-9０-９]*\s*[:：.．]\s*)")
_WRAPPED = re.compile(r"[、，,（(「『]$|[はがをに]$")
_WESTERN = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})日?(?:\s+00:00(?::00)?)?")
_ERA = re.compile(r"(令和|平成|昭和|[RHS])\s*([0-9]{1,2}|元)\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})日?")
SAME_AS_ABOVE = ("〃", "々", "同上", "″", "”")


def without_tags(text: str) -> str:
    """The text without what a web page's editor left in it (`<br>`, `<p>`, `<a href=...>`)."""
    return _TAG.sub("", _BREAK.sub("\n", text)).strip()


def questions(cell: str) -> tuple[tuple[str, ...], bool]:
    """The questions of a cell, one a line, without numbers; and whether lines were joined.

    A line that ends in the middle of a sentence (with は, が, を, に or a comma) goes on in the next one.
    """
    found: list[str] = []
    joined = False
    going_on = False
    for line in without_tags(cell).split("\n"):
        text = plain_question(line)
        if not text:
            continue
        if going_on and text == line.strip():
            found[-1] += text
            joined = True
        else:
            found.append(text)
        going_on = bool(_WRAPPED.search(text))
    return tuple(dict.fromkeys(found)), joined


def plain_question(text: str) -> str:
    """One question on one line, without its number (「Q1.」「問２：」「①」「・」)."""
    text = " ".join(text.split())
    marked = _NUMBERED.match(text)
    return text[marked.end() :].strip() if marked and marked.end() < len(text) else text


def answer(cell: str) -> str:
    """An answer as it is spoken: without 「A.」 before it and without tags; the signs of lists become pauses."""
    text = without_tags(cell)
    marked = _ANSWER_MARK.match(text)
    lines = [line.strip() for line in text[marked.end() if marked else 0 :].split("\n")]
    spoken = ""
    for line in (line for line in lines if line):
        item = _NUMBERED.match(line)
        words = line[item.end() :].strip() if item and item.end() < len(line) else line
        pause = "" if not spoken or spoken[-1] in "。、！？!?,，" or not (item or words != line) else "、"
        spoken += pause + words
    return spoken


def flat(text: str) -> str:
    """As the loader joins the lines of an answer."""
    return "".join(line.strip() for line in text.splitlines())


def words(cell: str) -> tuple[str, ...]:
    """The words of a list (commas or lines between them); a word with a comma in it stands in double quotes."""
    found: list[str] = []
    for quoted, bare in _WORD.findall(cell):
        found += [quoted.replace('""', '"')] if quoted else lines(without_tags(bare))
    return tuple(dict.fromkeys(found))


def joined(list_of_words: tuple[str, ...]) -> str:
    """The words as one cell that `words` reads again."""
    return "、".join(_quoted(word) for word in list_of_words)


def lines(cell: str) -> tuple[str, ...]:
    """The lines of a cell that say something."""
    return tuple(line.strip() for line in cell.split("\n") if line.strip())


def day(cell: str) -> date | None:
    """A day as offices write it: 2027-03-31, 2027/3/31, 2027年3月31日, 令和9年3月31日, R9.3.31; None if it is none."""
    text = unicodedata.normalize("NFKC", cell).strip()
    western, era = _WESTERN.fullmatch(text), _ERA.fullmatch(text)
    if western:
        year: int | None = int(western[1])
        month, of_month = int(western[2]), int(western[3])
    elif era:
        year = western_year(era[1], 1 if era[2] == "元" else int(era[2]))
        month, of_month = int(era[3]), int(era[4])
    else:
        return None
    try:
        return date(year or 0, month, of_month)
    except ValueError:
        return None


def _quoted(word: str) -> str:
    if any(sign in word for sign in _SEPARATORS) or word.startswith('"') or word != without_tags(word):
        return '"' + word.replace('"', '""') + '"'
    return word
