"""みじか市 with a draft that may be edited, and an editor of it, for the tests that bring no service of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House
from scenes_city import small_city
from staff_browser import Staff, signed_in


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One for each test."""
    with small_city(tmp_path) as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """An editor's browser."""
    with signed_in(house) as staff:
        yield staff
