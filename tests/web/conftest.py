"""A running service for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, open_house, service


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pyopenjtalk-plus still calls a method that Sudachi has renamed, once in each thread."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """みじか市's service; callers say nothing that could be recognised."""
    with open_house(service(tmp_path)) as house:
        yield house
