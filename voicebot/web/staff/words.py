"""What the pages say, in Japanese and in English. A page's own words lie in a file beside it and are joined here."""

from collections.abc import Mapping

from voicebot.web.staff import words_of_accounts, words_of_operators
from voicebot.web.staff.calls import words as words_of_calls
from voicebot.web.staff.content import words as words_of_content
from voicebot.web.staff.figures import words as words_of_figures
from voicebot.web.staff.improving import words as words_of_improving
from voicebot.web.staff.keeping import words as words_of_keeping
from voicebot.web.staff.today import words as words_of_today
from voicebot.web.staff.trying import words as words_of_trying

LANGUAGES = ("ja", "en")

_COMMON: Mapping[str, tuple[str, str]] = {
    "language_zh": ("中国語", "Chinese"),
    "language_pt": ("ポルトガル語", "Portuguese"),
    "language_vi": ("ベトナム語", "Vietnamese"),
    "language_es": ("スペイン語", "Spanish"),
    "language_tl": ("フィリピノ語", "Filipino"),
    "language_ne": ("ネパール語", "Nepali"),
    "language_id": ("インドネシア語", "Indonesian"),
    "language_th": ("タイ語", "Thai"),
    "language_my": ("ミャンマー語", "Burmese"),
    "language_uk": ("ウクライナ語", "Ukrainian"),
    "title": ("市の電話窓口", "City telephone line"),
    "skip": ("本文へ移動", "Skip to content"),
    "menu": ("メニュー", "Menu"),
    "other_language": ("English", "日本語"),
    "save": ("保存する", "Save"),
    "cancel": ("やめる", "Cancel"),
    "close": ("閉じる", "Close"),
    "back": ("戻る", "Back"),
    "yes": ("はい", "Yes"),
    "no": ("いいえ", "No"),
    "saved": ("保存しました。", "Saved."),
    "error": ("エラー", "Error"),
    "required": ("必須", "required"),
    "staff.forbidden": (
        "この画面を使う権限がありません。管理者に相談してください。",
        "You may not use this page. Ask an administrator.",
    ),
    "staff.form": (
        "画面が古くなっています。もう一度開いてから送信してください。",
        "This page is out of date. Open it again and send once more.",
    ),
    "staff.https": (
        "暗号化されていない接続です。https で始まるアドレスで開いてください。",
        "This connection is not encrypted. Use the address that begins with https.",
    ),
    "staff.missing": (
        "見つかりません。ほかの人が片づけたか、アドレスが違います。",
        "Not found. Somebody has removed it, or the address is wrong.",
    ),
    "staff.large": ("送信された内容が大きすぎます。", "What was sent is too large."),
    "staff.signed_out": (
        "ログインの有効時間が終わりました。もう一度ログインしてください。",
        "Your session has ended. Sign in again.",
    ),
    "staff.trouble": (
        "いま記録を読み書きできません。少し待って、もう一度お試しください。",
        "The records cannot be read or written just now. Wait a moment and try again.",
    ),
    "account.database": (
        "いまアカウントの記録を読み書きできません。管理者に連絡してください。",
        "The accounts cannot be read or written just now. Tell an administrator.",
    ),
}
_ALL: Mapping[str, tuple[str, str]] = {
    **_COMMON,
    **words_of_accounts.WORDS,
    **words_of_operators.WORDS,
    **words_of_calls.WORDS,
    **words_of_content.WORDS,
    **words_of_improving.WORDS,
    **words_of_figures.WORDS,
    **words_of_keeping.WORDS,
    **words_of_today.WORDS,
    **words_of_trying.WORDS,
}


class Words:
    """The words of one language, by name: `words.sign_in`, `words["account.refused"]`.

    Args:
        language: `ja` or `en`.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._place = LANGUAGES.index(self.language)

    def __getattr__(self, name: str) -> str:
        """The words of this name.

        Raises:
            AttributeError: there are none: a fault of the page.
        """
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> str:
        """As an attribute; for names with a dot."""
        return _ALL[name][self._place]

    def told(self, code: str) -> str:
        """What to tell of an error with this code; in general words where there are none of its own."""
        return _ALL.get(code, _ALL["staff.trouble"])[self._place]

    def deed(self, what: str) -> str:
        """A deed of the audit log; one that has no words of its own is told as it is kept."""
        return _ALL[f"deed_{what}"][self._place] if f"deed_{what}" in _ALL else what

    def deeds(self, text: str) -> tuple[str, ...]:
        """Deeds whose words hold this text."""
        return tuple(
            name.removeprefix("deed_")
            for name, told in _ALL.items()
            if name.startswith("deed_") and text in told[self._place]
        )

    def engine(self, identity: str) -> tuple[str, str]:
        """A voice, `openjtalk/mei_normal/0.4`: the engine by its name, and the rest of what it calls itself."""
        name, _, rest = identity.partition("/")
        return (_ALL[f"engine_{name}"][self._place], rest) if f"engine_{name}" in _ALL else (identity, "")

    def language_name(self, code: str) -> str:
        """A language that callers speak, by its name; one that has no words here as it is written."""
        return _ALL[f"language_{code}"][self._place] if f"language_{code}" in _ALL else code


def names() -> tuple[str, ...]:
    """Of all words."""
    return tuple(_ALL)
