"""What a row of the audit log says."""

from datetime import UTC, datetime

from voicebot.accounts.audit import AuditRow
from voicebot.web.staff.noted import details, subject
from voicebot.web.staff.words import Words

JA, EN = Words("ja"), Words("en")


def row(what: str, subject: str = "", **detail: str | int | bool) -> AuditRow:
    """One deed."""
    return AuditRow(1, datetime(2026, 11, 22, tzinfo=UTC), "root", what, subject, detail, "")


def test_details_are_told_in_plain_words() -> None:
    """Roles, kinds and outcomes by their names, yes and no, periods; what says nothing is left out."""
    added = row("user.change", "seen", fields="role, phone", role="administrator", empty="")
    assert details(added, JA) == ("変えた項目: 役割、電話番号", "役割: 管理者")
    assert details(added, EN) == ("changed: role, telephone", "role: Administrator")
    assert details(row("calls.export", rows=12, personal=True), JA) == ("件数: 12", "個人情報を含む: はい")
    reviewed = row("call.review", status="done", outcome="wrong_transfer")
    assert details(reviewed, JA) == ("確認: 済んだ", "判定: 違う課に転送した")
    exported = row("figures.export", "kpis", period="from=2026-11-01&to=2026-11-30")
    assert details(exported, JA) == ("期間: 2026-11-01 から 2026-11-30 まで",)
    assert details(row("disaster.begin", "3", until="2026-11-23T08:00+09:00"), JA) == ("いつまで: 2026-11-23 08:00",)


def test_sentences_stand_alone_and_what_has_no_words_is_shown_as_it_is_kept() -> None:
    """Nothing is hidden."""
    assert details(row("content.edit", words="FAQを直した"), JA) == ("FAQを直した",)
    strange = row("some.thing", "x", novelty="abc", role="king", status="odd", until="soon", period="?", fields="new")
    assert details(strange, JA) == (
        "novelty: abc", "役割: king", "確認: odd", "いつまで: soon", "期間: ?", "変えた項目: new",
    )  # fmt: skip


def test_the_subject_is_named() -> None:
    """Files, releases and kinds; names of people and ids stay."""
    assert subject(row("content.edit", "faq/市民課.yaml、hours.yaml"), JA) == "FAQ 市民課、開庁時間"
    assert subject(row("content.edit", "hours.yaml"), EN) == "hours.yaml"
    assert subject(row("content.discard"), JA) == ""
    assert subject(row("content.publish", "3"), JA) == "第3版"
    assert subject(row("keeping.retention", "sound"), JA) == "通話の録音"
    assert subject(row("keeping.retention", "odd"), JA) == "odd"
    assert subject(row("figures.export", "kpis"), JA) == "おもな数"
    assert subject(row("improve.replay", "draft"), JA) == "下書き"
    assert subject(row("improve.replay", "2"), JA) == "第2版"
    assert subject(row("user.add", "taro"), JA) == "taro"
