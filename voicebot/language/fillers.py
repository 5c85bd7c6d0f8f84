"""Words that carry no meaning: hesitation, calling out and politeness around what a caller wants.

Conservative: an utterance is never emptied, so はい, もしもし or お願いします alone stay what they are, and short
sounds that begin other words (アー, エー, マア) go only before a pause. Works on text and on katakana readings alike,
and leaves the script of what remains as it is.
"""

import re

_PAUSE = r"[\s、。，．,.!！?？…・]"


def _either(*words: str) -> str:
    """The words in hiragana and in katakana, longest first, as one alternative."""
    both = {form for word in words for form in (word, _to_katakana(word))}
    return "(?:" + "|".join(sorted(both, key=lambda word: (-len(word), word))) + ")"


def _to_katakana(text: str) -> str:
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in text)


_HESITATION = _either(
    "えーっと", "ええっと", "えーと", "ええと", "えっと", "えーとですね", "えっとですね", "ええとですね", "あのー",
    "あのう", "あのね", "あのですね", "そのー", "そのう", "うーんと", "うんと", "んーと", "んと", "なんていうか",
    "なんというか",
)  # fmt: skip
_SHORT = _either(
    "え",
    "えー",
    "ええ",
    "あ",
    "あー",
    "ああ",
    "ん",
    "んー",
    "うーん",
    "まあ",
    "まー",
    "ま",
    "あの",
    "その",
    "ねえ",
    "おー",
    "なんか",
)
_CALLING = _either(
    "もしもし", "すみません", "すいません", "すみませんが", "すいませんが", "すみませんけど", "すいませんけど",
    "恐れ入ります", "恐れ入りますが", "おそれいります", "おそれいりますが", "申し訳ありませんが",
    "もうしわけありませんが", "お忙しいところ", "おいそがしいところ", "お世話になります", "おせわになります",
    "お世話になっております", "おせわになっております", "こんにちは", "こんにちわ", "今日は、", "こんばんは",
    "こんばんわ", "おはようございます", "ちょっとお聞きしたいんですが", "ちょっと聞きたいんですが",
    "ちょっと聞きたいんですけど", "ちょっとお尋ねしますが", "お尋ねします", "おたずねします", "お尋ねしますが",
    "おたずねしますが", "ちょっとききたいんですけど", "ちょっとききたいんですが", "ちょっとおききしたいんですが",
)  # fmt: skip
_ASKING = _either(
    "教えてください", "教えて下さい", "おしえてください", "教えてほしいです", "おしえてほしいです",
    "教えて欲しいです", "教えてほしい", "おしえてほしい", "教えて欲しい", "教えていただけますか",
    "おしえていただけますか", "教えていただけませんか", "おしえていただけませんか", "教えてもらえますか",
    "おしえてもらえますか", "教えていただきたい", "おしえていただきたい", "教えて", "おしえて", "お願いします",
    "おねがいします", "お願いいたします", "おねがいいたします", "お願い致します", "お願いできますか",
    "おねがいできますか", "お願いしたい", "おねがいしたい", "知りたい", "しりたい", "聞きたい", "ききたい",
    "お聞きしたい", "おききしたい", "お尋ねしたい", "おたずねしたい", "お伺いしたい", "おうかがいしたい",
    "うかがいたい", "伺いたい",
)  # fmt: skip
_SOFT = _either(
    "なんですけど", "なんですけども", "なんですけれど", "なんですけれども", "なんですが", "なのですが", "んですけど",
    "んですけども", "んですけれど", "んですけれども", "んですが", "のですが", "のですけど", "のですけれども",
    "ですけど", "ですけども", "ですけれども", "ですが", "と思いまして", "とおもいまして", "と思うんですけど",
    "とおもうんですけど", "んですけどね", "んですがね",
)  # fmt: skip
_FRONT = re.compile(f"^{_PAUSE}*(?:{_HESITATION}{_PAUSE}*|{_SHORT}{_PAUSE}+|{_CALLING}{_PAUSE}*)")
_BACK = re.compile(
    f"(?:(?:について|ニツイテ|のことを|ノコトオ|を|ヲ|オ|は|ハ|ワ|が|ガ)?{_PAUSE}*{_ASKING}(?:です|デス)?{_SOFT}?|{_SOFT}|{_PAUSE}{_HESITATION}"
    f"|{_PAUSE}{_CALLING}){_PAUSE}*$"
)
_INSIDE = re.compile(f"(?<={_PAUSE})(?:{_HESITATION}|{_SHORT}){_PAUSE}+|(?:えーと|えーっと|あのー){_PAUSE}*")
_CONTENT = re.compile(r"\w")


def strip_fillers(text: str) -> str:
    """The utterance without its fillers; unchanged when nothing else would remain."""
    while True:
        shorter = _once(text)
        if shorter == text:
            return text
        text = shorter


def _once(text: str) -> str:
    for pattern in (_FRONT, _BACK, _INSIDE):
        shorter = pattern.sub("", text, count=1)
        if shorter != text and _CONTENT.search(shorter):
            return shorter
    return text
