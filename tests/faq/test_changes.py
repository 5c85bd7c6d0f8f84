"""An import shows what is new, what changes in which words, what stays and what the table does not have."""

from voicebot.documents import read
from voicebot.faq.changes import difference, plan
from voicebot.faq.rows import FieldName, Row, written_in

CITY = """\
department: 市民課
entries:
  - question: 住民票の写し
    also: [住民票がほしい]
    answer: |
      窓口で、
      {facts.手数料}円です。
    keywords: [住民票]
  - question: 印鑑登録
    answer: 印鑑をお持ちください。
    department: 税務課
"""
WRITTEN = written_in((read(CITY, "faq/市民課.yaml"),))
ALL = frozenset({"question", "answer", "department"})
SAME = Row("住民票の写し", "窓口で、{facts.手数料}円です。", "市民課", said=ALL)


def fill(text: str) -> str:
    """The city's only fact."""
    return text.replace("{facts.手数料}", "300")


def test_what_is_the_same_stays() -> None:
    """Line breaks, what a file says for all its entries, and columns that the table lacks make no difference."""
    found = plan(WRITTEN, [SAME, Row("印鑑登録", "印鑑をお持ちください。", "税務課", said=ALL)])
    assert found.is_empty
    assert len(found.unchanged) == 2
    assert found.missing == ()


def test_an_answer_that_says_the_same_with_its_facts_filled_in_is_the_same() -> None:
    """The city's other table has the number in it."""
    row = Row("Q1. 住民票の写し", "窓口で、300円です。", "市民課", said=ALL)
    assert plan(WRITTEN[:1], [row], fill).is_empty


def test_a_change_names_the_field_and_the_words() -> None:
    """And says when a fact would be lost."""
    found = plan(WRITTEN, [Row("住民票の写し", "窓口で、400円です。", "税務課", number=7, said=ALL)], fill)
    (changed,) = found.changed
    assert [(change.label, change.before, change.after) for change in changed.fields] == [
        ("回答", "窓口で、{facts.手数料}円です。", "窓口で、400円です。"),
        ("担当課", "市民課", "税務課"),
    ]
    assert ("new", "400") in changed.fields[0].pieces
    assert [one.entry.question for one in found.missing] == ["印鑑登録"]
    assert "{facts.手数料}" in str(found.notes[0])
    assert str(found.notes[0]).startswith("7行目")


def test_a_column_says_the_whole_list_and_without_one_words_are_added() -> None:
    """Nothing is lost because a table knows less."""
    adds: frozenset[FieldName] = frozenset({"also"})
    more = Row("住民票の写し", SAME.answer, "市民課", also=("住民票を取りたい", "住民票がほしい"), said=ALL, adds=adds)
    (changed,) = plan(WRITTEN, [more]).changed
    assert changed.fields[0].after == ("住民票がほしい", "住民票を取りたい")
    whole = Row("住民票の写し", SAME.answer, "市民課", also=("住民票を取りたい",), said=ALL | {"also"})
    assert plan(WRITTEN, [whole]).changed[0].fields[0].after == ("住民票を取りたい",)


def test_a_new_question_that_is_known_as_another_way_of_asking_is_pointed_out() -> None:
    """Two answers to one question confuse the search."""
    found = plan(WRITTEN, [Row("住民票がほしい", "窓口です。", "市民課", number=3)])
    assert [row.question for row in found.new] == ["住民票がほしい"]
    assert "「住民票の写し」の別の聞き方" in str(found.notes[0])


def test_the_difference_is_in_words() -> None:
    """Runs of one script."""
    assert list(difference("手数料は300円です", "手数料は400円でした")) == [
        ("same", "手数料は"),
        ("gone", "300"),
        ("new", "400"),
        ("same", "円"),
        ("gone", "です"),
        ("new", "でした"),
    ]
