"""Yes or no, in the many ways callers say it.

An utterance is read as a row of known phrases; anything unknown in a place where it may carry the meaning gives None,
and the caller is asked again. いいです and 大丈夫です mean yes after はい, no after いいえ, and nothing certain
alone; 結構です alone declines. This module does not know the question: それで or お願いします are taken as consent.
"""

import re
from collections.abc import Iterator

from voicebot.language.kana import matching_form

_YES = (
    "ハイ|ハーイ|ハッ|ヘイ|エー|ウン(?!ト)|ンー?ダ|ソー(?:デス|ダ|ナン)(?:デス|カ)?|ソーソー|ソー|オネガイ(?:シ|イタシ)マス|オ願イ(?:シ|イタシ|致シ)マス"
    "|(?:オネガイ|オ願イ)デキマスカ|オネガイ|オ願イ|ヨロシク|宜シク|オッケー|オーケー|ok|イエス|yes|モチロン|勿論|ゼヒ|是非|タダシー|正シー?イ?|リョーカイ|了解"
    "|ショーチ(?:シマシタ|デス)?|承知(?:シマシタ|デス)?|(?:マチガイ|間違イ|モンダイ|問題|異存|サシツカエ|差シ支エ)(?:ハ|ワ)?(?:ナイ|アリマセン|ゴザイマセン|無イ)"
    "|カマイマセン|構イマセン|カマワナイ|構ワナイ|(?:アッテ|合ッテ)イ?マス|(?:アッテ|合ッテ)イ?ル|ワカリマシタ|分カリマシタ|イーデスヨ|イーデスネ|イーヨ"
    "|(?:ソレ|コレ|ソノママ?)デ(?:(?:イー|ヨイ|良イ|ヨロシー|宜シー|ケッコー|結構|ダイジョーブ|大丈夫)(?:デス)?|オネガイ(?:シ|イタシ)マス|オ願イ(?:シ|致シ|イタシ)マス)?"
    "|ソノトーリ|ソノ通リ|ホシー|欲シー|シテクダサイ|シテ下サイ|イタダキマス|タノミマス|頼ミマス|タノム|頼ム"
)
_NO = (
    "イーエ|イエー?|イーヤ|イヤ|嫌|否|ノー(?!ス)|ソー(?:ジャ|デワ|デハ)(?:ナイ|アリマセン)|ソージャナク?テ|ソーデワナク?テ|(?:チガ|違)(?:イマス|イマシタ|ウ|ッテ(?:イ?マス|イ?ル)|イ)|チカイマス|誓イマス"
    "|(?:マチガ|間違)(?:ッテ|エテ)(?:イ?マス|イ?ル)|イリマセン|イラナイ|要リマセン|要ラナイ|フヨー|不要|(?:ヒツヨー|必要)(?:ハ|ワ)?(?:ナイ|アリマセン)|ダメ|駄目"
    "|ヤメ(?:マス|ル|テ(?:クダサイ|下サイ)?|トキマス|トク|テオキマス)|止メマス|キャンセル(?:シマス)?|トリケシ|取リ消シ|エンリョ(?:シマス|シテオキマス)?|遠慮(?:シマス|シテオキマス)?"
    "|モー(?:イー|ケッコー|結構|ダイジョーブ|大丈夫)|(?:オネガイ|オ願イ)シマセン|シマセン|シナイ|アリマセン|ゴザイマセン|ナイ|無イ|ナシ|無シ|マダ|no"
)
_SOFT = "イー|ヨイ|良イ|ヨロシー|宜シー|ダイジョーブ|大丈夫"
_DECLINE = "ケッコー|結構"
_EMPTY = (
    "エート|エット|アノー?|アノネ|マー|マ|ジャー?|デワ|デハ|ソレデワ|ソレハ|ソレワ|チョット|少シ|今ハ|イマワ|イマハ|トクニ(?:ハ|ワ)?|特ニハ?|ナニモ|ナンニモ|何モ|ホカニ(?:ハ|ワ)?|他ニハ?"
    "|ベツニ|別ニ|ゼンゼン|全然|ハッキリ|オカゲサマデ|スミマセン|スイマセン|アー?|デス(?:ケド|ガ|ネ|ヨ|カ|ネー)?|ダ|ヨ|ネー?|ワ|ケド|ガ|ト思イマス|ト(?:オ|ー)モイマス|ナ|シマス|イタシマス|ノ|ン"
    "|アリガトー(?:ゴザイマス)?|有リ難ウ(?:ゴザイマス)?"
)
_PHRASE = re.compile(f"(?P<no>{_NO})|(?P<yes>{_YES})|(?P<soft>{_SOFT})|(?P<decline>{_DECLINE})|(?P<empty>{_EMPTY})")
_PAUSES = re.compile(r"[\s、。，．,.!！?？…・]+")
_WRITTEN_YES = re.compile("はい(?=[一-龠ァ-ヶA-Za-z0-9])")
_SHORT_NO = re.compile("ううん|ウウン")  # one letter from うーん, which is no answer
_HESITATION = re.compile(r"う[ー〜～]+ん?と?|ウ[ー〜～]+ンー*ト?|ん[ー〜～]+|ンー+")


def parse_yes_no(text: str, reading: str = "") -> bool | None:
    """True for yes, False for no, None when it is neither or not sure.

    Args:
        text: What the recogniser wrote, perhaps with the wrong homophones (灰, 家, 誓います).
        reading: The same in katakana; text and reading that contradict one another give None.
    """
    answers = {answer for said in (text, reading) if (answer := _answer(said)) is not None}
    return answers.pop() if len(answers) == 1 else None


def _answer(said: str) -> bool | None:
    clauses = [clause for clause in _PAUSES.split(_WRITTEN_YES.sub(r"\g<0>、", said)) if clause]
    answer: bool | None = None
    for clause in clauses:
        if _HESITATION.fullmatch(clause):
            continue
        kinds = _kinds(matching_form(_SHORT_NO.sub("いいえ", clause)))
        if kinds is None:
            if answer is None:
                return None
            continue
        for kind in kinds:
            answer, sure = _next(answer, kind)
            if not sure:
                return None
    return answer


def _kinds(form: str) -> tuple[str, ...] | None:
    """The kinds of the phrases that a clause consists of; None when something in it is unknown."""
    kinds = tuple(_phrases(form))
    return None if "unknown" in kinds else tuple(kind for kind in kinds if kind != "empty")


def _phrases(form: str) -> Iterator[str]:
    position = 0
    while position < len(form):
        match = _PHRASE.match(form, position)
        if match is None or match.end() == position:
            yield "unknown"
            return
        position = match.end()
        yield match.lastgroup or "unknown"


def _next(answer: bool | None, kind: str) -> tuple[bool | None, bool]:
    """The answer after one more phrase, and whether there is still one meaning."""
    match kind, answer:
        case "soft", _:
            return answer, answer is not None
        case "decline", True:  # はい、結構です: fine, or no thank you
            return None, False
        case (("no" | "decline"), _):  # はい、違います: what follows counts
            return False, True
        case _, False:  # いいえ、お願いします
            return None, False
        case _:
            return True, True
