"""voicebot: the telephone line that answers for city hall.

Read `docs/architecture.md` for the rooms of this house and the direction of the imports between them.
"""
