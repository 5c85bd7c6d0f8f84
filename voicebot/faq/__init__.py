"""The city's FAQ: from files to entries, and from a question to ranked answers with a confidence. Pure.

This room knows texts and readings. It must not know the dialog tree, departments' numbers or where files lie.
"""
