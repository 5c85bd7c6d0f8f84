"""Words of the pages about values and departments."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # values
    "fact_lead": (
        "料金や電話番号など、変わりやすい値です。文には {facts.名前} と書き、ここを直すとすべて変わります。",
        "Fees, numbers and dates that change. Texts say them as {facts.NAME}; change one here and all texts follow.",
    ),
    "fact_add": ("値を足す", "Add a value"),
    "fact_back": ("お知らせの値の一覧へ戻る", "Back to the values"),
    "fact_name": ("名前", "Name"),
    "fact_value": ("値", "Value"),
    "fact_uses": ("使われている文", "Used in"),
    "fact_times": ("{count}か所", "{count} places"),
    "fact_unused": ("使われていません", "not used"),
    "fact_none": ("まだ値がありません。「値を足す」で始めてください。", "No values yet. Add one."),
    "fact_told_saved": (
        "下書きに保存しました。公開するまで、電話の案内は変わりません。",
        "Saved to the draft. Callers hear it once it is published.",
    ),
    "fact_told_deleted": ("下書きから消しました。", "Deleted from the draft."),
    "fact_hint_name": (
        "例 住民票_手数料。空白、点、かっこは使えません。",
        "No blanks, points or brackets.",
    ),
    "fact_hint_rename": (
        "変えると、使っている文の {facts.…} も、いっしょに変わります。",
        "All texts that say it follow a new name.",
    ),
    "told_renamed": (
        "名前を変えました。この名前を使っているところも、いっしょに下書きで直しました。公開するまで、電話の案内は変わりません。",
        "Renamed, and so in the draft wherever it is named. Callers hear it once it is published.",
    ),
    "fact_hint_value": (
        "文の中に、このまま入ります。「円」などは、文のほうに書いてあるか確かめてください。",
        "Put into the texts as it is.",
    ),
    "fact_hint_valid_until": ("この日を過ぎると「期限切れ」と知らせます。", "After this day it is marked as expired."),
    "fact_used_in": ("この値を使っている文", "Texts that say it"),
    "fact_unused_lead": ("どの文でも使われていません。", "No text says it."),
    "fact_delete": ("この値を消す", "Delete this value"),
    "fact_delete_sure": ("使っている文があるときは消せません。", "It cannot be deleted while a text says it."),
    # departments
    "dept_lead": (
        "電話をつなぐ課です。電話番号、だれも出ないときの次の順番、受付時間を直せます。",
        "Where calls are put through: numbers, what comes when nobody answers, and hours.",
    ),
    "dept_add": ("課を足す", "Add a department"),
    "dept_back": ("課の一覧へ戻る", "Back to the departments"),
    "dept_name": ("課の名前", "Name"),
    "dept_renaming": ("名前を変えるときは", "When it is renamed"),
    "dept_hint_rename": (
        "会話・FAQ・ほかの課・会話の見本でこの課を指しているところも、いっしょに変わります。読みも直してください。"
        "住民の言い方とFAQの質問は変わりません。利用者の担当課は、公開したあとに「管理」の「利用者」で直してください。",
        "Dialogs, FAQ, other departments and sample conversations follow. Correct the reading too. Callers' own words "
        "and the questions of the FAQ stay. Once it is published, change the accounts' departments under "
        "Administration.",
    ),
    "dept_reword": ("電話で話す文の中の名前も変える", "Put the new name into spoken texts too"),
    "dept_keep_old": ("前の名前を「ほかの呼び名」に残す", "Keep the old name among the other names"),
    "dept_reading": ("読み（かな）", "Reading (kana)"),
    "dept_also": ("ほかの呼び名", "Other names"),
    "dept_duties": ("取り扱うこと", "Duties"),
    "dept_numbers": ("鳴らす電話", "Telephones"),
    "dept_ring": ("鳴らし方", "How they ring"),
    "dept_ring_simultaneous": ("一斉に鳴らす", "All at once"),
    "dept_ring_in_order": ("上から順に鳴らす", "One after the other"),
    "dept_public_number": ("住民に伝える番号", "Number told to callers"),
    "dept_extension": ("内線番号", "Extension"),
    "dept_hours": ("受付時間", "Opening hours"),
    "dept_closed": ("閉まっているとき", "When it is closed"),
    "dept_next": ("だれも出ないとき", "When nobody answers"),
    "dept_message": ("伝言を預かる", "Take a message"),
    "dept_callback": ("折り返しの電話を受け付ける", "Offer a call back"),
    "dept_then": ("{name}につなぐ", "Put through to {name}"),
    "dept_usual": ("伝言を預かる（書かないとき）", "Take a message (when nothing is said)"),
    "dept_timeout_seconds": ("一度に呼び出す秒数", "Seconds of one ringing"),
    "dept_wait_seconds": ("お待たせする秒数の上限", "Seconds to wait at most"),
    "dept_talk_minutes": ("通話の長さの上限（分）", "Longest talk (minutes)"),
    "dept_whisper": (
        "電話に出た職員に用件を伝え、1（受ける）か2（断る）を押してもらう",
        "Tell who answers what it is about; they press 1 to take it or 2 to decline",
    ),
    "dept_screening": ("そのとき最後に尋ねる言葉", "What they are asked then"),
    "dept_ask_caller": ("鳴らす前に、住民に尋ねること", "What callers are asked before it rings"),
    "dept_hint_ask_caller": (
        "例 お名前をお願いします。返事は、電話に出る職員に伝えます。書かなければ尋ねません。",
        "The answer is told to who picks up. Nothing is asked if empty.",
    ),
    "dept_ask_caller_ja": ("日本語で", "In Japanese"),
    "dept_ask_caller_en": ("英語で", "In English"),
    "dept_ask_caller_ko": ("韓国語で", "In Korean"),
    "dept_names_en": ("英語の名前", "Name in English"),
    "dept_names_ko": ("韓国語の名前", "Name in Korean"),
    "dept_ladder": ("つなぐ順番", "The way of a call"),
    "dept_person": ("電話に出た人", "Who answers"),
    "dept_hint_also": ("「、」で区切ります。住民が言う呼び名です。", "With commas between: what residents call it."),
    "dept_hint_duties": (
        "「、」で区切ります。「○○のことで」と言われたとき、この課だと分かります。",
        "With commas between. Callers who name one are led here.",
    ),
    "dept_hint_numbers": (
        "1行に一つ。市外局番から書きます。SIPアドレスも書けます。一斉に鳴らすのは10台までです。",
        "One a line, with the area code; SIP addresses too. At most ten ring at once.",
    ),
    "dept_hint_public_number": ("書かなければ、「鳴らす電話」の一つ目です。", "The first telephone if empty."),
    "dept_hint_extension": (
        "つながったら、電話会社が押します。w は少し待つ印です。",
        "Pressed when answered; w waits.",
    ),
    "dept_hint_screening": ("書かなければ、いつもの言葉です。", "The usual words if empty."),
    "dept_hint_talk_minutes": ("0 は上限なしです。", "0 means no limit."),
    "dept_none": ("まだ課がありません。「課を足す」で始めてください。", "No departments yet. Add one."),
    "dept_delete": ("この課を消す", "Delete this department"),
    "dept_delete_sure": (
        "FAQや場面、ほかの課が使っているときは消せません。使っているところを知らせます。",
        "It cannot be deleted while the FAQ, a scene or another department names it; you are told where.",
    ),
    "dept_other_calendar": ("開庁時間を見る", "See the hours"),
}
