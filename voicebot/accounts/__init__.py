"""Who may sign in and do what: people, their roles, passwords, one-time codes, sessions, presence, and the audit log.

Everything lies in one SQLite file of its own, apart from the calls. This room may use the words of the house. It must
not know what a web page is, what a call is, or what time it is: the time is always given.
"""
