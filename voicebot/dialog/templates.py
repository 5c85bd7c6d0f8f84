"""Templates of phrases: `(ごみ|ゴミ)[の](日|収集)` stands for every way of saying it.

`(a|b)` alternatives, `[a]` optional, `<rule>` a named list of templates from the grammars. The same signs as in
hassil and JSGF, so that they can be learnt elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence

from voicebot.errors import VoicebotError

LIMIT = 400
"""More phrases than this from one template are a mistake, not a way of speaking."""
_HALF_WIDTH = str.maketrans("（）［］｜＜＞", "()[]|<>")
"""Japanese keyboards give full-width signs; they mean the same."""


def expand(template: str, rules: Mapping[str, Sequence[str]] | None = None) -> tuple[str, ...]:
    """Every phrase the template stands for, without repetition, in the order written.

    Raises:
        VoicebotError: unbalanced signs, an unknown rule, or too many phrases; in Japanese, for staff.
    """
    phrases = tuple(dict.fromkeys(phrase.strip() for phrase in _expansions(template, rules or {}, ())))
    if any(not phrase for phrase in phrases):
        raise VoicebotError(
            "template.empty", f"「{template}」は何も言わない場合を含みます。[ ] の外に言葉を一つ置いてください。"
        )
    return phrases


def _expansions(template: str, rules: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> Iterator[str]:
    template = template.translate(_HALF_WIDTH)
    sequence, end = _sequence(template, 0, rules, inside)
    if end != len(template):
        raise VoicebotError("template.signs", f"「{template}」のかっこの組が合いません。")
    yield from sequence


def _sequence(text: str, at: int, rules: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> tuple[list[str], int]:
    """Alternatives separated by `|` until the end or a closing sign; all their expansions."""
    results: list[str] = []
    current = [""]
    while at < len(text) and text[at] not in ")]":
        sign = text[at]
        if sign == "|":
            results += current
            current = [""]
            at += 1
        elif sign in "([":
            inner, at = _sequence(text, at + 1, rules, inside)
            if at >= len(text) or text[at] != (")" if sign == "(" else "]"):
                raise VoicebotError("template.signs", f"「{text}」の「{sign}」が閉じていません。")
            at += 1
            current = _joined(text, current, inner if sign == "(" else ["", *inner])
        elif sign == "<":
            close = text.find(">", at)
            if close < 0:
                raise VoicebotError("template.signs", f"「{text}」の「<」が閉じていません。")
            current = _joined(text, current, _rule(text, text[at + 1 : close], rules, inside))
            at = close + 1
        else:
            current = [phrase + sign for phrase in current]
            at += 1
    return results + current, at


def _rule(text: str, name: str, rules: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> list[str]:
    if name not in rules:
        raise VoicebotError("template.rule", f"「{text}」の <{name}> という言い方の部品はありません。")
    if name in inside:
        raise VoicebotError("template.circle", f"<{name}> が自分自身を使っています。")
    return [phrase for template in rules[name] for phrase in _expansions(template, rules, (*inside, name))]


def _joined(text: str, left: list[str], right: list[str]) -> list[str]:
    if len(left) * len(right) > LIMIT:
        raise VoicebotError("template.size", f"「{text}」の組み合わせが{LIMIT}を超えます。行を分けてください。")
    return [a + b for a in left for b in right]
