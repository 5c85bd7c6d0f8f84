"""Content is put in force by a real service: of the draft, of a release, of the folder, at a planned time."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from house import ROOT, service

from voicebot import bootstrap
from voicebot.content import Content
from voicebot.errors import LibraryError
from voicebot.examination import Search
from voicebot.ports import Answers, Reader
from voicebot.service import Service
from voicebot.settings import Settings
from voicebot.voice.reading import reading
from voicebot.web.publishing import Publishing

FACTS, LINE = "facts.yaml", "line.yaml"
GREETING = "trees/総合案内.yaml"


class Calendar:
    """The service's time, as the test says."""

    def __init__(self, made: Service) -> None:
        self.moment = made.now()

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Service]:
    """A service of a city in a folder of the test's own."""
    city = tmp_path / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", city)
    made = service(tmp_path, city=city)
    yield made
    made.close()


@pytest.fixture
def publishing(made: Service) -> Publishing:
    """With the first release in force."""
    found = Publishing(made, reading)
    found.begin()
    return found


def edit(publishing: Publishing, path: str, old: str, new: str, by: str = "hanako") -> None:
    """An edit of the draft."""
    text = publishing.library.draft().files[path]
    assert old in text
    publishing.library.edit({path: text.replace(old, new)}, {}, by, datetime.now().astimezone(), "直した")


def greeting(made: Service) -> str:
    """What callers hear first."""
    node = made.content.dialog.nodes[made.content.dialog.start]
    return getattr(node, "text", {})["ja"]


def newly(publishing: Publishing, word: str = "新しく") -> None:
    """Another greeting in the draft."""
    edit(publishing, GREETING, "録音します。", f"{word}録音します。")


def test_the_running_content_becomes_the_first_release(made: Service, publishing: Publishing) -> None:
    """Once."""
    publishing.begin()
    assert made.release == 1
    assert [each.why for each in publishing.library.publications()] == ["first"]
    assert publishing.library.of_content(made.content.fingerprint) is not None


def test_a_draft_is_published_and_heard_from_the_next_call_on(made: Service, publishing: Publishing) -> None:
    """And what was before is a press away."""
    told: list[str] = []
    publishing.on_change = lambda content: told.append(content.fingerprint)
    before = greeting(made)
    newly(publishing)
    done = publishing.publish("あいさつを変えた", "hanako")
    assert done.release is not None
    assert (done.release.number, done.release.author, made.release) == (2, "hanako", 2)
    assert "新しく" in greeting(made)
    assert told == [made.content.fingerprint] == [done.release.content]
    assert publishing.roll_back(1, "taro").release is not None
    assert (greeting(made), made.release) == (before, 1)
    assert "新しく" in publishing.library.draft().files[GREETING]
    with pytest.raises(LibraryError):
        publishing.roll_back(9, "taro")


def test_a_draft_with_a_fault_reaches_no_caller_and_is_kept(made: Service, publishing: Publishing) -> None:
    """Also one in which only a golden talk does not come true."""
    before = made.content.fingerprint
    edit(publishing, "phrases.yaml", "  no_input:", "  no_imput:")
    done = publishing.publish("壊した", "hanako")
    assert done.release is None
    assert {each.path for each in done.findings if each.level == "fault"} == {"phrases.yaml"}
    assert (made.content.fingerprint, made.release, len(publishing.library.releases())) == (before, 1, 1)
    assert "no_imput" in publishing.library.draft().files["phrases.yaml"]
    edit(publishing, "phrases.yaml", "  no_imput:", "  no_input:")
    publishing.library.edit(
        {"talks/合わない.yaml": "talks: [{name: 名乗り, lines: [応答: もしもし]}]"}, {}, "hanako", made.now(), "見本"
    )
    assert publishing.publish("合わない", "hanako").release is None


def test_a_draft_that_is_in_force_is_checked_with_what_calls_use(
    made: Service, publishing: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its search is not built anew; a draft with a change has one of its own."""
    built: list[str] = []
    searching = bootstrap.searching

    def counted(settings: Settings) -> Search:
        search = searching(settings)

        def build(content: Content, reader: Reader) -> Answers:
            built.append(content.fingerprint)
            return search(content, reader)

        return build

    monkeypatch.setattr(bootstrap, "searching", counted)
    found = publishing.examined(publishing.library.draft().files)
    assert (found.content, built, found.faults) == (made.content, [], ())
    assert found.answers is made.edition().answers
    newly(publishing)
    changed = publishing.examined(publishing.library.draft().files)
    assert changed.content is not None
    assert built == [changed.content.fingerprint]


def test_publishing_what_is_in_force_makes_no_release(made: Service, publishing: Publishing) -> None:
    """Nothing has changed."""
    done = publishing.publish("何もしない", "hanako")
    assert done.release is not None
    assert (done.release.number, len(publishing.library.publications())) == (1, 1)


def test_an_urgent_change_leaves_the_rest_of_the_draft_out(made: Service, publishing: Publishing) -> None:
    """But is in the draft as well, so that the next publication does not undo it."""
    newly(publishing)
    line = f"{publishing.library.files(1)[LINE]}# 至急\n"
    done = publishing.urgent({LINE: line}, "hanako", "至急")
    assert done.release is not None
    assert (done.release.source, done.left) == ("urgent", ())
    assert "新しく" not in greeting(made)
    assert "# 至急" in publishing.library.draft().files[LINE]
    assert "新しく" in publishing.library.draft().files[GREETING]


def test_a_planned_publication_comes_at_its_time(
    made: Service, publishing: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before, and once; what was put in force meanwhile stays."""
    newly(publishing)
    clock = Calendar(made)
    monkeypatch.setattr(Service, "now", lambda self: clock())
    plan, done = publishing.schedule(clock() + timedelta(hours=1), "hanako", "明日から")
    assert plan is not None
    assert done.release is not None
    publishing.carry_out()
    assert made.release == 1
    publishing.urgent({LINE: f"{publishing.library.files(1)[LINE]}# 至急\n"}, "taro", "至急")
    clock.moment += timedelta(hours=2)
    publishing.carry_out()
    publishing.carry_out()
    assert "新しく" in greeting(made)
    current = publishing.library.in_force()
    assert current is not None
    assert (current.why, made.release) == ("schedule", current.release)
    assert "# 至急" in publishing.library.files(current.release)[LINE]
    assert [each.state for each in publishing.library.plans()] == ["done"]
    with pytest.raises(LibraryError, match="これから先"):
        publishing.schedule(clock(), "hanako", "もう過ぎた")


def test_a_plan_that_cannot_be_carried_out_says_why(
    made: Service, publishing: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has changed the same line meanwhile; what is in force stays."""
    newly(publishing)
    clock = Calendar(made)
    monkeypatch.setattr(Service, "now", lambda self: clock())
    publishing.schedule(clock() + timedelta(hours=1), "hanako", "明日から")
    text = publishing.library.files(1)[GREETING].replace("録音します。", "かならず録音します。")
    publishing.urgent({GREETING: text}, "taro", "至急")
    clock.moment += timedelta(hours=2)
    publishing.carry_out()
    (plan,) = publishing.library.plans()
    assert plan.state == "failed"
    assert plan.told
    assert "かならず" in greeting(made)


def test_a_second_person_must_approve_where_the_city_wants_it(tmp_path: Path) -> None:
    """Who edits cannot approve alone; two who have edited may approve for each other; an edit makes it void."""
    made = service(tmp_path, content_review=True)
    publishing = Publishing(made, reading)
    publishing.begin()
    newly(publishing)
    library = publishing.library
    library.approve(library.draft().digest, "hanako", made.now())
    with pytest.raises(LibraryError, match="承認"):
        publishing.publish("あいさつ", "hanako")
    library.approve(library.draft().digest, "taro", made.now())
    edit(publishing, GREETING, "新しく", "もっと新しく", by="taro")
    with pytest.raises(LibraryError, match="承認"):
        publishing.publish("あいさつ", "hanako")
    for name in ("hanako", "taro"):
        library.approve(library.draft().digest, name, made.now())
    done = publishing.publish("あいさつ", "hanako")
    assert done.release is not None
    assert done.release.reviewer == "hanako、taro"
    made.close()


def test_what_another_process_has_put_in_force_is_taken(made: Service, publishing: Publishing) -> None:
    """As `voicebot content use` does."""
    newly(publishing)
    publishing.publish("あいさつ", "hanako")
    assert not publishing.refresh()
    publishing.library.put_in_force(1, "command line", "roll_back", made.now())
    assert publishing.refresh()
    assert (made.release, "新しく" in greeting(made)) == (1, False)


def test_a_folder_that_does_not_hold_what_was_published_is_not_taken(made: Service, publishing: Publishing) -> None:
    """Nobody's work is overwritten."""
    path = made.settings.city / LINE
    path.write_text(path.read_text("utf-8") + "# 手で\n", "utf-8")
    assert publishing.take_folder().release is not None
    newly(publishing)
    publishing.publish("あいさつ", "hanako")
    assert publishing.take_folder().release is not None
    assert "新しく" in greeting(made)
    path.write_text(path.read_text("utf-8") + "# また手で\n", "utf-8")
    with pytest.raises(LibraryError, match="voicebot content"):
        publishing.take_folder()


def test_a_draft_can_be_talked_to_without_being_published(made: Service, publishing: Publishing) -> None:
    """The same content gives the same edition."""
    newly(publishing)
    files = publishing.library.draft().files
    edition = publishing.edition(files)
    assert "新しく" in getattr(edition.content.dialog.nodes[edition.content.dialog.start], "text", {})["ja"]
    assert publishing.edition(files) is edition
    assert publishing.edition(publishing.library.files(1)).content is made.content
    assert "新しく" not in greeting(made)
