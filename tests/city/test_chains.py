"""Circles among names."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.chains import circles


def test_each_circle_is_found_once_and_what_leads_into_it_is_not_part_of_it() -> None:
    """A name beside the circle need not be mended."""
    links = {"a": "b", "b": "c", "c": "a", "d": "a", "e": "e", "f": "g"}
    assert circles(links) == (("a", "b", "c", "a"), ("e", "e"))


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefg")))
def test_following_the_links_ends_exactly_when_there_is_no_circle_ahead(links: dict[str, str]) -> None:
    """Whoever walks the links gets out, or is on a circle that was reported."""
    on_circle = {name for circle in circles(links) for name in circle}
    for name in links:
        step, seen = name, [name]
        while step in links and links[step] not in seen:
            step = links[step]
            seen.append(step)
        assert (step in links) == (step in on_circle)
