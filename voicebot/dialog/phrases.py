"""What the machine itself can say and be told: the names that a city's files must fill with words."""

from collections.abc import Mapping

from voicebot.dialog.slots import SlotKind
from voicebot.dialog.tree import Target, ToCommand, ToPerson

PHRASES: Mapping[str, tuple[str, ...]] = {
    "no_input": (),
    "no_input_again": (),
    "no_match": (),
    "no_match_again": (),
    "rejected": (),
    "wrong_key": (),
    "key_line": ("label", "key"),
    "key_person": (),
    "yes": (),
    "no": (),
    "confirm": ("question",),
    "confirm_choice": ("choice",),
    "confirm_department": ("department",),
    "offer_intro": (),
    "offer_line": ("question", "key"),
    "offer_other": ("key",),
    "label_other": (),
    "anything_else": (),
    "to_person": (),
    "connecting": ("department",),
    "transfer_busy": (),
    "transfer_no_answer": (),
    "transfer_declined": (),
    "transfer_failed": (),
    "transfer_cancelled": (),
    "taken_over": (),
    "connecting_next": (),
    "offer_message": (),
    "label_message": (),
    "label_restart": (),
    "label_end": (),
    "leave_message": (),
    "message_kept": ("department",),
    "message_review": (),
    "label_listen": (),
    "label_again": (),
    "label_keep": (),
    "message_empty": (),
    "message_missing": (),
    "message_failed": (),
    "call_again": (),
    "slow_on": (),
    "recording_refused": (),
    "resumed": (),
    "call_limit": (),
    "deaf": (),
    "search_failed": (),
    "mute_goodbye": (),
    "emergency": (),
    "goodbye": (),
    "slot_heard": ("value",),
    "slot_confirm": ("value",),
    "form_line": ("label", "value"),
    "form_right": (),
    "form_change": (),
    "form_again": (),
    "callback_phone": (),
    "callback_name": (),
    "callback_matter": (),
    "callback_when": (),
    "label_phone": (),
    "label_name": (),
    "label_matter": (),
    "label_when": (),
    "label_callback": (),
    "offer_callback": (),
    "callback_booked": ("department", "ticket"),
    "callback_failed": (),
    "sms_number": (),
    "sms_offer": ("value",),
    "sms_sent": (),
    "sms_failed": (),
    "sms_not_mobile": (),
}
"""Name of each standard sentence, and what may stand in braces in it."""

NEEDED_BLANKS = frozenset({"question", "choice", "label", "key", "value", "ticket"})
"""Blanks without which a sentence says nothing; a sentence that may have one of these must have it."""

PASSING = frozenset(
    {
        "no_input", "no_input_again", "no_match", "no_match_again", "rejected", "wrong_key", "to_person",
        "search_failed", "call_limit", "deaf", "slow_on", "recording_refused", "resumed", "form_again",
        "sms_not_mobile",
    }
)  # fmt: skip
"""Sentences that are said once and not again when the caller asks to hear it again."""

CONFIRM, CANDIDATES, ANYTHING_ELSE, ABSENT, EMERGENCY = "確認", "候補", "ほかに", "不在", "緊急"
CONFIRM_SLOT, SUMMARY, CHANGE = "聞き取りの確認", "復唱", "訂正"
REVIEW = "伝言の確認"
SCREENING = "転送の前の質問"
OWN_QUESTIONS = (
    CONFIRM, CANDIDATES, ANYTHING_ELSE, ABSENT, EMERGENCY, CONFIRM_SLOT, SUMMARY, CHANGE, REVIEW, SCREENING,
)  # fmt: skip
"""Questions that the machine asks by itself; no node may have these names."""

MOST = 0.5
"""The share of an utterance that words must have which move the conversation: 税金が戻る is not 戻る."""
ALL = 0.75
"""The share that yes and no must have: はい、お願いします is a yes, ごみをお願いします is not."""

COMMANDS: Mapping[str, Target] = {
    "repeat": ToCommand("repeat"),
    "slow": ToCommand("slow"),
    "back": ToCommand("back"),
    "restart": ToCommand("restart"),
    "person": ToPerson(),
    "end": ToCommand("end"),
    "refuse_recording": ToCommand("refuse_recording"),
}
"""Commands that work everywhere, and where they lead."""

MATTER = "ご用件"
CALLBACK_SLOTS: tuple[tuple[str, SlotKind, str], ...] = (
    ("電話番号", "phone", "phone"),
    ("お名前", "name", "name"),
    (MATTER, "text", "matter"),
    ("ご都合のよい時間", "text", "when"),
)
"""What a call back asks for: slot, kind, and the name of its sentences (`callback_...`, `label_...`)."""

SMS_SLOT = "携帯電話の番号"
LOOKED_UP = "調べた内容"
"""What a look-up brought for a text message; every text may hold it like a slot."""

OFFERS = ("message", "callback", "restart", "end", "none", "other")
"""What the machine offers by itself: a message, another question, the end; `none` is "nothing else", `other` is
"none of these"."""
