"""One service with calls for all tests of these pages, and its staff."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, open_house, service
from staff_browser import Staff, browser, person, quick_passwords

PEOPLE = (("henshu", "editor"), ("miru", "viewer"), ("uketsuke", "operator"))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """みじか市's service with an editor, a viewer and an operator."""
    folder: Path = tmp_path_factory.mktemp("calls")
    with quick_passwords(), open_house(service(folder)) as house:
        for name, role in PEOPLE:
            person(house.service, name, role)  # type: ignore[arg-type]
        yield house


@pytest.fixture
def editor(house: House) -> Iterator[Staff]:
    """Sees everything and may correct."""
    with browser(house) as staff:
        staff.sign_in("henshu")
        yield staff


@pytest.fixture
def viewer(house: House) -> Iterator[Staff]:
    """Sees nothing personal."""
    with browser(house) as staff:
        staff.sign_in("miru")
        yield staff
