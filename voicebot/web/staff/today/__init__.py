"""今日: calls now, the day's numbers, who is open, what needs attention, and the disaster switch.

It shows what others know and leads to where things are mended; it must not mend them itself, but for the switch.
"""
