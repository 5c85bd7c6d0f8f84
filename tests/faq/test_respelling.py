"""What was heard, written with the city's own words."""

import pytest

from voicebot import bootstrap
from voicebot.faq.lexicon import Lexicon
from voicebot.faq.respelling import Respelling
from voicebot.faq.words import Analyse

TEXTS = ("戸籍謄本の取り方", "戸籍がほしい", "児童手当の申請", "児童手当がほしい", "印鑑証明がいる", "印鑑証明の取り方")


@pytest.fixture(scope="module")
def analyse() -> Analyse:
    """Sudachi's words."""
    found = bootstrap.words()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def respelling(analyse: Analyse) -> Respelling:
    """With the words of a few texts."""
    return Respelling(Lexicon(map(analyse, TEXTS)), analyse)


@pytest.mark.parametrize(("heard", "meant"), [("個籍がほしい", "戸籍"), ("自動手当の申請", "児童手当")])
def test_a_wrong_homophone_becomes_the_citys_word(respelling: Respelling, heard: str, meant: str) -> None:
    """By its sound."""
    assert meant in respelling.best([heard])


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("都所間はどこ", "図書館はどこ"),
        ("数色支援", "就職支援"),
        ("くじょを言いたい", "苦情を言いたい"),
        ("認診したら", "妊娠したら"),
        ("富豊等期が多い", "不法投棄が多い"),
    ],
)
def test_kanji_that_only_fit_by_another_reading_and_confused_sounds_are_mended(
    analyse: Analyse, heard: str, meant: str
) -> None:
    """都所間 is read トショカン sign by sign, 診し is シンシ, 豊 also ホウ; スウショク is near シュウショク."""
    texts = (
        *("図書館はどこ", "図書館の本", "就職支援の窓口", "就職支援", "苦情を言いたい", "苦情の窓口"),
        *("妊娠したら", "妊娠の届", "不法投棄の連絡", "不法投棄が多い"),
    )
    assert Respelling(Lexicon(map(analyse, texts)), analyse).best([heard]) == meant


def test_a_typed_word_gives_way_only_to_one_that_fits_much_better(analyse: Analyse) -> None:
    """医院 sounds like 委員, which this city writes; whoever types it means it."""
    respelling = Respelling(Lexicon(map(analyse, ("委員の名前", "医院の名前", "委員の電話", "委員の場所"))), analyse)
    assert respelling.best(["医院の電話"], certain=True) == "医院の電話"


def test_words_of_the_city_stay_as_they_were_heard(respelling: Respelling) -> None:
    """Nothing to mend."""
    assert respelling.best(["印鑑証明がいる"]) == "印鑑証明がいる"


def test_the_guess_that_fits_the_city_best_is_taken(respelling: Respelling) -> None:
    """Even when the recogniser liked another one better."""
    assert respelling.best(["ぬるぽがっ", "児童手当がほしい"]) == "児童手当がほしい"
    assert respelling.best([]) == ""
