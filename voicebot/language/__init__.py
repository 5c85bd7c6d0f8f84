"""The language room: how people say and hear numbers, dates, times, addresses and yes or no.

Everything here is a pure function over text: from what is written in a prompt to what a synthesiser should be given,
and from what a recogniser returned (kanji, figures or a katakana reading) to a value. Knowledge of words lives here;
this room must not know dialogs, the city's content, dictionaries of readings (they are injected as text), sound, or
the clock (today is an argument).
"""
