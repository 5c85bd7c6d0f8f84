"""One service with calls for all tests of these pages, and its staff."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, service
from staff_browser import Staff, signed_in, staffed


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """みじか市's service with an editor, a viewer and an operator."""
    folder: Path = tmp_path_factory.mktemp("calls")
    with staffed(service(folder), henshu="editor", miru="viewer", uketsuke="operator") as house:
        yield house


@pytest.fixture
def editor(house: House) -> Iterator[Staff]:
    """Sees everything and may correct."""
    with signed_in(house, "henshu") as staff:
        yield staff


@pytest.fixture
def viewer(house: House) -> Iterator[Staff]:
    """Sees nothing personal."""
    with signed_in(house, "miru") as staff:
        yield staff
