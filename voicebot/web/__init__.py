"""The doors to the network: the carrier's webhooks and media socket. Thin: they check, call, and answer.

Whatever is decided about a call is decided below; a door knows HTTP, signatures and TwiML, nothing of conversations.
"""
