"""The carriers' languages: what is said on the wire, and nothing of what it means for the conversation.

`twilio` (media stream messages), `twiml` (documents), `webhooks` (request parameters) and `signature` (who signed) are
text and values only; `continuity` keeps the caller's sound in time; `line` makes one call's `Line` of a socket.
This room must not know dialogs, recognition, voices, web frameworks or settings: it is given plain values.
"""
