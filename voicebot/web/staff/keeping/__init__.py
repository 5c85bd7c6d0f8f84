"""The room 管理: how long data is kept, what is kept about somebody, carrier, voices, backups, the machine's state.

It must not know how calls are held; it asks the store and the settings.
"""
