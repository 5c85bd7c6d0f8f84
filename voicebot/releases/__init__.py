"""The library of the city's content: immutable releases, what was in force when, and the draft that staff edit.

It keeps texts by path and must not know what they say, nor who is on the telephone.
"""
