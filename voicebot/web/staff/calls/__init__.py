"""Calls as the staff listen to them: found in a list, heard beside what was understood, corrected, and judged.

What is personal passes through `transcripts.veil` before it reaches a page, a file or a script. The record of a call
never changes here; corrections and reviews stand beside it. What a call is decided by is not known here.
"""
