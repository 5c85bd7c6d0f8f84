"""The heart: what is said next, decided from what has happened. Pure: no clock, no wire, no disk.

This room knows the words (events and actions) and the language room. It must not know telephones, recognisers,
departments' numbers or the store: what it needs to know it asks for with an order (`AskFaq`, `LookUp`) and learns from
the event that answers.
"""
