"""Files that a person is still looking at."""

from datetime import datetime, timedelta

from voicebot.web.staff.content.uploads import KEPT, MOST, Uploads
from voicebot.web.staff.forms import Upload

NOW = datetime(2026, 11, 24, 10)


def test_a_file_is_there_for_who_sent_it_until_it_is_too_old() -> None:
    """Nobody else gets it."""
    uploads, file = Uploads(), Upload("faq.csv", b"1")
    name = uploads.keep(file, "hanako", NOW)
    assert uploads.of(name, "hanako", NOW + KEPT) == file
    assert uploads.of(name, "taro", NOW) is None
    assert uploads.of(name, "hanako", NOW + KEPT + timedelta(seconds=1)) is None
    uploads.drop(name)
    assert uploads.of(name, "hanako", NOW) is None


def test_only_a_few_are_kept() -> None:
    """The oldest goes."""
    uploads = Uploads()
    names = [uploads.keep(Upload(str(each), b"1"), "hanako", NOW) for each in range(MOST + 1)]
    assert uploads.of(names[0], "hanako", NOW) is None
    assert uploads.of(names[-1], "hanako", NOW) is not None
