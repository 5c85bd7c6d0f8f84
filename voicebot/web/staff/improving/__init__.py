"""The loop that makes the line better: what was not understood, what to change about it, and what a change would do.

What costs time runs in one thread behind the calls (`works`). Decides nothing by itself: staff accept a proposal, which
edits the shared draft; publishing is the affair of the pages about content.
"""
