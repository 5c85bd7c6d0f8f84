"""An entry of a file says what it inherits from its file, too."""

from datetime import date

from voicebot.documents import read
from voicebot.faq.rows import written_in


def test_an_entry_knows_its_place_and_what_it_inherits() -> None:
    """Department and owner come from the file where the entry names none."""
    text = "department: 市民課\nentries:\n- question: 住民票\n  answer: |\n    窓口\n    です。\n"
    text += "  valid_until: 2027-03-31\n"
    text += "- {question: 印鑑, answer: 印鑑です。, department: 税務課, owner: 環境課, also: [はんこ]}\n"
    first, second = written_in((read(text, "faq/市民課.yaml"),))
    assert (first.path, first.at, first.department, first.owner) == ("faq/市民課.yaml", 0, "市民課", "市民課")
    assert (first.value("answer"), first.value("valid_until")) == ("窓口です。", date(2027, 3, 31))
    assert (second.at, second.value("department"), second.value("owner")) == (1, "税務課", "環境課")
    assert second.value("also") == ("はんこ",)
