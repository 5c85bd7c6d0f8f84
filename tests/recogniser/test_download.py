"""Downloads against a real server on this machine: whole, cut, resumed, refused."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from model_server import Site, serving

from voicebot.errors import RecogniserError
from voicebot.recogniser.download import download

BODY = bytes(range(256)) * 4000
LIMIT = len(BODY) * 2


@pytest.fixture
def site() -> Iterator[Site]:
    """A server with one file."""
    with serving(Site({"model.zip": BODY})) as running:
        yield running


def fetch(site: Site, target: Path, limit: int = LIMIT) -> list[tuple[str, int, int]]:
    """Download the file; what progress was told."""
    told: list[tuple[str, int, int]] = []
    with httpx.Client() as client:
        download(f"{site.address}model.zip", target, limit, lambda *step: told.append(step), client)
    return told


def left(folder: Path) -> list[str]:
    """The names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_fetched_and_nothing_else_is_left(site: Site, tmp_path: Path) -> None:
    """Progress is told up to the last byte."""
    told = fetch(site, tmp_path / "deep" / "model.zip")
    assert (tmp_path / "deep" / "model.zip").read_bytes() == BODY
    assert left(tmp_path / "deep") == ["model.zip"]
    assert told[-1] == ("download", len(BODY), len(BODY))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_a_cut_connection_is_resumed_at_once(site: Site, tmp_path: Path) -> None:
    """As long as each attempt brings something new; only the rest is asked for."""
    site.cuts = [300_000, 200_000]
    fetch(site, tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == BODY
    assert site.requests[0] == ""
    assert all(asked.startswith("bytes=") and asked != "bytes=0-" for asked in site.requests[1:])
    assert len(site.requests) == 3


def test_a_broken_download_goes_on_at_the_next_try(site: Site, tmp_path: Path) -> None:
    """When nothing more comes it is an error with a cure; the same command continues the part."""
    site.cuts = [300_000, 0]
    with pytest.raises(RecogniserError, match="same command again"):
        fetch(site, tmp_path / "model.zip")
    assert "model.zip" not in left(tmp_path)
    fetch(site, tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == BODY
    assert site.requests[-1].startswith("bytes=")
    assert left(tmp_path) == ["model.zip"]


def test_a_server_without_ranges_sends_all_again(site: Site, tmp_path: Path) -> None:
    """The part is thrown away, not added to."""
    site.ranges = False
    site.cuts = [300_000]
    fetch(site, tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == BODY


def test_a_file_that_changed_meanwhile_is_fetched_anew(site: Site, tmp_path: Path) -> None:
    """Two halves of different versions never become one file."""
    site.cuts = [300_000, 0]
    with pytest.raises(RecogniserError):
        fetch(site, tmp_path / "model.zip")
    site.files["model.zip"], site.tag = BODY[::-1], '"two"'
    fetch(site, tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == BODY[::-1]


@pytest.mark.parametrize(
    ("tag", "modified", "resumed"),
    [
        ("", "Mon, 01 Jun 2026 00:00:00 GMT", True),
        ('W/"weak"', "Mon, 01 Jun 2026 00:00:00 GMT", True),
        ('W/"weak"', "", False),
        ("", "", False),
    ],
)
def test_only_a_strong_validator_allows_resuming(
    site: Site, tmp_path: Path, tag: str, modified: str, resumed: bool
) -> None:
    """A date will do; a weak tag or nothing will not, so all is asked for again (RFC 9110, 13.1.5)."""
    site.tag, site.modified, site.cuts = tag, modified, [300_000]
    fetch(site, tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == BODY
    assert bool(site.requests[1]) == resumed


def test_a_part_that_is_longer_than_the_file_is_thrown_away(site: Site, tmp_path: Path) -> None:
    """The server answers 416; the next attempt begins anew."""
    site.cuts = [300_000, 0]
    with pytest.raises(RecogniserError):
        fetch(site, tmp_path / "model.zip")
    (tmp_path / "model.zip.part").write_bytes(BODY * 2)
    with pytest.raises(RecogniserError, match="same command again"):
        fetch(site, tmp_path / "model.zip")
    fetch(site, tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == BODY


def test_a_note_that_is_damaged_only_costs_the_part(site: Site, tmp_path: Path) -> None:
    """Nonsense beside the part means to begin anew."""
    (tmp_path / "model.zip.part").write_bytes(b"old")
    (tmp_path / "model.zip.part.json").write_text("{", encoding="utf-8")
    fetch(site, tmp_path / "model.zip")
    assert (tmp_path / "model.zip").read_bytes() == BODY


@pytest.mark.parametrize("sized", [True, False])
def test_too_large_a_file_is_refused(site: Site, tmp_path: Path, sized: bool) -> None:
    """Whether the server tells the length or not; nothing is left on the disk."""
    site.sized = sized
    with pytest.raises(RecogniserError, match="more than the") as caught:
        fetch(site, tmp_path / "model.zip", limit=len(BODY) // 2)
    assert caught.value.code == "recogniser.too_large"
    assert left(tmp_path) == []


@pytest.mark.parametrize(("status", "words"), [(404, "models list"), (410, "models list"), (503, "try again later")])
def test_a_refusal_says_what_to_do(site: Site, tmp_path: Path, status: int, words: str) -> None:
    """An unknown name and a busy server have different cures."""
    site.status = status
    with pytest.raises(RecogniserError, match=words):
        fetch(site, tmp_path / "model.zip")
    assert left(tmp_path) == []


def test_no_network_says_how_to_do_without(tmp_path: Path) -> None:
    """Nobody listens there."""
    with serving(Site({})) as gone:
        pass
    with pytest.raises(RecogniserError, match="give its path"):
        fetch(gone, tmp_path / "model.zip")


def test_a_folder_that_cannot_be_written_is_our_error(site: Site, tmp_path: Path) -> None:
    """The part's place is taken by a folder."""
    (tmp_path / "model.zip.part").mkdir()
    with pytest.raises(RecogniserError, match="disk space") as caught:
        fetch(site, tmp_path / "model.zip")
    assert caught.value.code == "recogniser.disk"
