"""One call from ring to hang-up: the only room that waits.

`conversation` takes one event at a time from the inbox, logs it, steps the dialog, logs and carries out the orders.
`mouth`, `ear` and `message` do what takes time and put their answers into the inbox as events with the turn of the
order. Nothing is shared between them but values. This room must not know a carrier, an engine, a voice or the disk: it
is given ports.
"""
