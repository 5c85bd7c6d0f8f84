"""One spelling for each sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.kana import compact, katakana, matching_form, morae, similarity, windows

KANA = st.text(
    alphabet="アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォャュョッーヴ",
    max_size=20,
)


def test_half_width_and_hiragana_become_katakana() -> None:
    """A recogniser, a form and a dictionary write the same word in three ways."""
    assert katakana("ｼﾔｸｼｮ しやくしょ シヤクショ Ａ１") == "シヤクショ シヤクショ シヤクショ A1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("とおか", "トーカ"),
        ("とうか", "トーカ"),
        ("えいご", "エーゴ"),
        ("おねえさん", "オネーサン"),
        ("おばあさん", "オバーサン"),
        ("じゅうみんひょう", "ジューミンヒョー"),
        ("こうえん", "コーエン"),
        ("いいえ", "イーエ"),
        ("つづき", "ツズキ"),
        ("はなぢ", "ハナジ"),
        ("ＦＡＸ を", "fax お"),
        ("ティッシュ", "テッシュ"),
        ("ビルディング", "ビルデング"),
        ("ヴォイス", "ボイス"),
        ("ソファー", "ソフアー"),
        ("プロジェクト", "プロゼクト"),
        ("粗大ごみ、です。", "粗大ゴミデス"),
    ],
)
def test_spellings_of_one_sound_have_one_form(one: str, other: str) -> None:
    """Both sides of a comparison go through the same form."""
    assert matching_form(one) == matching_form(other)


@pytest.mark.parametrize(("one", "other"), [("おばさん", "おばあさん"), ("きて", "きって"), ("ほけん", "ほうけん")])
def test_long_and_double_sounds_still_differ(one: str, other: str) -> None:
    """Length carries meaning in Japanese; it is unified in spelling, not thrown away."""
    assert matching_form(one) != matching_form(other)


def test_long_vowels_are_not_merged_across_words_in_compact() -> None:
    """ゴオク is five hundred million; the parsers of numbers need both vowels."""
    assert compact("ゴ、オク") == "ゴオク"
    assert compact("ジュー、ゴー。 にー") == "ジュウゴウニイ"
    assert compact("15:30、です -2.5%") == "15:30デス-2.5%"


@given(st.text())
def test_the_forms_are_stable(text: str) -> None:
    """A form of a form is the form."""
    assert matching_form(matching_form(text)) == matching_form(text)
    assert katakana(katakana(text)) == katakana(text)


@given(KANA)
def test_every_spelling_of_a_kana_word_is_compared_alike(reading: str) -> None:
    """Spelling out the long vowel sign changes nothing."""
    assert matching_form(compact(reading)) == matching_form(reading)


@given(KANA, KANA)
def test_similarity_is_a_symmetric_share(one: str, other: str) -> None:
    """0 to 1, the same from both sides, 1 for the same sound."""
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
    assert similarity(one, one) == (1.0 if matching_form(one) else 0.0)


def test_similarity_counts_sounds() -> None:
    """One wrong sound in eight."""
    assert similarity("じゅうみんひょう", "ジューミンショー") == pytest.approx(7 / 8)
    assert similarity("", "") == 0.0


def test_morae_are_beats() -> None:
    """Small kana belong to the kana before; ッ, ン and ー are beats."""
    assert morae("きょうと、ガッコー") == ("キョ", "ウ", "ト", "ガ", "ッ", "コ", "ー")


def test_windows_slide() -> None:
    """Every stretch, and the whole of a shorter text."""
    assert windows("アイウエ", 3) == ("アイウ", "イウエ")
    assert windows("アイ", 3) == ("アイ",)
