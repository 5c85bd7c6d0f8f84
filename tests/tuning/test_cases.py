"""What is known about an utterance that went wrong."""

from dataclasses import replace

from voicebot.events import Alternative
from voicebot.transcripts.reviews import Judgement
from voicebot.transcripts.troubles import Named, Trouble
from voicebot.tuning.cases import case_of, judged, laid_over

HEARD = (Alternative("断装して", "ダンソーシテ", 0.8),)
TROUBLE = Trouble(3, "refused", "用件", HEARD, (Named("花火", 0.7), Named("粗大ごみ", 0.5)), "粗大ごみ", agreed=True)
CASE = case_of("c1", 100, "ja", TROUBLE)


def test_what_the_caller_said_yes_to_counts_until_staff_say_otherwise() -> None:
    """And what was refused was not meant."""
    assert (CASE.name, CASE.refused, CASE.wanted, CASE.text) == ("c1:3", ("花火",), "粗大ごみ", "断装して")
    assert case_of("c1", 100, "ja", replace(TROUBLE, agreed=False)).wanted == ""
    corrected = judged(CASE, Judgement("タンスを", "", "家具", ""))
    assert corrected is not None
    assert (corrected.wanted, corrected.text, [guess.text for guess in corrected.heard]) == (
        "家具", "タンスを", ["タンスを", "断装して"],
    )  # fmt: skip
    department = judged(CASE, Judgement(None, "", "", "環境課"))
    assert department is not None
    assert (department.wanted, department.department, department.heard) == ("", "環境課", HEARD)


def test_staff_can_bring_back_what_was_refused() -> None:
    """The caller may have refused what was right."""
    found = judged(CASE, Judgement(None, "", "花火", ""))
    assert found is not None
    assert found.refused == ()


def test_noise_is_no_case() -> None:
    """Judgements are laid over by call and turn."""
    assert judged(CASE, Judgement("")) is None
    other = replace(CASE, turn=4)
    found = laid_over([CASE, other], {("c1", 3): Judgement(""), ("c2", 4): Judgement("何か")})
    assert found == (other,)
