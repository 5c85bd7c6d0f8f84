"""What is written in a prompt, as it is said, down to what the synthesiser makes of it."""

import re

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.written import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0120-000-123へお電話ください", "ゼロイチニーゼロ、ゼロゼロゼロ、イチニーサンへお電話ください"),
        ("(03)0000-1234", "ゼロサン、ゼロゼロゼロゼロ、イチニーサンヨン"),
        ("+81 50-0000-1234", "ゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン"),
        ("05000001234", "ゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン"),
        ("119番か110番", "ヒャクジュウキュウバンかヒャクトオバン"),
        ("119におかけ直しください", "ヒャクジュウキュウバンにおかけ直しください"),
        ("110番地", "百十番地"),
        ("#7119", "シャープ、ナナイチイチキュー"),
        ("災害用伝言ダイヤル171", "災害用伝言ダイヤルイチナナイチ"),
        ("〒926-8611", "郵便番号、キューニーロク、ハチロクイチイチ"),
        ("2026-11-22", "二千二十六年十一月二十二日"),
        ("11/22(日)〜11/25(水)", "十一月二十二日、日曜日から十一月二十五日、水曜日"),
        ("R8.4.1", "令和八年四月一日"),
        ("R8年度", "令和八年度"),
        ("令和1年5月1日", "令和元年五月一日"),
        ("8:30～17:15", "八時三十分から十ナナジ十五分"),
        ("17:30～翌8:30", "十ナナジ三十分から翌日の八時三十分"),
        ("～17:00", "十ナナジまで"),
        ("9:00-12:00", "九時から十二時"),
        ("午前0時", "午前レイジ"),
        ("1,200円", "千二百円"),
        ("¥300", "三百円"),
        ("1万2,000円", "一万二千円"),
        ("２．５％", "二点五パーセント"),
        ("第２・４月曜日", "第二、第四月曜日"),
        ("毎週月・木", "毎週月曜日、木曜日"),
        ("月～金曜日", "月曜日から金曜日"),
        ("5月5日(火・祝)", "五月五日、火曜日、祝日"),
        ("本町2-3-1", "本町二の三の一"),
        ("緑町2丁目3-1", "緑町二丁目三の一"),
        ("緑町1-2-3-405", "緑町一の二の三のヨンマルゴー"),
        ("小学校1-2年生", "小学校一から二年生"),
        ("45L", "四十五リットル"),
        ("30cm×40cm", "三十センチかける四十センチ"),
        ("気温は-5℃", "気温はマイナス五度"),
        ("B1F", "地下一階"),
        ("101号室", "イチマルイチ号室"),
        ("{粗大|そだい}ごみは{1F|いっかい}へ", "そだいごみはいっかいへ"),
        ("ホームページ(https://www.city.example.jp/a?b=1)を", "ホームページを"),
        ("info@city.example.jpへ", "メールへ"),
        ("○×△", "マルバツサンカク"),
        ("○○市", "マルマル市"),
        ("1/3", "三分の一"),
        ("10/1", "十月一日"),
        ("1/3から", "一月三日から"),
        ("A4の紙", "A4の紙"),
        ("007", "ゼロゼロナナ"),
        ("¥500〜", "五百円から"),
        ("7月1日〜7月5日", "ナナガツツイタチからナナガツ五日"),
        ("毎月1日と15日", "毎月ツイタチと十五日"),
    ],
)
def test_figures_and_signs_become_words(written: str, said: str) -> None:
    """And what has become words stays as it is."""
    assert spoken(written) == said
    assert spoken(said) == said


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0120-000-123", "ゼロイチニーゼロ、ゼロゼロゼロ、イチニーサン"),
        ("110番か119番へ", "ヒャクトオバンカヒャクジュウキュウバンエ"),
        ("〒926-8611", "ユービンバンゴー、キューニーロク、ハチロクイチイチ"),
        ("2026-11-22", "ニセンニジューロクネンジューイチガツニジューニニチ"),
        ("R8.4.1", "レーワハチネンシガツツイタチ"),
        ("7月1日", "ナナガツツイタチ"),
        ("毎月20日と24日", "マイツキハツカトニジューヨッカ"),
        ("8:30～17:15", "ハチジサンジュップンカラジューナナジジューゴフン"),
        ("午前0時", "ゴゼンレイジ"),
        ("9:04", "クジヨンプン"),
        ("1,200円", "センニヒャクエン"),
        ("1万8,600円", "イチマンハッセンロッピャクエン"),
        ("第2・4月曜日", "ダイニ、ダイヨンゲツヨービ"),
        ("1F", "イッカイ"),
        ("3階", "サンガイ"),
        ("1人3本まで", "ヒトリサンボンマデ"),
        ("本町2-3-1", "ホンマチニノサンノイチ"),
        ("45L", "ヨンジューゴリットル"),
        ("30%", "サンジュッパーセント"),
        ("0.5", "レーテンゴ"),
        ("1/3", "サンブンノイチ"),
        ("101号室", "イチマルイチゴーシツ"),
    ],
)
def test_open_jtalk_reads_it_right(written: str, read: str) -> None:
    """The synthesiser's own reading of what it is given."""
    assert pyopenjtalk.g2p(spoken(written), kana=True) == read


@pytest.mark.parametrize(
    "text",
    [
        "お電話ありがとうございます。こちらは、みなと市役所です。",
        "平日・土曜、定休日・祝日",
        "市民講座～春の巻～のご案内",
        "一緒に、一般の方も、第三小学校へ。",
        "Q&A、e-Tax、LINE",
        "それでは、ご用件をどうぞ!",
        "{名前}さま",
    ],
)
def test_ordinary_text_is_left_untouched(text: str) -> None:
    """Only figures and signs are changed."""
    assert spoken(text) == text


def test_other_languages_have_only_their_hints_resolved() -> None:
    """A Korean prompt keeps its figures for the Korean voice."""
    assert spoken("{시청|si-cheong} 8:30", "ko") == "si-cheong 8:30"


@given(st.text())
def test_never_raises(text: str) -> None:
    """Whatever staff or a fact put into a prompt."""
    assert isinstance(spoken(text), str)


@given(
    st.text(
        alphabet="0123456789０９.,:/-~〜～年月日時分円%(（)）火土祝第・町丁目番¥〒#RH元約前翌1FLkgcm×○ でもの市\n+√と"
    )
)
def test_never_raises_near_figures(text: str) -> None:
    """Where the rules are at work; no figure is left but behind a letter."""
    said = spoken(text)
    assert not re.search("(?<![A-Za-z0-9.-])[0-9]", said)
    assert spoken(said) == said


@given(st.integers(min_value=0, max_value=10**30))
def test_every_number_is_said(number: int) -> None:
    """However long: in words, or digit by digit."""
    assert not any(sign.isdigit() and sign.isascii() for sign in spoken(str(number)))
