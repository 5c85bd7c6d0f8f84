"""Words of the menu of the pages about content; each page has words of its own beside it."""

from collections.abc import Mapping

from voicebot.web.staff.content import (
    words_of_drafts,
    words_of_facts,
    words_of_faq,
    words_of_hours,
    words_of_node,
    words_of_speech,
    words_of_tree,
)

WORDS: Mapping[str, tuple[str, str]] = {
    "room_content": ("会話", "Conversation"),
    "content_menu": ("会話のメニュー", "Conversation menu"),
    "content_tree": ("絵で見る", "Picture"),
    "content_faq": ("FAQ", "FAQ"),
    "content_hours": ("開庁時間", "Hours"),
    "content_departments": ("課", "Departments"),
    "content_facts": ("お知らせの値", "Facts"),
    "content_words": ("言葉と読み", "Words and readings"),
    "content_draft": ("下書きと公開", "Draft and publish"),
    **words_of_drafts.WORDS,
    **words_of_tree.WORDS,
    **words_of_node.WORDS,
    **words_of_faq.WORDS,
    **words_of_facts.WORDS,
    **words_of_hours.WORDS,
    **words_of_speech.WORDS,
}
