"""The record of every call: what happened and what was ordered, in order, for good, in one SQLite file.

One thread owns the write connection; everybody else reads. What cannot be written now waits, in order, and goes to a
file beside the database when the trouble lasts; nothing that was heard is lost.

This room may use audio, language and the words of the house. It must not know what a dialog is: the conversation's
state is text to it. It knows neither the carrier nor the telephone, and it never logs what it stores.
"""
