"""The staff's pages: signing in, and a room for each kind of work. Rendered here; small scripts keep them fresh.

A room is a module with a function `router(office)`. Every route of a room names the right that it needs
(`guards.needs`), and every address is relative to `/staff/`, so that the pages work behind any proxy. The pages know
the accounts and the service; what a call is decided by is not known here.
"""
