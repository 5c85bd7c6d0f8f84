"""What every key of the files about places is for, in Japanese: what an editor shows beside it."""

from collections.abc import Mapping

PLACES: Mapping[str, Mapping[str, str]] = {
    "FacilitiesFile": {
        "": "電話番号や開いている時間をご案内する施設。取り込んだ一覧(data フォルダー)より先に使われます。",
        "facilities": "施設。一行に一つずつ書きます。",
    },
    "FacilityRow": {
        "": "施設の一つ。",
        "name": "名称。",
        "reading": "読み(かな)。",
        "also": "別の呼び名と、その読み。",
        "kind": "種類(図書館、公民館など)。",
        "number": "電話番号。二つ以上は [A, B] と書きます。",
        "address": "住所(市の名前から)。",
        "place": "建物の中の場所(AEDなど)。",
        "subjects": "診療科(医療機関)。",
        "week": "曜日ごとの時間。書き方は hours.yaml と同じです。",
        "special": "日付で決まる時間。",
        "after_holiday": "休みの曜日が祝日に当たって開けたとき: 次の平日に休む、または 休まない。",
        "unsure": "true にすると、「例外の日があります」とご案内します。",
        "note": "時間についての補足。ショートメッセージに添えます。",
        "details": "ショートメッセージに添えること。",
        "latitude": "緯度(度)。",
        "longitude": "経度(度)。",
    },
}
