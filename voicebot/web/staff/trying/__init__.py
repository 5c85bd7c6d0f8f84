"""Trying the line from the browser: by microphone, by typing, by keys, on any content, at any pretended moment.

A trial is answered by the same conversation as a call. It must not know the store of calls, the board or the carrier:
nothing of it is kept, nobody is really dialled, no message is sent and no ticket made.
"""
