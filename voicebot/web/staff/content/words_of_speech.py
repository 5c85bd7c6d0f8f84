"""Words of the pages about readings, recordings and the recogniser's words."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "say_readings": ("読みを直す", "Readings"),
    "say_recordings": ("声で録音する", "Recordings"),
    "say_vocabulary": ("聞き取りの言葉", "Recogniser's words"),
    "say_lead": (
        "電話の声が読み間違える言葉の、読みとアクセントを直せます。住民の言葉を聞き分けるときにも、この読みを使います。",
        "How the city's own words are said, and where the pitch falls. What callers say is compared with these, too.",
    ),
    "say_add": ("読みを足す", "Add a reading"),
    "say_word": ("言葉", "Word"),
    "say_reading": ("読み（かな）", "Reading (kana)"),
    "say_accent": ("音が下がるところ（アクセント）", "Where the pitch falls"),
    "say_flat": ("下がらない", "nowhere"),
    "say_rules": ("任せる", "by the rules"),
    "say_hint_rename": (
        "書き直すと、前の言葉の代わりになります。",
        "Write another one to replace it.",
    ),
    "say_hint_word": (
        "文の中に出てくる字のまま書きます。数字は書けません。",
        "As it is written in the texts; no figures.",
    ),
    "say_hint_reading": (
        "ふつうの書き方で書きます（じょうすいじょう）。のばさない音は「こ・うし」のように点で切ります。",
        "As a dictionary spells it; a point parts vowels that are not one long one.",
    ),
    "say_hint_accent": (
        "高い音の最後の字を押してください。聞いて、いちばん自然なものを選びます。",
        "Press the last sign that is high. Listen, and take what sounds best.",
    ),
    "say_hear_new": ("この読みで聞く", "Hear this reading"),
    "say_hear_now": ("いまの読みで聞く", "Hear it as it is now"),
    "say_examples": ("この言葉がある文", "Texts that say it"),
    "say_no_examples": ("いまの文には出てきません。", "No text says it now."),
    "say_all": ("直した読み", "Readings so far"),
    "say_none": (
        "まだありません。町の名前など、読み間違える言葉を足してください。",
        "None yet. Add words that are read wrongly.",
    ),
    "say_delete": ("この読みを消す", "Delete this reading"),
    "say_delete_sure": ("声の辞書の読みに戻ります。", "The voice's own dictionary decides again."),
    "say_vocabulary_lead": (
        "聞き取りに先に教えておく言葉です。上の言葉ほど、聞き取りやすくなります。ほかの設定から自動で作ります。",
        "Words that the recogniser is told beforehand, the most important first; made of what is written elsewhere.",
    ),
    "say_vocabulary_add": ("言葉を足すには", "To add words"),
    "say_vocabulary_readings": (
        "市だけの言葉（町や施設の名前）は、読みと一緒に足します。",
        "the city's own words, with their readings",
    ),
    "say_vocabulary_departments": ("課の名前と「取り扱うこと」が入ります。", "names and duties"),
    "say_vocabulary_faq": ("よく出てくる言葉とキーワードが入ります。", "frequent words and keywords"),
    # recordings
    "rec_lead": (
        "人の声で録音した文は、合成の声の代わりに流れます。文が変わると、その録音は自動で使われなくなります。",
        "A sentence that a person has recorded is played instead of the synthesised voice, as long as its text stays.",
    ),
    "rec_none": ("録音がない", "No recording"),
    "rec_old": ("文が変わった", "Text has changed"),
    "rec_good": ("録音あり", "Recorded"),
    "rec_language": ("言語", "Language"),
    "rec_state": ("録音", "Recording"),
    "rec_name": ("場面・決まり文句", "Scene or phrase"),
    "rec_text": ("文", "Text"),
    "rec_listen": ("聞く", "Listen"),
    "rec_synthetic": ("合成の声", "Synthesised"),
    "rec_recorded": ("録音した声", "Recorded"),
    "rec_title": ("録音する", "Record"),
    "rec_back": ("録音の一覧へ戻る", "Back to the recordings"),
    "rec_say_this": ("読む文", "Read this"),
    "rec_start": ("録音を始める", "Start"),
    "rec_stop": ("録音を終える", "Stop"),
    "rec_level": ("音の大きさ", "Level"),
    "rec_result": ("聞いて、よければ保存してください。", "Listen, and keep it if it is good."),
    "rec_keep": ("この録音を使う", "Use this recording"),
    "rec_replace": ("この録音に替える", "Replace the recording"),
    "rec_again": ("録り直す", "Record again"),
    "rec_kept": (
        "録音を保存しました。この文が公開されていれば、次の電話から流れます。",
        "Kept. Callers hear it from the next call on, if this text is published.",
    ),
    "rec_deleted": ("録音を消しました。合成の声で話します。", "Deleted. The synthesised voice speaks."),
    "rec_delete": ("録音を消す", "Delete the recording"),
    "rec_delete_sure": (
        "合成の声に戻ります。消した録音は戻せません。",
        "The synthesised voice speaks again. It cannot be undone.",
    ),
    "rec_old_lead": (
        "録音したあとで文が変わったので、この録音は使われていません。録り直してください。",
        "The text has changed since, so the recording is not used. Please record it again.",
    ),
    "rec_hint": (
        "静かな部屋で、マイクから20センチほど離れて、書いてあるとおりに読みます。録音は下書きではなく、すぐに使われます。",
        "In a quiet room, 20 cm from the microphone, exactly as written. Recordings are used at once.",
    ),
    "rec_insecure": (
        "この画面では録音できません。https で始まるアドレスか、サーバーの画面（localhost）で開いてください。",
        "Recording needs an address that begins with https, or localhost.",
    ),
    "rec_denied": (
        "マイクを使えません。ブラウザーの「マイクを許可する」を選び、マイクがつながっているか確かめてください。",
        "The microphone cannot be used. Allow it in the browser, and look whether it is plugged in.",
    ),
    "rec_quiet": (
        "音が小さすぎます。もう少し近づいて、録り直してください。",
        "Too quiet. Go nearer and record it again.",
    ),
    "rec_loud": ("音が大きすぎて割れています。少し離れて、録り直してください。", "Too loud. Go away a little."),
    "rec_next": ("次の文へ（{name}）", "Next: {name}"),
    "rec_left": ("録音のない文は、あと{count}", "{count} left"),
    "recording.length": ("録音は、0.3秒から2分までにしてください。", "A recording may take 0.3 s to 2 minutes."),
    "recording.broken": (
        "録音を読めませんでした。録り直してください。",
        "The recording cannot be read. Record it again.",
    ),
    "recording.unwritable": (
        "録音を保存できません。管理者に、recordings/prompts フォルダーに書けるようにしてもらってください。",
        "The recording cannot be kept: the service may not write into the folder of recordings.",
    ),
    "deed_content.record": ("文を録音した", "Recorded a prompt"),
    "deed_content.unrecord": ("録音を消した", "Deleted a recording"),
}
