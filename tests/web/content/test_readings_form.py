"""The form of a reading."""

from voicebot.web.staff.content.readings_form import ReadingForm, lines_with, rows_of

TEXT = "readings:\n  # 町\n  生田: しょうだ\n  浜町: {reading: はままち, accent: 2}\n"


def sent(**fields: str) -> ReadingForm:
    """As a browser sends it."""
    return ReadingForm.sent(fields)


def test_a_reading_goes_through_the_form_unchanged() -> None:
    """With and without an accent."""
    for word, row in rows_of({"readings.yaml": TEXT}).items():
        form = ReadingForm.of(word, row, "d")
        assert sent(name=word, **form.values).applied(TEXT) == TEXT


def test_a_reading_is_changed_added_and_taken_away() -> None:
    """Also the first of a city."""
    changed = sent(name="生田", word="生田", reading="いくた", accent="1").applied(TEXT)
    assert rows_of({"readings.yaml": changed})["生田"].accent == 1
    assert "# 町" in changed
    plain = sent(name="浜町", word="浜町", reading="はままち", accent="").applied(TEXT)
    assert plain.endswith("  浜町: はままち\n")
    assert rows_of({"readings.yaml": sent(word="港", reading="みなと").applied("")})["港"].reading == "みなと"
    assert "浜町" not in sent(name="浜町").removed(TEXT)
    assert rows_of({"readings.yaml": "readings: ["}) == {}


def test_what_is_missing_or_no_kana_is_told_at_its_field() -> None:
    """Before anything is saved."""
    assert set(sent(reading="生田", accent="高").wrong()) == {"word", "reading", "accent"}
    assert sent(word="生田", reading="しょうだ").wrong() == {}


def test_texts_with_the_word_are_shown_without_yaml() -> None:
    """Each once, comments left out; files that are never said are not looked at."""
    files = {
        "trees/a.yaml": '# 生田\nnodes:\n  案内:\n    prompt: 生田の窓口です。\n    answer: "生田の窓口です。"\n',
        "faq/b.yaml": "  - question: 生田はどこですか\n",
        "talks/c.yaml": "生田です。\n",
    }
    assert lines_with(files, "生田") == ("生田はどこですか", "生田の窓口です。")
