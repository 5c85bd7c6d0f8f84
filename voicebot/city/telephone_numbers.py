"""Telephone numbers: from the Japanese way of writing to E.164 and back.

Only numbers of Japan, and never an emergency service: a transfer abroad is how toll fraud works, and the bot cannot
connect emergency calls. Plausibility is that of the kept library `phonenumbers` and of MIC's numbering plan (総務省
電気通信番号計画: 0A0 numbers have eleven digits). Whether a number is in service cannot be known here.
"""

import re
import unicodedata

import phonenumbers

JAPAN = 81
EMERGENCY = frozenset({"110", "118", "119"})
_ELEVEN_DIGITS = ("20", "50", "60", "70", "80", "90")
_SIP = re.compile(r"sips?:([^\s@<>\"]+)@[A-Za-z0-9._-]+(?::[0-9]{1,5})?(?:[;?][^\s<>\"]*)?")
LONGEST_ADDRESS = 255
"""Twilio's limit for SIP addresses (twilio.com/docs/voice/twiml/sip)."""
_CURE = "「050-0000-1010」のように市外局番から書いてください。"


def parse_number(text: str) -> str:
    """The number in E.164 (+81...).

    Raises:
        ValueError: in Japanese, with the cure.
    """
    plain = re.sub(r"[\s()]", "", re.sub(r"[‐‑–—−ー]", "-", unicodedata.normalize("NFKC", text)))
    if re.sub(r"^(\+81|0+)?-?|-", "", plain) in EMERGENCY:
        raise ValueError(f"「{text}」は緊急通報の番号です。ここからはつなげないので、消してください。")
    if not re.fullmatch(r"\+?[0-9-]+", plain):
        raise ValueError(f"「{text}」は電話番号として読めません。{_CURE}")
    try:
        number = phonenumbers.parse(plain, "JP")
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"「{text}」は電話番号として読めません。{_CURE}") from error
    if number.country_code != JAPAN:
        raise ValueError(f"「{text}」は国外の番号です。国内の番号を書いてください。")
    if not (phonenumbers.is_possible_number(number) and _long_enough(str(number.national_number))):
        raise ValueError(f"「{text}」は電話番号の桁数が合いません。{_CURE}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_address(text: str) -> bool:
    """Whether this is (meant as) a SIP address and no telephone number."""
    return text.startswith(("sip:", "sips:"))


def parse_destination(text: str) -> str:
    """A telephone number in E.164, or a SIP address as it is (`sip:shimin@pbx.city.example.jp`).

    Raises:
        ValueError: in Japanese, with the cure.
    """
    if not is_address(text):
        return parse_number(text)
    address = _SIP.fullmatch(text)
    if address is None or len(text) >= LONGEST_ADDRESS:
        raise ValueError(f"「{text}」はSIPアドレスとして読めません。「sip:名前@交換機の名前」のように書いてください。")
    user = re.sub(r"[^0-9]", "", address[1].partition(";")[0])
    if re.fullmatch(r"0*(81)?0*11[089]", user):
        raise ValueError(f"「{text}」は緊急通報の番号です。ここからはつなげないので、消してください。")
    return text


def national(number: str) -> str:
    """An E.164 number of Japan as it is written at home: +815000001010 is 050-0000-1010."""
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)


def readable(number: str) -> str:
    """A number in the form in which people read it; what is no number of Japan (a SIP address) as it is."""
    if not re.fullmatch(rf"(\+{JAPAN}|0)[0-9]{{8,10}}", number):
        return number
    return phonenumbers.format_number(phonenumbers.parse(number, "JP"), phonenumbers.PhoneNumberFormat.NATIONAL)


def _long_enough(digits: str) -> bool:
    """Without the leading zero: mobile, IP and pager numbers have ten digits, all others at least nine."""
    return len(digits) == 10 if digits.startswith(_ELEVEN_DIGITS) else len(digits) >= 9
