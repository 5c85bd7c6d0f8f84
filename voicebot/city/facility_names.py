"""The names under which a place is asked for: residents leave out whose it is (市立, 医療法人…) and what is bracketed.

Rules of how offices write names; no city's names stand here.
"""

import re
import unicodedata
from collections.abc import Iterator

_OWNER = re.compile(
    r"^(?:(?:独立行政法人|国立大学法人|地方独立行政法人|公立学校共済組合|医療法人社団|医療法人財団|社会医療法人財団|社会医療法人"
    r"|特定医療法人|医療法人|社会福祉法人|学校法人|一般財団法人|公益財団法人|一般社団法人|公益社団法人|宗教法人|財団法人|社団法人"
    r"|特定非営利活動法人|NPO法人|株式会社|有限会社|合同会社)"
    r"(?:[^\s　]{1,10}?[会団院館園][\s　]+|[^\s　]{1,12}[\s　]+|国立病院機構)?)"
)
_PUBLIC = re.compile(r"^[^\s　]{1,8}?[都道府県市区町村]立")
_OFFICES = re.compile(r"^[^\s　]{2,8}?局(?=[^\s　]{2,}(?:課|室|所|センター|館)$)")
_BRACKETS = re.compile(r"[（(【〔「『]([^（()）】〕」』]*)[）)】〕」』]")
_HALL = re.compile("[市区町村]役[所場]")
_NOTE = re.compile(r"[※*].*$")
_SHORTEST = 2


def plain_name(name: str) -> str:
    """A name as it is said: without what stands in brackets or behind a ※, one width, single blanks."""
    text = unicodedata.normalize("NFKC", name)
    return " ".join(_BRACKETS.sub(" ", _NOTE.sub("", text)).split()) or " ".join(text.split())


def also_called(name: str, city: str = "") -> Iterator[str]:
    """Shorter names for the place, each once; `name` itself is not among them.

    Args:
        name: The official name.
        city: The city's own name, which residents leave out.
    """
    plain = plain_name(name)
    seen = {name}
    for each in _shorter(plain, city):
        short = each.strip(" ・")
        if len(short) >= _SHORTEST and short not in seen:
            seen.add(short)
            yield short


def _shorter(name: str, city: str) -> Iterator[str]:
    yield name
    if " " in name:
        yield name.replace(" ", "")
    without_owner = _OWNER.sub("", name)
    yield without_owner
    without_public = _PUBLIC.sub("", without_owner)
    yield without_public
    yield _OFFICES.sub("", without_public)
    hall = _HALL.search(without_public)
    if hall:
        yield hall[0]
    bare = city.removesuffix("市").removesuffix("町").removesuffix("村").removesuffix("区")
    for prefix in (city, bare):
        rest = without_public.removeprefix(prefix)
        if prefix and len(rest) > _SHORTEST + 1 and rest != without_public:
            yield rest
            yield rest.removeprefix("役所")


def address_in_city(address: str, city: str) -> str:
    """An address without prefecture and city: 「香川県高松市番町1-8」 begins at 番町."""
    at = address.find(city) if city else -1
    return address[at + len(city) :].strip() if at >= 0 else address.strip()
