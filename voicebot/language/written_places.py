"""Addresses of every kind as they are written: telephone numbers, postal codes, streets and rooms, the web.

A step of `written.spoken`. Web and mail addresses are not spelled: nobody can write them down from the telephone, so
they become ホームページ and メール; a text message should carry the address itself.
"""

import re

from voicebot.language.digits import digits_one_by_one
from voicebot.language.phones import grouped, national_number

_URL = re.compile(
    r"(?:(?P<named>ホームページ|サイト|ウェブサイト)[ 　]*(?P<open>[（(【「:：]?)[ 　]*)?"
    r"(?:https?://[!-~]+|(?<![A-Za-z0-9@.-])(?:[A-Za-z0-9-]+\.)+(?:jp|com|org|net|info)(?![A-Za-z0-9.])(?:/[!-~]*)?)"
    r"(?P<close>[)）】」]?)"
)
_MAIL = re.compile(
    r"(?:(?P<named>メール(?:アドレス)?)[ 　]*(?P<open>[（(【「:：]?)[ 　]*)?"
    r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?P<close>[)）】」]?)"
)
_POSTAL = re.compile("〒 ?([0-9]{3})-?([0-9]{4})(?![0-9])(?P<rest>[ 　]*(?=[一-龠]))?")
_TELEPHONE = re.compile(
    r"(?<![0-9.,/#-])(?:(?<![A-Za-z])|(?<=FAX|TEL|Fax|Tel))(?:\+81[-0-9() ]{9,16}[0-9]"
    r"|[(（]?0[0-9]{1,4}[)）]?[- ]?[(（]?[0-9]{1,4}[)）]?[- ]?[0-9]{3,4})(?![0-9-])"
    r"(?:[〜～~](?P<to>[0-9]{1,4})(?![0-9-]))?"
)
_LOCAL = re.compile("((?:電話|TEL|Tel|℡|FAX|ファックス)(?:番号)?(?:は|:|：| )*)([0-9]{1,4}-[0-9]{4})(?![0-9-])")
_SHORT = re.compile("(?<![0-9])#([0-9]{4})(?![0-9])")
_POLICE = re.compile("(?<![0-9])(110|119)(?:番(?![地号街組目])|(?=[にへを]?(?:お?電話|通報|お?かけ|ダイヤル)))")
_THREE = re.compile("(?<![0-9])(1[1-8][0-9])番(?![地号街組目])|(?:(?<=ダイヤル)|(?<=ライン))(1[1-8][0-9])(?![0-9])")
_NUMBERED = re.compile("((?:内線|受付番号|整理番号|暗証番号)(?:番号)?(?:は|:|：| )*)([0-9]{3,})")
_ROOM = re.compile("(?<![0-9])([0-9]{3,4})(?=号室|教室|会議室|研修室)")
_TEL = re.compile("(?<![A-Za-z])(?:TEL|Tel)(?![A-Za-z])[:：. ]*")
# A chain of figures is an address only behind a name: 中央2-3-1, 二丁目3-1, 緑町4-5; behind these it is not.
_NO_NAME = "号線約第年月日時分数計話額等級型式版期間全各毎又"
_COUNTED = "年月日時分人名歳才階回個枚本冊円度倍週泊か"
_STREET = re.compile(
    f"(?<=[一-龠々ヶケ])(?<![{_NO_NAME}])([0-9]{{1,4}})-([0-9]{{1,4}})-([0-9]{{1,4}})(?:-([0-9]{{1,4}}))?(?![0-9-])"
    f"|(?<=[一-龠々ヶケ])(?<![{_NO_NAME}])([0-9]{{1,4}})-([0-9]{{1,4}})(?![0-9{_COUNTED}-])"
    "|(?<![0-9-])([0-9]{1,4})-([0-9]{1,4})(?=番(?!組))"
)


def places(text: str) -> str:
    """The text with its telephone numbers, postal codes, streets, rooms and web addresses as they are said."""
    text = _MAIL.sub(lambda match: _named(match, "メール"), text)
    text = _URL.sub(lambda match: _named(match, "ホームページ"), text)
    text = _POSTAL.sub(_postal, text)
    text = _TELEPHONE.sub(_telephone, text)
    for pattern in (_LOCAL, _NUMBERED):
        text = pattern.sub(
            lambda match: match[1] + "、" * (not match[1].endswith(" ")) + digits_one_by_one(match[2]), text
        )
    text = _TEL.sub("電話、", text)
    text = _SHORT.sub(lambda match: f"シャープ、{digits_one_by_one(match[1])}", text)
    text = _POLICE.sub(lambda match: "ヒャクトオバン" if match[1] == "110" else "ヒャクジュウキュウバン", text)
    text = _THREE.sub(_three, text)
    text = _ROOM.sub(lambda match: digits_one_by_one(match[1], zero="マル"), text)
    return _STREET.sub(_street, text)


def _postal(match: re.Match[str]) -> str:
    pause = "" if match["rest"] is None else "、"
    return f"郵便番号、{digits_one_by_one(f'{match[1]}-{match[2]}')}{pause}"


def _street(match: re.Match[str]) -> str:
    """A long figure behind the third, or before 号, is a room, which is said digit by digit."""
    parts = [part for part in match.groups() if part]
    if len(parts[-1]) > 2 and (len(parts) == 4 or match.string[match.end() :].startswith("号")):
        parts[-1] = digits_one_by_one(parts[-1], zero="マル")
    return "の".join(parts)


def _named(match: re.Match[str], word: str) -> str:
    """The word once, even where the prompt already says it before the address, with or without brackets."""
    kept = "" if match["open"] in {*"（(【「"} else match["close"]
    return (match["named"] or word) + kept


def _telephone(match: re.Match[str]) -> str:
    written = match.group().removesuffix(match["to"] or "").rstrip("〜～~")
    number = national_number(written)
    if number is None:
        return match.group()
    groups = re.findall("[0-9]+", written)
    shown = groups if len(groups) == 3 and not written.startswith("+") else grouped(number)  # as staff grouped it
    further = f"から{digits_one_by_one(match['to'])}" if match["to"] else ""
    return digits_one_by_one("-".join(shown)) + further


def _three(match: re.Match[str]) -> str:
    """118 is a number in words (ヒャクジュウハチバン), services such as 171 and 188 are digits."""
    number = match[1] or match[2]
    words = "ヒャクジュウハチ" if number == "118" else digits_one_by_one(number)
    return words + ("バン" if match[1] else "")
