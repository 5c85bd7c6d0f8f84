"""What the columns of published lists are called: the standard sets' old and new names, GIF, GSI, 5374, camelCase.

Sources: デジタル庁 自治体標準オープンデータセット (2022 to 2025) and 推奨データセット (2017 to 2021), Government
Interoperability Framework 10 and 21, 国土地理院 指定緊急避難場所データ, Code for Kanazawa 5374 LOCALIZE.md, and the
FIWARE-like names of smart cities. Compared without width, blanks, case, signs and brackets (`sheets.header.plain`).
"""

from collections.abc import Mapping

from voicebot.city.shelters import Danger

Headings = Mapping[str, tuple[str, ...]]
"""Our name of a column -> its headings."""

PLACE: Headings = {
    "name": (
        "名称", "施設名", "施設名称", "施設・場所名", "医療機関名", "医療機関名称", "医療機関の名称", "病院名",
        "病院・診療所名",
        "事業所名", "事業所の名称", "事業所名称", "園名", "保育所名", "保育所等の名称", "避難所名",
        "避難場所名", "避難所の名称",
        "設置施設名", "設置施設", "設置場所名", "場所の名称", "公民館名", "トイレ名", "文化財名称",
        "スポット名", "name", "名前",
    ),
    "reading": (
        "名称_カナ", "名称カナ", "名称_かな", "名称(カナ)", "名称_フリガナ", "名称フリガナ", "施設名(かな)",
        "施設名カナ", "施設名_カナ",
        "施設名(フリガナ)", "フリガナ", "ふりがな", "ヨミガナ", "よみがな", "よみ", "カナ", "事業所名_カナ",
        "事業所名カナ", "furigana", "kana",
    ),
    "id": (
        "ID", "NO", "No.", "№", "番号", "通し番号", "連番", "項番", "#property", "共通ID",
        "全国共通避難所・避難場所ID", "整理番号", "管理番号",
    ),
    "address": (
        "住所", "所在地", "所在地_連結表記", "所在地(住所)", "所在地住所", "施設住所", "施設所在地",
        "医療機関所在地", "設置場所住所", "address",
    ),
    "city": ("都道府県名及び市町村名", "市区町村名", "所在地_市区町村", "市町村名", "地方公共団体名", "city"),
    "town": ("所在地_町字", "町字", "町名・番地"),
    "block": ("所在地_番地以下", "番地以下"),
    "building": ("建物名等(方書)", "方書", "建物名", "建物名等"),
    "latitude": ("緯度", "latitude", "lat", "北緯"),
    "longitude": ("経度", "longitude", "lng", "lon", "東経"),
    "phone": (
        "電話番号", "電話", "TEL", "telephoneNumber", "telephone number", "代表電話番号", "施設電話番号",
        "連絡先電話番号", "問い合わせ電話番号",
        "電話番号(代表)", "連絡先", "問い合わせ先", "お問い合わせ先", "管理担当連絡先", "一時滞在施設の連絡先",
        "電話番号1", "phone",
    ),
    "extension": ("内線番号", "内線"),
    "url": ("URL", "ホームページ", "HP", "referenceObject", "link", "ウェブサイト", "WebサイトURL"),
    "note": ("備考", "note", "摘要", "特記事項", "その他", "連絡先備考(その他、SNSなど)", "説明"),
    "days": (
        "利用可能曜日", "availableDate", "診療曜日", "開所曜日", "営業曜日", "利用曜日", "開館曜日",
        "利用可能日", "開庁日", "開館日", "営業日",
    ),
    "start": (
        "開始時間", "startTime", "診療開始時間", "利用開始時間", "営業開始時間", "開所時間(開始)",
        "開館開始時間", "開始時刻",
    ),
    "end": (
        "終了時間", "endTime", "診療終了時間", "利用終了時間", "営業終了時間", "開所時間(終了)", "開館終了時間",
        "終了時刻",
    ),
    "hours": (
        "開館時間", "利用時間", "営業時間", "受付時間", "診療時間", "開所時間", "利用可能時間", "開設時間",
        "窓口時間", "利用可能時間帯",
    ),
    "hours_note": (
        "利用可能日時特記事項", "availableDateNote", "診療日時特記事項", "利用日時特記事項", "開所時間特記事項",
        "時間備考", "利用可能時間備考",
    ),
    "closed": ("休館日", "定休日", "休業日", "休診日", "休園日", "休所日", "閉館日"),
    "as_of": ("最終更新日", "更新日", "データ更新日", "時点", "基準日", "公表日", "applicableDate"),
}  # fmt: skip
"""What most lists of places have."""

DANGERS: Mapping[Danger, tuple[str, ...]] = {
    "洪水": ("洪水", "flood", "flood_L1", "対象とする災害：洪水", "洪水(L1)", "洪水想定最大規模以外"),
    "土砂災害": (
        "崖崩れ、土石流及び地滑り", "崖崩れ等", "土砂災害", "sedimentDisaster", "がけ崩れ、土石流及び地滑り",
        "がけ崩れ等", "対象とする災害：崖崩れ等",
        "土砂",
    ),
    "高潮": ("高潮", "stormSurge", "対象とする災害：高潮"),
    "地震": ("地震", "earthquake", "対象とする災害：地震"),
    "津波": ("津波", "tsunami", "tunami", "対象とする災害：津波"),
    "大規模な火事": ("大規模な火事", "fire", "火事", "大規模火災", "対象とする災害：大規模な火事"),
    "内水氾濫": ("内水氾濫", "inundation", "内水", "対象とする災害：内水氾濫"),
    "火山": ("火山現象", "火山", "volcano", "対象とする災害：火山"),
}  # fmt: skip
"""The flags of shelters; `災害種別_` may stand before each."""
WORST: Mapping[Danger, tuple[str, ...]] = {"洪水": ("flood_L2", "洪水(L2)", "洪水想定最大規模")}
"""A second flag for the greatest flood that is thinkable: who is safe only in the usual one is only partly safe."""
LASTING = (
    "指定避難所との重複", "指定避難所との住所同一", "evacuationSpace", "指定避難所", "指定避難所の指定",
    "避難所の指定",
)  # fmt: skip
CAPACITY = ("想定収容人数", "収容人数", "収容可能人数", "capacity", "収容定員", "定員")
TYPES = (
    "種別", "施設種別", "種類", "区分", "施設区分", "分類", "カテゴリ", "医療機関の種類", "certifiedType",
    "alternativeName", "mechanismName",
    "機構分類名称", "POIコード", "施設分類",
)  # fmt: skip
SUBJECTS = (
    "診療科目",
    "診療科",
    "診療科名",
    "medicalSubjects",
    "medical",
    "標榜科目",
    "標榜診療科",
    "標榜科",
    "科目",
    "当番科目",
    "当番診療科",
)
KINDS = (
    "分別区分", "分別", "ごみの種類", "ごみ種別", "ごみの区分", "classification", "type", "区分", "種類",
    "種別", "出し方", "収集区分", "分類", "ゴミの種類",
)  # fmt: skip
ITEMS = ("品目", "品名", "品目名", "ごみの品目", "ごみの品名", "名称", "name", "ごみの名前", "品物", "もの")
AREAS = (
    "地区", "地区名", "地域", "地域名", "校下・地区", "町名", "町・丁目", "収集地区", "収集地域", "エリア",
    "地名", "自治会", "自治会名", "町内会", "name",
    "対象地区", "対象地域", "area", "学区", "区域",
)  # fmt: skip
CENTERS = ("センター", "処理センター", "清掃センター", "収集センター")
DATES = ("日付", "date", "年月日", "当番日", "月日", "実施日", "日", "日程", "期日", "開催日")
DUTY_HOURS = ("time", "時間", "診療時間", "当番時間", "受付時間", "時間帯", "開始終了時間")
CAMEL_KINDS: Mapping[str, str] = {
    "burnablegarbage": "燃やせるごみ",
    "crushablegarbage": "破砕ごみ",
    "cansglassplastic": "缶・びん・ペットボトル",
    "paperandcloth": "紙・布",
    "plasticcontainers": "プラスチック容器包装",
}
"""Kinds of garbage as smart cities' columns call them, in Japanese."""
