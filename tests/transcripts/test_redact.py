"""What could tell who called is hidden, what a caller wanted stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.transcripts.redact import redact, redact_number, redact_reply


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("電話番号は050-0000-1234です", "電話番号は[電話番号]です"),
        ("05000001234にかけて", "[電話番号]にかけて"),
        ("050(0000)1234", "[電話番号]"),
        ("＋８１５０００００１２３４です", "[電話番号]です"),
        ("+815000001234", "[電話番号]"),
        ("０５０ー００００ー１２３４", "[電話番号]"),
        ("〇五〇の〇〇〇〇の一二三四です", "[電話番号]です"),
        ("ゼロ五ゼロの ゼロゼロゼロゼロの いち に さん よん です", "[電話番号] です"),
        ("まるごーまる、まるまるまるまる、いちにーさんよん", "[電話番号]"),
        ("ゼロゴーゼロ ゼロゼロゼロゼロ イチニーサンヨン", "[電話番号]"),
        ("郵便番号は000-0000です", "郵便番号は[郵便番号]です"),
        ("〒926-0000の", "[郵便番号]の"),
        ("九二六のゼロゼロゼロゼロ", "[郵便番号]"),
        ("1234-5678-9012", "[マイナンバー]"),
        ("1234 5678 9012 です", "[マイナンバー] です"),
        ("一二三四、五六七八、九〇一二", "[マイナンバー]"),
        ("受付番号12345678です", "受付番号[番号]です"),
        ("22-1111にお願い", "[番号]にお願い"),
        ("メールはtaro.minato@example.jpです", "メールは[メール]です"),
        ("アドレスはタローアットマークエグザンプルドットコムです", "アドレスは[メール]です"),
        ("名前は港太郎です", "名前は[氏名]です"),
        ("なまえはみなとたろうです", "なまえは[氏名]です"),
        ("お名前は、港 太郎ですか", "お名前は、[氏名] 太郎ですか"),
        ("港と申します。ごみの件で", "[氏名]と申します。ごみの件で"),
        ("わたくし、港花子と言います", "わたくし、[氏名]と言います"),
        ("ナマエワミナトタロウデス", "ナマエワ[氏名]デス"),
        ("住所は港町一丁目二番地三です", "住所は[住所]です"),
        ("田中様、でよろしいですか。", "[氏名]様、でよろしいですか。"),
        ("お名前は、田中様。ご用件は、ごみ。", "お名前は、[氏名]。ご用件は、ごみ。"),
        ("my name is Taro Minato", "my name is [氏名]"),
        ("zero five zero, zero zero zero zero, one two three four", "[電話番号]"),
        ("공오공 공공공공 일이삼사", "[番号]"),
    ],
)
def test_personal_things_are_hidden(text: str, expected: str) -> None:
    """As figures, kanji, kana and words."""
    assert redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "住民票を取りたいのですが",
        "令和8年4月1日の午前8時30分から午後5時15分までです",
        "2027年10月10日",
        "粗大ごみは1個300円、全部で12000円です",
        "燃えるごみは第2、第4水曜日に出してください",
        "二十歳の誕生日までに国民年金の手続きを",
        "窓口は1階の3番です。1番か2番を押してください",
        "ごみにごみを足しくださる方に",
        "三国志を借りたい",
        "いちにのさんで始めます",
        "市民課におつなぎします",
        "名前を変えたい",
        "住所が変わったのですが",
        "名前が変わったので届けたい",
        "119番か110番におかけください",
        "I would like two copies for one person",
    ],
)
def test_everything_else_stays(text: str) -> None:
    """Dates, times, fees and windows are what the call is about."""
    assert redact(text) == text


def test_labels_have_a_language() -> None:
    """English for all but Japanese."""
    assert redact("050-0000-1234", "en") == redact("050-0000-1234", "ko") == "[phone]"


@pytest.mark.parametrize(
    "asked",
    ["お名前をどうぞ。", "ご住所をおっしゃってください。", "お電話番号を教えてください。", "May I have your name?"],
)
def test_the_reply_to_a_personal_question_is_hidden_whole(asked: str) -> None:
    """A bare name cannot be told from other words, but the question can."""
    assert redact_reply(asked, "みなとたろう") == "[個人情報]"
    assert redact_reply("ご用件をどうぞ。", "みなとまつり") == "みなとまつり"
    assert redact_reply(asked, "") == ""


@pytest.mark.parametrize("asked", ["住所変更は市民課です。ほかにご用件はありますか。", "お名前の変更についてですか。"])
def test_talk_about_addresses_is_no_question_for_one(asked: str) -> None:
    """The reply is not hidden because the bot has said the word."""
    assert redact_reply(asked, "はい、そうです") == "はい、そうです"


def test_a_number_in_a_list_only_shows_that_there_is_one() -> None:
    """Withheld numbers stay empty."""
    assert redact_number("+815000000001") == "[電話番号]"
    assert redact_number(None) == ""


@given(
    st.text(),
    st.sampled_from(
        [
            "050-0000-1234",
            "０５０００００１２３４",
            "〇五〇〇〇〇〇一二三四",
            "ゼロゴーゼロゼロゼロゼロゼロイチニサンヨン",
        ]
    ),
    st.text(),
)
def test_a_number_is_found_in_any_surroundings(before: str, number: str, after: str) -> None:
    """Whatever stands around it, the number is gone."""
    assert number not in redact(before + number + after)


@given(st.text(alphabet="はいの、。市役ごみ月曜住民票abc XYZ"))
def test_text_without_numbers_and_names_stays(text: str) -> None:
    """Nothing is cut out of words that hold nothing personal."""
    assert redact(text) == text
