"""Which lists we know: what each must have, and by which columns it is told from the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from voicebot.opendata.headings import (
    AREAS,
    CAPACITY,
    CENTERS,
    DANGERS,
    DATES,
    DUTY_HOURS,
    ITEMS,
    KINDS,
    LASTING,
    PLACE,
    SUBJECTS,
    TYPES,
    WORST,
    Headings,
)

Section = Literal["facilities", "shelters", "areas", "closed", "kinds", "remarks", "items", "duties"]


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of published list."""

    name: str
    section: Section
    """Where its rows go in a file of `data/`."""
    fields: Headings
    needed: tuple[str, ...]
    """Without these columns it is not such a list."""
    marks: tuple[str, ...] = ()
    """Columns that tell it from other lists."""
    least: int = 1
    """So many of the marks must be there."""
    also: tuple[str, ...] = ()
    """Other words for `--kind`."""


_SHELTER: Mapping[str, tuple[str, ...]] = {
    **PLACE,
    **{f"danger:{danger}": words for danger, words in DANGERS.items()},
    **{f"worst:{danger}": words for danger, words in WORST.items()},
    "lasting": LASTING,
    "capacity": CAPACITY,
    "type": ("避難所タイプ", "施設種別"),
    "accepts": ("受入対象者", "受入対象者(福祉避難所)"),
    "same": ("指定緊急避難場所との住所同一", "指定緊急避難場所との重複"),
}
_TYPED = {**PLACE, "type": TYPES}
_FACILITY = ("name",)

KNOWN: tuple[ListKind, ...] = (
    ListKind(
        "ごみ処理施設の休み", "closed",
        {"name": ("名称", "センター"), "first": ("休止開始日", "休業開始日"), "last": ("休止終了日", "休業終了日")},
        ("first", "last"), also=("center",),
    ),
    ListKind(
        "ごみの種類", "kinds",
        {
            "name": ("label",), "hint": ("description",), "sub": ("sublabel",), "styles": ("styles",),
            "color": ("bgcolor",),
        },
        ("name", "styles"), also=("description",),
    ),
    ListKind(
        "ごみ収集日の注意", "remarks", {"id": ("ID",), "hint": ("注意事項",)}, ("id", "hint"), also=("remarks",)
    ),
    ListKind(
        "指定緊急避難場所", "shelters", _SHELTER, _FACILITY, tuple(f"danger:{danger}" for danger in DANGERS), least=2,
        also=("避難場所", "避難場所・避難所", "shelter"),
    ),
    ListKind(
        "当番医", "duties",
        {
            **PLACE, "name": (*PLACE["name"], "当番医", "当番医療機関", "当番病院", "医療機関"), "date": DATES,
            "weekday": ("曜日", "week"), "subjects": SUBJECTS, "hours": DUTY_HOURS, "note": PLACE["note"],
        },
        ("date", "name"), ("hours", "subjects", "start"), also=("休日当番医", "休日夜間当番医", "duty"),
    ),
    ListKind("AED設置箇所", "facilities",
        {
            **PLACE, "place": (
                "設置位置", "installationPosition", "設置場所", "AED設置場所", "設置場所詳細", "設置場所の詳細",
            ),
            "children": (
                "小児対応設備の有無", "equipmentForChildren", "小児用パッドの有無", "小児対応",
                "小児用電極パッド",
            ),
        },
        _FACILITY, ("place", "children"), also=("AED", "aed"),
    ),
    ListKind(
        "医療機関", "facilities",
        {
            **_TYPED, "subjects": SUBJECTS, "beds": ("病床数", "numberOfBeds", "許可病床数"),
            "after": ("時間外における対応", "時間外対応"),
        },
        _FACILITY, ("subjects", "beds"), also=("病院", "hospital"),
    ),
    ListKind(
        "指定避難所", "shelters", {**_SHELTER, "name": (*PLACE["name"], "避難所")}, _FACILITY,
        ("same", "accepts", "type", "lasting"), also=("避難所", "evacuation"),
    ),
    ListKind(
        "子育て施設", "facilities",
        {
            **_TYPED, "capacity": CAPACITY, "ages": (
                "対象年齢", "受入年齢", "acceptedAge", "受入れ年齢", "対象児童", "対象年齢等",
            ),
            "temporary": ("一時預かりの有無", "一時預かり", "temporaryKeeping"),
        },
        _FACILITY, ("ages", "temporary"), also=("保育所", "保育施設", "nursery"),
    ),
    ListKind(
        "介護サービス事業所", "facilities",
        {
            **PLACE, "type": (
                "実施サービス", "サービスの種類", "サービス種別", "介護サービスの種類", "実施サービス種別",
            ),
            "number": ("事業所番号", "介護保険事業所番号", "介護事業所番号"), "capacity": CAPACITY,
        },
        _FACILITY, ("type", "number"), also=("介護",),
    ),
    ListKind(
        "公衆トイレ", "facilities",
        {
            **PLACE, "place": (
                "設置位置", "設置場所",
            ), "total": ("男性トイレ総数", "女性トイレ総数", "男女共用トイレ総数", "トイレの種類"),
            "wide": (
                "多機能トイレ数", "バリアフリートイレ数", "車椅子使用者用トイレ有無",
                "オストメイト設置トイレ有無",
            ),
        },
        _FACILITY, ("total", "wide"), also=("トイレ",),
    ),
    ListKind(
        "公衆無線LAN", "facilities",
        {**PLACE, "ssid": ("SSID",), "provider": ("提供エリア", "設置者"), "place": ("設置場所", "提供エリア")},
        _FACILITY, ("ssid",), also=("Wi-Fi", "wifi"),
    ),
    ListKind(
        "文化財", "facilities", {**_TYPED, "type": (
            "文化財分類", "文化財種別", "文化財指定日",
        ), "place": ("所在場所", "場所名称")},
        _FACILITY, ("type",), also=("文化財一覧",),
    ),
    ListKind(
        "ごみ分別", "items",
        {
            "id": PLACE["id"], "name": ITEMS, "kind": KINDS,
            "hint": ("note", "notice", "備考", "注意事項", "出し方のポイント", "ポイント", "説明", "留意点"),
            "reading": PLACE["reading"], "when": ("条件", "素材", "材質", "大きさ"),
        },
        ("name", "kind"), also=("分別", "sorting", "target"),
    ),
    ListKind(
        "組織・電話番号", "facilities",
        {
            **PLACE, "name": ("所属名称", "affiliationname", "組織名", "部署名", "課名"),
            "bureau": ("局", "bureau"), "department": ("部", "department"), "division": ("課", "division"),
            "office": ("室・出先", "office", "室"), "unit": ("係", "unit"), "type": ("機構分類名称", "mechanismName"),
        },
        ("name", "phone"), ("bureau", "department", "division", "office"), also=("組織", "部署", "organization"),
    ),
    ListKind("公共施設", "facilities", _TYPED, _FACILITY, (
        "address", "phone", "latitude", "block",
    ), also=("施設", "facility")),
)  # fmt: skip
"""The lists in the order in which they are tried: those that are told by rare columns first."""

COLLECTION = ListKind(
    "ごみ収集日", "areas", {"id": PLACE["id"], "name": AREAS, "center": CENTERS}, ("name",), also=("収集日", "garbage")
)
"""Told by what stands in its cells: days of the week."""

UNUSED: Mapping[str, tuple[str, ...]] = {
    "人口の一覧": ("総人口", "男性人口", "人口", "世帯数"),
    "イベントの一覧": ("イベント名", "イベント名称"),
    "契約や調達の一覧": ("契約金額", "予定価格", "落札者", "契約の相手方"),
    "予算や決算の一覧": ("予算額", "決算額", "歳入", "歳出"),
    "オープンデータの目録": ("データセット名", "データセット_名称", "データ名称"),
    "バスの時刻表": ("stop_id", "trip_id", "route_id"),
}
"""Lists that a telephone has no use for, by columns that only they have."""


def kind_called(word: str) -> ListKind | None:
    """The kind that staff mean by a word of `--kind`."""
    plain = word.strip().removesuffix("一覧").casefold()
    for kind in (*KNOWN, COLLECTION):
        if plain in {name.removesuffix("一覧").casefold() for name in (kind.name, *kind.also)}:
            return kind
    return None
