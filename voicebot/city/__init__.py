"""The city's facts: departments, opening hours and holidays, values that change often.

This room answers "who deals with it, are they there, and when will they be back". It is pure: `load` takes text and
time is an argument. It must not know of calls, carriers, dialogs, the FAQ, files or clocks.
"""
