"""Words of the room 管理."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "room_keeping": ("管理", "Administration"),
    "keeping_menu": ("管理のメニュー", "Administration menu"),
    "keeping_state": ("状態", "State"),
    "keeping_retention": ("保存期間", "Retention"),
    "keeping_number": ("開示と消去", "Disclosure and erasure"),
    "keeping_carrier": ("電話会社", "Carrier"),
    "keeping_voices": ("言葉と声", "Languages and voices"),
    "keeping_backups": ("バックアップ", "Backups"),
    # state
    "state_lead": ("この機械と電話窓口の、いまの状態です。", "How this machine and the line are just now."),
    "state_good": ("電話に出られます。", "Calls can be answered."),
    "state_bad": (
        "記録を書けないため、電話に出られません。ディスクと、データの置き場所を確かめてください。",
        "Records cannot be written, so calls cannot be answered. Check the disk and the folder of the data.",
    ),
    "state_part": ("項目", "Part"),
    "state_now": ("いま", "Now"),
    "state_store": ("通話の記録", "Call records"),
    "state_recordings": ("録音の置き場所", "Place for recordings"),
    "state_recogniser": ("聞き取り({language})", "Recogniser ({language})"),
    "engine_openjtalk": ("Open JTalk(日本語の音声合成)", "Open JTalk"),
    "engine_kokoro": ("Kokoro(音声合成)", "Kokoro"),
    "engine_pyttsx3": ("eSpeak NG(音声合成)", "eSpeak NG"),
    "state_voice": ("声({language})", "Voice ({language})"),
    "state_voice_failures": ("声を作れなかった回数(起動してから)", "Voice failures since the start"),
    "state_pending": ("書き込みを待っている記録", "Writes that wait"),
    "state_calls": ("いまの通話", "Calls now"),
    "state_of": ("{count}件(最大{most}件)", "{count} (at most {most})"),
    "state_release": ("公開中の内容", "Content in force"),
    "state_ok": ("正常", "well"),
    "state_broken": ("使えません", "out of order"),
    "state_none": ("なし(番号で選ぶ案内になります)", "none (callers choose by key)"),
    "state_disk": ("ディスク", "Disk"),
    "state_free": ("空き {free} GB / 全体 {total} GB", "{free} GB free of {total} GB"),
    "state_low": (
        "空きが少なくなっています。録音の保存期間を短くするか、ディスクを増やしてください。",
        "Little room is left. Keep recordings for fewer days, or add disk space.",
    ),
    "state_place": ("場所", "Place"),
    "state_size": ("大きさ", "Size"),
    "state_versions": ("ソフトウェアのバージョン", "Versions"),
    "store_calls": ("通話の記録", "Call records"),
    "store_accounts": ("利用者と操作の記録", "Accounts and audit log"),
    "store_content": ("公開の記録と下書き", "Releases and draft"),
    "store_sound": ("通話の録音", "Recordings of calls"),
    "store_prompts": ("人が録音した案内", "Recorded prompts"),
    "store_models": ("聞き取りのモデル", "Recognition models"),
    "store_voice": ("作った声の控え", "Voice cache"),
    "store_backups": ("バックアップ", "Backups"),
    # retention
    "retention_lead": (
        "種類ごとに、何日たったら消すかを決めます。0日は「消さない」です。一時間ごとに調べて消します。",
        "Decide for each kind after how many days it is deleted; 0 keeps it for ever. Looked at every hour.",
    ),
    "kind_sound": ("通話の録音", "Recordings of calls"),
    "kind_calls": ("通話の記録(聞き取った言葉、応答、訂正)", "Call records (words, answers, corrections)"),
    "kind_tickets": ("済んだ折り返しと伝言(伝言の音を含む)", "Call backs and messages that are done"),
    "retention_days": ("残す日数", "Days"),
    "retention_for_ever": ("消しません。", "Kept for ever."),
    "retention_by": ("{by}が決めました({at})。", "Decided by {by} ({at})."),
    "retention_default": ("設定のままです。", "As in the settings."),
    "retention_going": ("これから消えるもの", "What will be deleted"),
    "retention_now": ("いま", "now"),
    "retention_until": ("{day} まで", "by {day}"),
    "retention_count": ("{count}件", "{count}"),
    "retention_oldest": ("いちばん古いもの: {day}", "oldest: {day}"),
    "retention_change": ("変える", "Change"),
    "retention_sure": (
        "{kind}を{days}日で消すようにします。すぐに{count}件が消え、元に戻せません。よろしいですか。",
        "{kind} will be deleted after {days} days. {count} will go at once, for good. Are you sure?",
    ),
    "retention_sure_for_ever": (
        "{kind}を消さないようにします。よろしいですか。",
        "{kind} will be kept for ever. Sure?",
    ),
    "retention_yes": ("はい、変えます", "Yes, change it"),
    "retention_done": ("保存期間を変えました。", "Changed."),
    "retention_kept": (
        "済んでいない折り返しと伝言は、済むまで消えません。統計の数字は、だれのことも表さないので残ります。"
        "操作の記録は消えません。",
        "Open call backs and messages stay until they are done. Figures tell of nobody and stay. "
        "The audit log is never deleted.",
    ),
    "keeping_days_wrong": (
        "残す日数は、0(消さない)から3650までの数字で書いてください。",
        "Write the days as a number from 0 (for ever) to 3650.",
    ),
    # number
    "number_lead": (
        "住民からの開示や消去の求めに応じます。その番号からの通話、折り返しや伝言、ショートメッセージを探します。",
        "For requests of residents: finds calls from a number, call backs, messages and texts.",
    ),
    "number_number": ("電話番号", "Telephone number"),
    "number_hint": ("例: 050-0000-0001(市外局番から)", "Example: 050-0000-0001"),
    "number_find": ("探す", "Find"),
    "number_wrong": ("電話番号を、市外局番から書いてください。", "Write the whole number."),
    "number_nothing": ("この番号についての記録はありません。", "Nothing is kept about this number."),
    "number_found": (
        "通話{calls}件、折り返し・伝言{tickets}件、ショートメッセージ{texts}件、録音{sounds}個があります。",
        "{calls} calls, {tickets} call backs or messages, {texts} texts and {sounds} recordings are kept.",
    ),
    "number_elsewhere": (
        "別の番号からの通話(この番号が告げられた)",
        "from another number, in which this one was given",
    ),
    "number_export": ("すべてを一つのファイルで取り出す", "Take everything in one file"),
    "number_export_hint": (
        "文章、データ、録音が入った ZIP ファイルです。",
        "A ZIP file with readable texts, data and recordings.",
    ),
    "number_erase": ("すべて消す", "Erase everything"),
    "number_erase_hint": (
        "通話の記録、録音、折り返し・伝言(まだ済んでいないものも)を消します。元に戻せません。"
        "前に作ったバックアップには残っているので、あわせて消すか、古くなって消えるのを待ってください。",
        "Deletes records, recordings, call backs and messages, also open ones, for good. "
        "Earlier backups still hold them: delete those too, or wait until they have gone.",
    ),
    "number_sure": ("元に戻せないことを確かめました", "I know that this cannot be undone"),
    "number_not_sure": (
        "消すときは、「元に戻せないことを確かめました」に印を付けてください。",
        "To erase, tick that you know that it cannot be undone.",
    ),
    "number_erased": (
        "通話{calls}件、折り返し・伝言{tickets}件、録音{files}個を消しました。",
        "Erased {calls} calls, {tickets} call backs or messages and {files} recordings.",
    ),
    "number_stuck": (
        "録音を消せなかった通話が{count}件残っています。ファイルの権限を確かめて、もう一度行ってください。",
        "{count} calls are left since a recording could not be deleted. Check the files and try again.",
    ),
    # carrier
    "carrier_lead": (
        "電話会社(Twilio)の管理画面に入れるアドレスと、いまの設定です。",
        "What to enter at the carrier (Twilio), and what is set here.",
    ),
    "carrier_voice": (
        "電話がかかってきたとき(A call comes in の欄、HTTP POST)",
        "A call comes in (webhook, HTTP POST)",
    ),
    "carrier_status": (
        "通話の状態が変わったとき(Call status changes の欄、HTTP POST)",
        "Call status changes (HTTP POST)",
    ),
    "carrier_sms": ("ショートメッセージの差出し番号", "Number that texts come from"),
    "carrier_caller_id": ("転送のときに表示する番号", "Number shown for transfers"),
    "carrier_not_set": ("設定していません", "not set"),
    "carrier_where": (
        "設定は、サービスの設定ファイルで変えます(環境変数 VOICEBOT_…)。変えたら、サービスを起動し直してください。",
        "These are changed in the service's settings (VOICEBOT_…); restart the service afterwards.",
    ),
    "carrier_test": ("つながるか試す", "Test the way"),
    "carrier_test_hint": (
        "電話会社の設定、ここまでの道、声と聞き取りを順に調べます。通話はしません。数秒かかります。",
        "Looks at the carrier's settings, the way to us, the voice and the recogniser. No call is made.",
    ),
    "carrier_result": ("調べた結果", "Result"),
    "verdict_good": ("良い", "good"),
    "verdict_bad": ("直してください", "mend this"),
    "verdict_unknown": ("調べていません", "not tested"),
    "test_token": ("電話会社の秘密の鍵", "The carrier's token"),
    "test_token_bad": (
        "練習用の鍵のままです。VOICEBOT_TWILIO_AUTH_TOKEN に本物を入れてください。",
        "It is the development one. Set VOICEBOT_TWILIO_AUTH_TOKEN.",
    ),
    "test_reachable": ("外からのアドレスで、この窓口に届くか", "The public address leads to us"),
    "test_reachable_bad": (
        "届きません。VOICEBOT_PUBLIC_URL、プロキシー、証明書を確かめてください。",
        "It does not. Check VOICEBOT_PUBLIC_URL, the proxy and the certificate.",
    ),
    "test_account": ("電話会社の契約を読めるか", "The carrier's account can be read"),
    "test_account_unknown": (
        "調べるには、設定の VOICEBOT_TWILIO_ACCOUNT_SID にアカウントの番号を入れてください。",
        "Set VOICEBOT_TWILIO_ACCOUNT_SID to test it.",
    ),
    "test_account_bad": (
        "読めません。アカウントの番号と鍵、この機械から外への通信を確かめてください。",
        "It cannot. Check the account, the token, and that this machine reaches the carrier.",
    ),
    "test_number": ("電話番号が、この窓口につながるか", "A number leads to us"),
    "test_number_bad": (
        "この窓口につながる番号がありません。上のアドレスを電話会社の画面に入れてください。",
        "No number does. Enter the addresses above at the carrier.",
    ),
    "test_status": ("通話の終わりの知らせ", "Status callbacks"),
    "test_status_bad": (
        "知らせが届かない番号があります。上の「Call status changes」を入れてください。",
        "Some numbers send none. Enter “Call status changes” above.",
    ),
    "test_fallback": ("機械が止まったときの行き先", "Fallback address"),
    "test_fallback_bad": (
        "止まったときの行き先(Primary handler fails)がありません。"
        "案内 docs/carrier-setup.md のとおりに入れてください。",
        "There is none (“Primary handler fails”). Set it as docs/carrier-setup.md says.",
    ),
    "test_texts": ("ショートメッセージ", "Text messages"),
    "test_texts_bad": ("送れません。", "They cannot be sent."),
    "test_voice": ("声を作れるか", "The voice works"),
    "test_voice_bad": ("作れません。声の部品を入れ直してください。", "It does not. Install the voice again."),
    "test_recogniser": ("聞き取れるか", "The recogniser works"),
    "test_recogniser_bad": (
        "使えません。`voicebot models` でモデルを入れてください。",
        "It does not. Install a model with `voicebot models`.",
    ),
    # voices
    "voices_lead": (
        "話せる言葉と、その声・聞き取りの仕組みです。声は電話の音で聞けます。",
        "The languages, and what speaks and hears them. Samples sound as on the telephone.",
    ),
    "voices_voice": ("声", "Voice"),
    "voices_recogniser": ("聞き取り", "Recogniser"),
    "voices_sample": ("見本", "Sample"),
    "voices_change": (
        "言葉を増やすには市の基本設定(profile.yaml の languages)を、声や速さを変えるにはサービスの設定"
        "(VOICEBOT_JAPANESE_VOICE、VOICEBOT_SPEAKING_RATE、VOICEBOT_RECOGNISERS)を変えます。",
        "Add languages in profile.yaml (languages). Voice, speed and engines are settings "
        "(VOICEBOT_JAPANESE_VOICE, VOICEBOT_SPEAKING_RATE, VOICEBOT_RECOGNISERS).",
    ),
    "voices_readings": ("読み方を直す・録音する", "Correct readings, record prompts"),
    "voices_rate": ("話す速さ: {rate}", "Speed: {rate}"),
    # backups
    "backups_lead": (
        "通話の記録、利用者、公開の記録と下書き、人が録音した案内を、一つのファイルに写します。通話の録音は入りません。",
        "Call records, accounts, releases and draft, and recorded prompts in one file, without recordings of calls.",
    ),
    "backups_daily": ("一日に一つ作り、新しい{count}個を残します。", "One a day is made; the newest {count} are kept."),
    "backups_none_daily": (
        "毎日は作りません(VOICEBOT_BACKUP_KEEP=0)。",
        "None is made daily (VOICEBOT_BACKUP_KEEP=0).",
    ),
    "backups_folder": ("置き場所: {folder}", "Folder: {folder}"),
    "backups_elsewhere": (
        "この機械が壊れたときのために、ときどき別の場所に移してください。",
        "Take one away now and then, in case this machine breaks.",
    ),
    "backups_make": ("いま作る", "Make one now"),
    "backups_done": ("バックアップを作りました。", "Made."),
    "backups_take": ("取り出す", "Take"),
    "backups_nothing": ("まだありません。「いま作る」を押してください。", "There is none yet. Press “Make one now”."),
    "backups_restore": (
        "戻すときは、サービスを止めて コマンド「voicebot backup restore ファイル」を実行します。"
        "いまの内容は消さずに脇に置きます。",
        "To put one back, stop the service and run `voicebot backup restore FILE`. What is there is set aside.",
    ),
    "backup.failed": (
        "バックアップを作れませんでした。ディスクの空きと、置き場所に書けるかを確かめてください。",
        "No backup could be made. Check that there is room and that the folder may be written.",
    ),
    "deed_keeping.retention": ("保存期間を変えた", "changed retention"),
    "deed_keeping.number_look": ("番号についての記録を見た", "looked at what is kept about a number"),
    "deed_keeping.number_export": ("番号についての記録を取り出した", "exported what is kept about a number"),
    "deed_keeping.number_erase": ("番号についての記録を消した", "erased what is kept about a number"),
    "deed_keeping.carrier_test": ("電話会社とのつながりを試した", "tested the way to the carrier"),
    "deed_keeping.backup": ("バックアップを作った", "made a backup"),
    "deed_keeping.backup_taken": ("バックアップを取り出した", "took a backup away"),
}
