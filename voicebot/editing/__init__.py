"""How the city's files are edited: schemas for people's editors, and changes by machine that leave the rest untouched.

Pure: takes and gives text. Knows the files' shapes, not where the files lie, nor what a call does with them.
"""
