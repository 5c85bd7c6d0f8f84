"""Whether words already are a whole sentence, so that a caller who falls silent after them has probably finished.

Conservative: what leaves something open (…ですが, …ので, …んです, a noun) is not whole. Punctuation is ignored, because
a recogniser makes it up. Japanese only; sentences of other languages are never believed to be whole.
"""

import re

_PUNCTUATION = re.compile(r"[\s、。，．,.!！?？…・]+")
_ENDS = re.compile(
    r"(?:(?:です|ます|でしょう|ました|でした|ません|ましょう)か(?:ね)?"
    r"|(?:ください|下さい|ちょうだい|頂戴)"
    r"|お?願い(?:し|致し|いたし)ます"
    r"|(?<![んの])です(?:よ|ね|か)?"
    r"|(?<!ます)(?:ます|ません|ました)(?:よ|ね)?"
    r"|(?:たい|ほしい|欲しい)"
    r")$"
)


def is_whole(text: str, language: str) -> bool:
    """Whether the text ends as a question, a wish or a statement ends.

    Args:
        text: As the recogniser wrote it.
        language: Its language.
    """
    return language.partition("-")[0] == "ja" and _ENDS.search(bare(text)) is not None


def bare(text: str) -> str:
    """The text without punctuation and spaces."""
    return _PUNCTUATION.sub("", text)
