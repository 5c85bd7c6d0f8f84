"""Who has a node open."""

from datetime import UTC, datetime

from voicebot.web.staff.content.company import LASTS, Company

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_two_people_at_one_node_know_of_each_other() -> None:
    """Not those at another one, and nobody of himself."""
    company = Company()
    assert company.here("受付", "hanako", "花子", NOW) == ()
    assert company.here("受付", "taro", "太郎", NOW) == ("花子",)
    assert company.here("受付", "hanako", "花子", NOW) == ("太郎",)
    assert company.here("夜間", "jiro", "次郎", NOW) == ()


def test_who_does_not_tell_again_has_gone() -> None:
    """The browser was closed, or the machine sleeps."""
    company = Company()
    company.here("受付", "hanako", "花子", NOW)
    assert company.here("受付", "taro", "太郎", NOW + LASTS) == ()
