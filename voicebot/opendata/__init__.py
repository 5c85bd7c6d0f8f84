"""Open data of cities in our words: the Digital Agency's standard sets, the 5374 garbage format, lists of duty doctors.

Bytes and tables in, rows of the city's files and every fault with its place out. Pure: it must not know where files
lie, nor how a caller is answered.
"""
