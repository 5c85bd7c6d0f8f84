"""What the check finds, by the place that a page shows."""

import asyncio
import threading
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from voicebot.checking.findings import Finding
from voicebot.web.staff.content.findings import Looks, told

FACTS = "facts:\n  料金:\n    value: '300'\n    owner: ない課\n  電話: 050-0000-1000\n"
FILES = {"facts.yaml": FACTS, "faq/a.yaml": "entries: []\n"}
FOUND = (
    Finding("fault", "content", "facts.yaml", 4, "課がありません。"),
    Finding("warning", "ownerless", "facts.yaml", 5, "担当課がありません。"),
    Finding("warning", "stale", "faq/a.yaml", 1, "古い。"),
)


def test_findings_are_told_by_file_and_by_field() -> None:
    """Of one value only those within its lines, with the key that they are about."""
    assert [row["message"] for row in told(FILES, FOUND, "faq/", ())] == ["古い。"]
    assert len(told(FILES, FOUND, "", ())) == 3
    of_one = told(FILES, FOUND, "facts.yaml", ("facts", "料金"))
    assert [(row["key"], row["line"]) for row in of_one] == [("owner", 4)]
    assert told(FILES, FOUND, "facts.yaml", ("facts", "ない")) == []
    assert told({}, FOUND, "facts.yaml", ("facts", "料金")) == []


class Office:
    """An office whose draft and check the test decides."""

    def __init__(self) -> None:
        self.digest = "1"
        self.moment = datetime(2027, 4, 1, 8, 30)
        self.service = SimpleNamespace(now=lambda: self.moment)
        self.looked: list[str] = []
        self.library = SimpleNamespace(draft=lambda: SimpleNamespace(files=FILES, digest=self.digest))
        self.publishing = SimpleNamespace(examined=self._examined)
        self.broken = False
        self.going_on = threading.Event()
        self.going_on.set()

    async def ask(self, work: Any) -> Any:
        """In this thread."""
        return work()

    def _examined(self, files: object, *, hold_talks: bool) -> Any:
        assert not hold_talks
        self.looked.append(self.digest)
        self.going_on.wait()
        if self.broken:
            raise OSError
        return SimpleNamespace(findings=FOUND)


def test_one_look_serves_all_who_ask_and_a_changed_draft_is_looked_at_again() -> None:
    """Many pages that wait take one thread, not all of them; a look that failed is made anew, and so it is next day."""
    office = Office()

    async def asked() -> None:
        looks = Looks(office)  # type: ignore[arg-type]
        answers = await asyncio.gather(*(looks.whole() for _ in range(5)))
        assert {answer[1].findings for answer in answers} == {FOUND}
        assert office.looked == ["1"]
        office.digest, office.broken = "2", True
        answer = await asyncio.gather(looks.whole(), return_exceptions=True)
        assert isinstance(answer[0], OSError)
        office.broken = False
        assert (await looks.whole())[1].findings == FOUND
        assert office.looked == ["1", "2", "2"]
        office.moment += timedelta(days=1)
        await looks.whole()
        assert office.looked == ["1", "2", "2", "2"]

    asyncio.run(asked())


def test_who_does_not_wait_for_a_look_finds_it_made_when_asking_again() -> None:
    """It is not begun anew each time."""
    office = Office()

    async def asked() -> None:
        looks = Looks(office)  # type: ignore[arg-type]
        office.going_on.clear()
        assert await looks.soon(0.01) is None
        assert await looks.soon(0.01) is None
        office.going_on.set()
        assert (await looks.whole())[1].findings == FOUND
        found = await looks.soon(20.0)
        assert found is not None
        assert found[1].findings == FOUND
        assert office.looked == ["1"]

    asyncio.run(asked())
