"""The nearest choices of calls that met other content."""

from collections.abc import Sequence
from dataclasses import replace

from house import House
from staff_browser import Staff

from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.events import Alternative, CallEnded, CallStarted, DigitPressed, Event, Heard
from voicebot.transcripts.calls import NewCall

JSON = {"accept": "application/json"}


def stepped(house: House, number: int, content: str, *events: Event) -> str:
    """A call whose orders are those of the content in force, whatever content it says it met; its id."""
    service = house.service
    now = service.now()
    call_id = service.store.begin_call(NewCall(f"CB{number}", None, "+815000002000", "ja", content), now)
    record, state = service.store.transcript(call_id), State()
    happened: Sequence[Event] = (CallStarted(call_id, None, "", "ja", now), *events, CallEnded("caller"))
    for seconds, event in enumerate(happened):
        state, actions = step(service.content.dialog, state, event)
        for item in (event, *actions):
            record.append(float(seconds), item)
    service.store.end_call(call_id, now, "caller")
    assert service.store.flush()
    return call_id


def heard_at_the_menu(house: House, number: int, content: str) -> str:
    """A caller who asks for the garbage behind key 5."""
    words = Heard(2, (Alternative("ごみ", "ゴミ", 0.9),))
    return stepped(house, number, content, DigitPressed("5"), words)


def test_the_nearest_choice_of_the_same_content(editor: Staff, house: House) -> None:
    """In words, by the number of what was heard; also for a release that was in force before."""
    call = heard_at_the_menu(house, 1, house.service.content.fingerprint)
    found = editor.get(f"calls/{call}/choices", headers=JSON).json()
    assert len(found) == 1
    assert "ごみ" in next(iter(found.values()))
    page = editor.get(f"calls/{call}").text
    assert next(iter(found.values())) in page
    assert "data-choices" not in page


def test_content_that_is_not_known_any_more_tells_nothing(editor: Staff, house: House) -> None:
    """And the page asks for it only then."""
    call = heard_at_the_menu(house, 2, "0123456789abcdef")
    assert editor.get(f"calls/{call}/choices", headers=JSON).json() == {}
    assert f'data-choices="../calls/{call}/choices"' in editor.get(f"calls/{call}").text


def test_a_release_of_the_library_is_loaded_once(editor: Staff, house: House) -> None:
    """What the call met can be asked although something else is in force."""
    library = house.page.app.state.office.publishing.library
    publication = library.in_force()
    assert publication is not None
    release = library.release(publication.release)
    call = heard_at_the_menu(house, 3, release.content)
    before = house.service.content
    house.service.content = replace(before, fingerprint="another")
    try:
        found = editor.get(f"calls/{call}/choices", headers=JSON).json()
        again = editor.get(f"calls/{call}/choices", headers=JSON).json()
    finally:
        house.service.content = before
    assert found == again
    assert "ごみ" in next(iter(found.values()))


def test_a_call_that_is_not_there_has_no_choices(editor: Staff) -> None:
    """404."""
    assert editor.get("calls/nobody/choices", headers=JSON).status_code == 404
