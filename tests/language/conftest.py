"""Open JTalk is made ready once, because opening its second dictionary warns about its own future."""

import warnings

import pytest
from pyopenjtalk.utils import get_sudachi_tokenizer


@pytest.fixture(scope="session", autouse=True)
def _open_dictionaries() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        get_sudachi_tokenizer()
