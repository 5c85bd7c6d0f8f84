"""統計: figures of any period by their definitions, as numbers, pictures, sheets and a report for the council.

It shows what is counted (`transcripts.figures`, `transcripts.kpis`); it must not count or define anything itself.
"""
