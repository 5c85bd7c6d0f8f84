"""A call as text for the terminal, in Japanese or English. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from voicebot.actions import (
    Action,
    AskFaq,
    DiscardCallRecording,
    DropMessage,
    Expect,
    FinishRecording,
    HangUp,
    LookUp,
    Play,
    Record,
    RequestCallback,
    SendSms,
    StopPlaying,
    Transfer,
    Wait,
)
from voicebot.events import (
    CallbackBooked,
    CallEnded,
    CallResumed,
    CallStarted,
    Dialled,
    DigitPressed,
    Event,
    FaqAnswered,
    Heard,
    LegUpdated,
    LookedUp,
    MessageRecorded,
    OperatorAnswered,
    PartFailed,
    PromptFinished,
    Rang,
    SmsSent,
    SmsUpdated,
    SpeechStarted,
    TakenOver,
    TimedOut,
    TransferEnded,
    Whispered,
)
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.labels import labels
from voicebot.transcripts.redact import redact, redact_number, redact_reply, withheld
from voicebot.transcripts.turns import TurnRow, turns_of


def render_summary(call: Call, language: str = "ja", *, redacted: bool = False) -> str:
    """One line for a list of calls: id, start, length, outcome, caller, language."""
    words = labels(language)
    caller = redact_number(call.caller, language) if redacted else call.caller
    parts = (
        call.id,
        f"{call.started_at:%Y-%m-%d %H:%M:%S}",
        clock(call.seconds) if call.seconds is not None else "--:--.-",
        words[call.outcome or "open"],
        caller or words["withheld"],
        call.language,
    )
    return "  ".join(parts)


def render_call(call: Call, entries: Sequence[Entry], language: str = "ja", *, redacted: bool = False) -> str:
    """The whole call, a line for each thing said or done: time, who, words, and in brackets what belongs to them.

    Args:
        call: The call.
        entries: Its record.
        language: Of the labels, `ja` or `en`; what was said stays as it was.
        redacted: Hide what could tell who called.
    """
    words = labels(language)
    view = _View({row.turn: row for row in turns_of(entries)}, words, language, redacted)
    recording = words["refused"] if call.refused_recording else call.recording or "-"
    about = (
        f"{words['content']} {call.content[:12] or '-'}  {words['recogniser']} {call.recogniser or '-'}  "
        f"{words['voice']} {call.voice or '-'}  {words['recording']} {recording}"
    )
    lines = [
        f"{clock(entry.seconds)}  {_column(words[who])}  {what}" for entry in entries for who, what in view.lines(entry)
    ]
    return "\n".join((render_summary(call, language, redacted=redacted), about, "", *lines)) + "\n"


def told(entry: Entry, language: str = "ja", *, redacted: bool = False) -> str:
    """One entry that is neither speech nor a key, as a short line; empty where it only matters to the machine."""
    view = _View({}, labels(language), language, redacted)
    return view.action(entry.item) if isinstance(entry.item, Action) else view.event(entry.item)


def clock(seconds: float) -> str:
    """Seconds since the start as `01:23.4`."""
    tenths = round(max(0.0, seconds) * 10)
    return f"{tenths // 600:02d}:{tenths % 600 / 10:04.1f}"


@dataclass(frozen=True, slots=True)
class _View:
    rows: Mapping[int, TurnRow]
    words: Mapping[str, str]
    language: str
    redacted: bool

    def lines(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Who and what; nothing for entries that only matter to the machine."""
        what = self.action(entry.item) if isinstance(entry.item, Action) else self.event(entry.item)
        if what:
            who = "bot" if isinstance(entry.item, Play) else "system"
            yield "caller" if isinstance(entry.item, Heard | DigitPressed) else who, what

    def action(self, action: Action) -> str:
        words = self.words
        match action:
            case Play(turn, prompts, node):
                said = "".join(prompt.text or f"<{prompt.name}>" for prompt in prompts)
                shown = redact(said, self.language) if self.redacted else said
                return _with(shown, node or (self.rows[turn].node if turn in self.rows else ""))
            case StopPlaying():
                return words["stopped"]
            case LookUp(_, what):
                return f"{words['look_up']}: {words.get(f'look_up_{what}', what)}"
            case Transfer(_, department):
                return f"{words['transfer']}: {department}"
            case Record(_, department):
                return f"{words['record']}: {department}"
            case DropMessage(recording):
                return f"{words['replaced']}: {recording}"
            case RequestCallback(_, department):
                return f"{words['callback']}: {department}"
            case SendSms():
                return words["sms"]
            case DiscardCallRecording():
                return words["refused"]
            case HangUp(reason):
                return _with(words["hang_up"], words[reason])
            case Expect() | Wait() | AskFaq() | FinishRecording():
                return ""
            case _:
                assert_never(action)

    def event(self, event: Event) -> str:
        words = self.words
        match event:
            case Heard():
                return self.heard(event)
            case DigitPressed(digit):
                return f"{words['key']} {'?' if self.redacted else digit}"
            case FaqAnswered(_, hits):
                best = f"{hits[0].entry} {hits[0].confidence:.2f}" if hits else words["nothing"]
                return f"{words['faq']}: {best}"
            case TransferEnded(_, outcome, detail):
                return _with(f"{words['transfer']}: {words[outcome]}", detail)
            case Dialled(numbers):
                return f"{words['dialled']} {self.numbers(*numbers)}"
            case Rang(numbers, outcome, detail):
                return _with(f"{words['rang']} {self.numbers(*numbers)}: {words[outcome]}", detail)
            case LegUpdated(number, result, detail):
                return _with(f"{self.numbers(number)}: {words[result]}", detail)
            case Whispered(number, text):
                said = withheld(self.language) if self.redacted else text
                return f"{words['whispered']} {self.numbers(number)}: {said}"
            case OperatorAnswered(number, answer):
                return f"{self.numbers(number)}: {words[f'operator_{answer}']}"
            case TakenOver(_, operator):
                return f"{words['taken_over']}: {'?' if self.redacted else operator}"
            case SmsUpdated(status, error):
                return _with(f"{words['sms']}: {words.get(f'sms_{status}', status)}", error)
            case MessageRecorded(_, recording, seconds):
                return f"{words['message']}: {_with(recording or words['nothing'], f'{seconds:.1f}s')}"
            case CallbackBooked(_, ticket):
                return f"{words['callback']}: {ticket}"
            case SmsSent():
                return words["sms_sent"]
            case TimedOut(_, which):
                return f"{words['timed_out']}: {words[which]}"
            case PartFailed(part, code):
                return _with(f"{words['broken']}: {part}", code)
            case CallStarted():
                return words["started"]
            case CallResumed():
                return words["resumed"]
            case CallEnded(reason):
                return _with(words["ended"], words[reason])
            case LookedUp(_, "hours", facts) if facts.get("open") is False:
                instead = str(facts.get("closed") or "")
                return _with(f"{words['closed']}: {facts.get('department', '')}", words.get(instead, instead))
            case SpeechStarted() | PromptFinished() | LookedUp():
                return ""
            case _:
                assert_never(event)

    def numbers(self, *numbers: str) -> str:
        """Telephones of the city's own people."""
        return " ".join(redact_number(number, self.language) if self.redacted else number for number in numbers)

    def heard(self, heard: Heard) -> str:
        """The words, their confidence, and how long speaking, decoding and the answer took."""
        row = self.rows[heard.turn]
        best = heard.alternatives[0] if heard.alternatives else None
        text = best.text if best else self.words["no_words"]
        if best and self.redacted:
            text = redact_reply(row.asked, text, self.language)
        measures = [f"{best.confidence:.2f}"] if best else []
        measures.append(f"{self.words['speech']} {heard.speech_seconds:.1f}s")
        measures.append(f"{self.words['decode']} {heard.decode_seconds:.2f}s")
        if row.answer_delay_seconds is not None and best is not None and row.nbest == heard.alternatives:
            measures.append(f"{self.words['delay']} {row.answer_delay_seconds:.2f}s")
        return _with(text, " ".join(measures))


def _column(who: str) -> str:
    """Six cells wide; a Japanese character takes two."""
    return who + " " * (6 - sum(1 if character.isascii() else 2 for character in who))


def _with(text: str, more: str) -> str:
    return f"{text}  [{more}]" if more else text
