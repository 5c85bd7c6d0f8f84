"""What the caller hears, against a model that knows the whole past."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.simulator.earpiece import Playback

ORDERS = st.lists(
    st.one_of(
        st.tuples(st.just("queue"), st.integers(0, 400)),
        st.tuples(st.just("mark"), st.integers(0, 9)),
        st.tuples(st.just("clear"), st.just(0)),
        st.tuples(st.just("tick"), st.just(160)),
    ),
    max_size=60,
)


@given(ORDERS)
def test_sound_is_heard_in_order_and_every_mark_comes_back_once_in_order(orders: list[tuple[str, int]]) -> None:
    """Whatever the service does, and never before the sound ahead of a mark was heard, unless it was cleared."""
    playback = Playback()
    sent = bytearray()
    heard = bytearray()
    asked: list[tuple[str, int]] = []
    back: list[str] = []
    cleared = 0

    def give_back(names: tuple[str, ...]) -> None:
        back.extend(names)

    for number, (order, size) in enumerate(orders):
        match order:
            case "queue":
                sound = bytes((len(sent) + at) % 200 for at in range(size))
                sent += sound
                playback.queue(sound)
            case "mark":
                asked.append((f"{number}", len(sent)))
                give_back(playback.mark(f"{number}"))
            case "clear":
                give_back(playback.clear())
                sent = bytearray(heard)
                cleared = len(asked)
            case "tick":
                waiting = len(sent) - len(heard)
                frame = playback.begin(size)
                heard += frame[:waiting]
                assert frame[min(size, waiting) :] == b"\xff" * (size - min(size, waiting))
                give_back(playback.finish())
        assert bytes(sent).startswith(bytes(heard))
        reached = [name for at, (name, position) in enumerate(asked) if at < cleared or position <= len(heard)]
        assert back == reached
    give_back(playback.clear())
    assert back == [name for name, _ in asked]
    assert playback.buffered_seconds == 0


def test_a_mark_behind_the_frame_that_is_being_played_waits_for_its_end() -> None:
    """The buffer is empty, but the caller still hears something."""
    playback = Playback()
    playback.queue(b"\x00" * 160)
    playback.begin(160)
    assert playback.mark("m") == ()
    assert playback.finish() == ("m",)
    assert playback.mark("n") == ("n",)


def test_buffered_seconds_count_what_has_not_begun() -> None:
    """8,000 bytes are a second."""
    playback = Playback()
    playback.queue(b"\x00" * 8000)
    playback.begin(160)
    assert playback.buffered_seconds == 0.98
