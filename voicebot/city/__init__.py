"""The city's facts: departments, hours and holidays, values that change often, garbage, shelters, doctors on duty.

This room answers "who deals with it, are they there, when will they be back", "when, where and how". It is pure: `load`
takes text and time is an argument. It must not know of calls, carriers, dialogs, the FAQ, files or clocks.
"""
